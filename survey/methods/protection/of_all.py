"""Shares of all firms are shown only where they tell nothing of a filter question that may not be told.

Divided by the share of those asked one gives the share of firms that were asked, which is a figure of the filter.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from survey.methods.arrays import Bools
from survey.methods.coding import part_name
from survey.methods.extract import Extract
from survey.methods.protection.disclosure import DisclosureRule, DomainProtection
from survey.methods.tables.domain import Domain
from survey.methods.tables.filtering import firms_within
from survey.methods.tables.narrowed import items_in, narrowed_by
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import Cell, Table
from survey.methods.tables.vocabulary import Vocabulary


def without_telling_filters(
    tables: Sequence[Table],
    planned: Sequence[PlannedTable],
    words: Vocabulary,
    extract: Extract,
    known: Mapping[str, DomainProtection],
    rule: DisclosureRule,
    domain: Domain,
) -> list[Table]:
    """The tables without the shares of all firms that would tell of few firms beside the filter."""
    inside = firms_within(extract, domain)
    safe: dict[tuple[str, ...], bool] = {}

    def kept(cell: Cell, conditions: tuple[str, ...]) -> Cell:
        if cell.of_all is None:
            return cell
        if conditions not in safe:
            # Tables share few conditions among many rows, so each set of filters is looked at once.
            names = items_in(conditions)
            hidden = any(domain in known.get(name, {}) for name in names)
            safe[conditions] = not hidden and not _has_few(names, extract, inside, rule.threshold)
        # The firms that were not asked are the difference of two shown bases, hence a figure by themselves.
        is_told = safe[conditions] and cell.of_all.n - (cell.n or 0) >= rule.threshold
        return cell if is_told else cell.but(of_all=None)

    return [
        replace(
            table,
            cells=tuple(
                tuple(kept(cell, narrowed_by(words, plan, row)) for cell in cells)
                for row, cells in zip(table.rows.headings, table.cells, strict=True)
            ),
        )
        for plan, table in zip(planned, tables, strict=True)
    ]


def _has_few(names: Collection[str], extract: Extract, inside: Bools, threshold: int) -> bool:
    """Whether an answer to a filter was given by some firms, but fewer than the threshold."""
    # A multiple choice has a column for each option; the filter may have asked for any of them.
    prefixes = tuple(part_name(name, "") for name in names)
    columns = [column for code, column in extract.items.items() if code in names or code.startswith(prefixes)]
    for column in columns:
        given = column.codes[inside & (column.codes >= 0)]
        counts = np.bincount(given, minlength=len(column.labels))
        if ((counts > 0) & (counts < threshold)).any():
            return True
    return False
