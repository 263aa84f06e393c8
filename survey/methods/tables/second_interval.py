"""A second interval of skew amounts: the rescaled bootstrap beside Student's t, from replicates that figures share."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from survey.methods.estimates.statistics import NumericStatistic
from survey.methods.extract import Extract
from survey.methods.replication.bootstrap import BootstrapPlan, Drawn, bootstrapped, draws
from survey.methods.replication.replicates import ReplicateDesign
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import Cell, Heading, Statistic, Table
from survey.methods.tables.vocabulary import Vocabulary

REPLICATES = 200
"""Enough for a look beside the first interval; replicate weights for more can be exported."""
SKEW = frozenset({Statistic.MEAN, Statistic.TOTAL})
"""Statistics that money makes skew; those of percentages and scales are left to the first interval."""


def generator_of(extract: Extract) -> np.random.Generator:
    """Chance that the same weights and answers make again."""
    content = hashlib.sha256(extract.weight.tobytes())
    for name in sorted(extract.values):
        content.update(name.encode() + extract.values[name].tobytes())
    return np.random.Generator(np.random.PCG64(int.from_bytes(content.digest()[:8], "big")))


def with_second_intervals(
    tables: Sequence[Table],
    planned: Sequence[PlannedTable],
    extract: Extract,
    design: ReplicateDesign,
    words: Vocabulary,
) -> list[Table]:
    """The tables with a bootstrap interval for the mean or total of every amount over all firms."""
    if not any(_is_skew(one) for one in planned):
        return list(tables)
    drawn = list(draws(design, REPLICATES, generator_of(extract)))
    return [
        _with(table, plan, extract, design, drawn, words) if _is_skew(plan) else table
        for table, plan in zip(tables, planned, strict=True)
    ]


def _is_skew(planned: PlannedTable) -> bool:
    return planned.spec.statistic in SKEW and not planned.block.split


def _with(
    table: Table,
    planned: PlannedTable,
    extract: Extract,
    design: ReplicateDesign,
    drawn: Sequence[Drawn],
    words: Vocabulary,
) -> Table:
    (column,) = table.columns.codes

    def second(row: Heading, cell: Cell) -> Cell:
        asked = planned.asked.get((row.code, column))
        if cell.estimate is None or not isinstance(asked, NumericStatistic) or not words.is_quantity(asked.item):
            return cell
        limits = _limits(asked, extract, design, drawn)
        return cell if limits is None else replace(cell, second=limits)

    rows = zip(table.rows.headings, table.cells, strict=True)
    return replace(table, cells=tuple((second(row, cell),) for row, (cell,) in rows))


def _limits(
    asked: NumericStatistic, extract: Extract, design: ReplicateDesign, drawn: Sequence[Drawn]
) -> tuple[float, float] | None:
    values = extract.value(asked.item)
    base = None if asked.total else np.ones(len(values))
    made = bootstrapped(design, drawn, values, base, None, BootstrapPlan(replicates=REPLICATES))
    return None if np.isnan([made.ci_low, made.ci_high]).any() else (made.ci_low, made.ci_high)
