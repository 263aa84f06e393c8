"""Exact estimates of a whole cube: one tabulation for each grouping, however many domains it has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.clearing.behind import units_of
from survey.methods.clearing.cube import Cube, Grouping
from survey.methods.clearing.medians import Neighbours
from survey.methods.estimates.estimation import Estimate
from survey.methods.estimates.statistics import Asked, Key, QuantileStatistic
from survey.methods.extract import Coded, Extract
from survey.methods.imputation.tabulated import with_filling_error
from survey.methods.moments.passing import moments
from survey.methods.moments.tabulation import rows_from_moments, summed_items, summed_pairs
from survey.methods.production import Prepared
from survey.methods.tables.absent_firms import with_absent_firms
from survey.methods.tables.domain import ALL_FIRMS, Domain, within
from survey.methods.tables.making import BY_DOMAIN, each_once, estimated_cell, whole_cell
from survey.methods.tables.missing_values import with_missing_values
from survey.methods.tables.narrowed import of_all
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.second_interval import with_second_intervals
from survey.methods.tables.table import Base, Cell, Heading, Table

CUBE = "cube"
"""The domain variable that stands for a grouping while it is tabulated."""
Found = Mapping[tuple[Key, str, str], Estimate]


@dataclass(frozen=True, eq=False, kw_only=True)
class CubeEstimates:
    """Estimates of every statistic in every domain: `found[key, "", number of the domain]`."""

    cube: Cube
    prepared: Prepared
    found: Found
    neighbours: Neighbours

    def tables(self, domain: Domain, planned: Sequence[PlannedTable]) -> list[tuple[PlannedTable, Table]]:
        """The exact tables of one domain, of those whose headings are all in the cube."""
        plans = [plan for plan in planned if self._has(domain, plan)]
        base = Base(domain=domain, n=self.firms(domain))
        made = [self._table(plan, base) for plan in plans]
        prepared = self.prepared
        told = with_missing_values(made, plans, prepared.extract, prepared.filled)
        told = with_absent_firms(told, plans, prepared.collected, prepared.weighted)
        told = with_second_intervals(told, plans, prepared.second) if domain == ALL_FIRMS else told
        return list(zip(plans, told, strict=True))

    def firms(self, domain: Domain) -> int:
        """The respondents of a domain."""
        grouping = tuple(variable for variable, _value in domain)
        return int((self.cube.places[grouping] == self.cube.number[domain]).sum())

    def _has(self, domain: Domain, plan: PlannedTable) -> bool:
        headings = (*plan.spec.columns.headings, *plan.spec.rows.headings)
        return all(within(domain, heading.domain) in self.cube.number for heading in headings)

    def _table(self, plan: PlannedTable, base: Base) -> Table:
        cells = tuple(
            tuple(self._cell(plan.asked.get((row.code, column.code)), row, within(base.domain, column.domain))
                  for column in plan.spec.columns.headings)
            for row in plan.spec.rows.headings
        )  # fmt: skip
        return Table(spec=plan.spec, cells=cells, base=base)

    def _cell(self, asked: Asked | None, heading: Heading, domain: Domain) -> Cell:
        place = str(self.cube.number[domain])
        row = self.found.get((asked.key, CUBE, place)) if asked else None
        if asked is None or row is None or np.isnan(row.estimate):
            return Cell(n=0)
        cell = estimated_cell(asked, heading, row, of_all=whole_cell(asked, self.found, CUBE, place))
        return self.neighbours.soften(cell, asked.item, domain) if isinstance(asked, QuantileStatistic) else cell


def cube_estimates(prepared: Prepared, cube: Cube, planned: Sequence[PlannedTable]) -> CubeEstimates:
    """Everything that the planned tables ask for, of every domain of the cube."""
    asked = each_once(one for plan in planned for one in _asked(prepared, plan))
    found: dict[tuple[Key, str, str], Estimate] = {}
    for grouping in cube.places:
        found |= tabulated_by(prepared, cube, grouping, asked)
    unit = units_of(prepared.collected, prepared.extract.rows).unit
    neighbours = Neighbours(extract=prepared.extract, cube=cube, unit=unit)
    return CubeEstimates(cube=cube, prepared=prepared, found=found, neighbours=neighbours)


def _asked(prepared: Prepared, plan: PlannedTable) -> Iterator[Asked]:
    """What a table asks for, and the shares of all firms beside those of firms that were asked."""
    for one in plan.asked.values():
        whole = of_all(one)
        yield one
        if whole is not None and whole.item in prepared.extract.items:
            yield whole


def tabulated_by(
    prepared: Prepared, cube: Cube, grouping: Grouping, asked: Mapping[Key, Asked]
) -> dict[tuple[Key, str, str], Estimate]:
    """The estimates of all statistics (by their keys) in every domain of one grouping that has a firm."""
    within_ = within_grouping(prepared.extract, cube, grouping)
    statistics = list(asked.values())
    finest = prepared.finest
    # Firms of a finest cell must be alike in all that the domains are made of.
    source = finest if finest is not None and set(grouping) <= finest.variables else None
    sums = moments(within_, summed_items(statistics), summed_pairs(statistics), finest=source, everybody=False)
    return {
        (row.key, CUBE, row.domain_value): with_filling_error(row, asked[row.key], within_, prepared.weighted.filled)
        # All firms are the one domain of the grouping by nothing.
        for row in rows_from_moments(within_, sums, statistics, BY_DOMAIN, everybody=False)
    }


def within_grouping(extract: Extract, cube: Cube, grouping: Grouping) -> Extract:
    """The extract with one variable, `CUBE`: the domains of a grouping that have a firm, by their numbers."""
    place = cube.places[grouping]
    numbers = np.unique(place[place >= 0])
    # A code for each domain that has a firm, since columns of the moments are as long as their labels.
    codes = np.where(place >= 0, np.searchsorted(numbers, place), -1).astype(np.int32)
    return extract.by({CUBE: Coded(codes, tuple(map(str, numbers.tolist())))})
