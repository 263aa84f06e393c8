"""What figures of amounts say of the certainty firms of their group that did not respond; grades read it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from survey.methods.arrays import Bools
from survey.methods.collected import Collected, Weighted
from survey.methods.estimates.statistics import NumericStatistic
from survey.methods.tables.domain import ALL_FIRMS, Domain, within
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import Cell, Heading, Table
from survey.methods.weights.absent import Carried


def with_absent_firms(
    tables: Sequence[Table], planned: Sequence[PlannedTable], collected: Collected, weighted: Weighted
) -> list[Table]:
    """The tables with, in each cell of an amount, what the certainty firms of its group carry that did not respond.

    A figure of all firms whose weights are calibrated to a total of the frame has none: the calibration makes up for
    them. Groups by what firms answered are as wide as the frame tells.
    """
    calibration = weighted.weights.calibration
    made_up = calibration is not None and calibration.auxiliaries.numeric.shape[1] > 0

    @cache
    def absent(domain: Domain) -> float | None:
        return None if domain == ALL_FIRMS and made_up else carried().absent(_sampled_within(domain, collected))

    @cache
    def carried() -> Carried:
        return Carried.of(collected.fieldwork, weighted.weights.eligibility.share)

    def with_absent(table: Table, plan: PlannedTable) -> Table:
        # Most tables have no amounts, and a pass over the sample for each group would be for nothing.
        if not any(isinstance(asked, NumericStatistic) for asked in plan.asked.values()):
            return table

        def one(row: Heading, column: Heading, cell: Cell) -> Cell:
            if not isinstance(plan.asked.get((row.code, column.code)), NumericStatistic):
                return cell
            return cell.but(absent=absent(within(table.base.domain, column.domain)))

        cells = tuple(
            tuple(one(row, column, cell) for column, cell in zip(table.columns.headings, line, strict=True))
            for row, line in zip(table.rows.headings, table.cells, strict=True)
        )
        return replace(table, cells=cells)

    return [with_absent(table, plan) for table, plan in zip(tables, planned, strict=True)]


def _sampled_within(domain: Domain, collected: Collected) -> Bools:
    """(m,) the sampled firms of a domain, as far as the frame tells."""
    inside = np.ones(collected.sampled, bool)
    for variable, value in domain:
        column = collected.domains.get(variable)
        if column is not None:
            # A value that no sampled firm has matches no code, and so no firm.
            inside &= column.codes == (column.labels.index(value) if value in column.labels else len(column.labels))
    return inside
