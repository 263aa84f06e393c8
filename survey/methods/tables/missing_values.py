"""What tables of numbers say of values that nobody gave: how much of a figure was filled in, and what a total lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from survey.methods.arrays import Bools
from survey.methods.asking import lacking
from survey.methods.estimates.statistics import Asked, NumericStatistic, QuantileStatistic
from survey.methods.extract import Extract
from survey.methods.tables.asked import quantities_of
from survey.methods.tables.domain import Domain, within
from survey.methods.tables.filtering import firms_within
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import Cell, Heading, Statistic, Table

Flags = Mapping[str, Bools]


def with_missing_values(
    tables: Sequence[Table], planned: Sequence[PlannedTable], extract: Extract, filled: Flags
) -> list[Table]:
    """The tables with, in each cell of a number, the weighted share of its values that were ``filled`` (by item, the
    rows of the respondents), and in totals the weighted share of firms that have a value and did not give it.

    A total adds nothing for such firms: it is too low by what nobody knows, and says so.
    """
    return [_told(table, plan, extract, filled) for table, plan in zip(tables, planned, strict=True)]


def _told(table: Table, planned: PlannedTable, extract: Extract, filled: Flags) -> Table:
    if not any(isinstance(asked, NumericStatistic | QuantileStatistic) for asked in planned.asked.values()):
        return table

    @cache
    def firms(domain: Domain) -> Bools:
        return firms_within(extract, within(table.base.domain, domain))

    def told(row: Heading, column: Heading, cell: Cell) -> Cell:
        asked = planned.asked.get((row.code, column.code))
        if asked is None or cell.estimate is None:
            return cell
        inside = firms(column.domain)
        part = _filled_part(asked, extract, filled, inside)
        gap = _lacking_part(asked, extract, inside) if table.spec.statistic is Statistic.TOTAL else 0.0
        return cell.but(filled=part or None, lacking=gap or None)

    cells = tuple(
        tuple(told(row, column, cell) for column, cell in zip(table.columns.headings, line, strict=True))
        for row, line in zip(table.rows.headings, table.cells, strict=True)
    )
    return replace(table, cells=cells)


def _items(asked: Asked) -> tuple[str, ...]:
    if isinstance(asked, QuantileStatistic):
        return (asked.item,)
    return quantities_of(asked) if isinstance(asked, NumericStatistic) else ()


def _filled_part(asked: Asked, extract: Extract, filled: Flags, inside: Bools) -> float:
    items = _items(asked)
    if filled.keys().isdisjoint(items):
        # Most waves fill nothing in, and each cell would take a pass over the firms to find that.
        return 0.0
    given = inside.copy()
    flags = np.zeros(extract.rows, bool)
    for item in items:
        given &= ~np.isnan(extract.value(item))
        if item in filled:
            # Flags are of the respondents, who stand first; rows out of scope have no value to fill.
            flags[: len(filled[item])] |= filled[item]
    return _share(extract, given & flags, given)


def _lacking_part(asked: Asked, extract: Extract, inside: Bools) -> float:
    (item,) = _items(asked)
    missing = np.isnan(extract.value(item))
    open_ = inside & missing & lacking(extract, item)
    if not open_.any():
        return 0.0
    # The base is who has a value: those who gave it and those who did not, without firms to which it does not apply.
    return _share(extract, open_, open_ | (inside & ~missing))


def _share(extract: Extract, part: Bools, whole: Bools) -> float:
    size = float(extract.weight[whole].sum())
    return float(extract.weight[part].sum()) / size if size > 0 else 0.0
