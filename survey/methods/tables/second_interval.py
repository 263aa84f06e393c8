"""A second interval of skew amounts: the rescaled bootstrap beside Student's t, from replicates that figures share."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from survey.methods.estimates.statistics import Key, NumericStatistic
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


Limits = Mapping[Key, tuple[float, float]]


def generator_of(extract: Extract) -> np.random.Generator:
    """Chance that the same weights and answers make again."""
    # The seed is the data: two readers of the same figures see the same interval, and a new answer draws anew.
    content = hashlib.sha256(extract.weight.tobytes())
    for name in sorted(extract.values):
        content.update(name.encode() + extract.values[name].tobytes())
    return np.random.Generator(np.random.PCG64(int.from_bytes(content.digest()[:8], "big")))


def second_limits(
    planned: Sequence[PlannedTable], extract: Extract, design: ReplicateDesign, words: Vocabulary
) -> Limits:
    """The bootstrap interval of the mean or total of every amount over all firms, by the key of its statistic.

    Replicates of calibrated weights are calibrated again, all in one step.
    """
    asked = {one.key: one for table in planned if is_skew(table) for one in _amounts(table, words)}
    # Drawn once for all figures: calibrating replicates takes longer than reading a figure from them.
    drawn = list(draws(design, REPLICATES, generator_of(extract), at_once=True)) if asked else []
    found = {key: _limits(one, extract, design, drawn) for key, one in asked.items()}
    return {key: limits for key, limits in found.items() if not np.isnan(limits).any()}


def with_second_intervals(tables: Sequence[Table], planned: Sequence[PlannedTable], limits: Limits) -> list[Table]:
    """The tables of all firms with these intervals in their cells."""
    return [_with(table, plan, limits) if is_skew(plan) else table for table, plan in zip(tables, planned, strict=True)]


def is_skew(planned: PlannedTable) -> bool:
    """Whether the figures of a table have a second interval over all firms."""
    return planned.spec.statistic in SKEW and not planned.block.split


def _amounts(planned: PlannedTable, words: Vocabulary) -> Iterator[NumericStatistic]:
    for asked in planned.asked.values():
        if isinstance(asked, NumericStatistic) and words.is_quantity(asked.item):
            yield asked


def _with(table: Table, planned: PlannedTable, limits: Limits) -> Table:
    (column,) = table.columns.codes

    def second(row: Heading, cell: Cell) -> Cell:
        asked = planned.asked.get((row.code, column))
        found = limits.get(asked.key) if asked and cell.estimate is not None else None
        return cell if found is None else cell.but(second=found)

    rows = zip(table.rows.headings, table.cells, strict=True)
    return replace(table, cells=tuple((second(row, cell),) for row, (cell,) in rows))


def _limits(
    asked: NumericStatistic, extract: Extract, design: ReplicateDesign, drawn: Sequence[Drawn]
) -> tuple[float, float]:
    values = extract.value(asked.item)
    base = None if asked.total else np.ones(len(values))
    made = bootstrapped(design, drawn, values, base, None, BootstrapPlan(replicates=REPLICATES))
    return made.ci_low, made.ci_high
