"""From an extract and planned tables to tables of estimates: one tabulation serves all tables of a filter."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from survey.methods.errors import DuplicateUnit
from survey.methods.estimates.estimation import Estimate
from survey.methods.estimates.intervals import IntervalRule
from survey.methods.estimates.statistics import (
    Asked,
    CodedStatistic,
    IndexStatistic,
    Key,
    NumericStatistic,
    QuantileStatistic,
)
from survey.methods.imputation.filled import Filled
from survey.methods.imputation.tabulated import with_filling_error
from survey.methods.moments.tabulation import rows_from_moments
from survey.methods.tables.asked import quantities_of
from survey.methods.tables.beside import Contributions, Whole, contributions_by
from survey.methods.tables.filtering import FILTERED, INSIDE, Filter
from survey.methods.tables.narrowed import of_all
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import NO_FIGURE, Base, Cell, Heading, Table
from survey.threads import of_each

BY_DOMAIN = IntervalRule(by_domain=True)


def make_tables(
    filter_: Filter,
    planned: Sequence[PlannedTable],
    *,
    is_quantity: Callable[[str], bool] = bool,
    filled: Mapping[str, Filled] | None = None,
    without_errors: Collection[str] = (),
) -> list[Table]:
    """The planned tables of the firms under the filter; tables with the same splits share one tabulation.

    Errors, degrees of freedom and effective numbers of answers are those of the domain; to figures of `filled` items
    the variance is added that filling brings. Amounts of items that are a quantity are handed on for the dominance
    rules. Of tables with codes in `without_errors` nobody looks at errors, so that these may be those of weights that
    were not calibrated, nor at quantiles, in place of which they have means: protection asks for the firms alone.
    """
    extract = filter_.extract
    stood_in = _stand_ins(filter_, planned, without_errors)
    found: dict[tuple[Key, str, str], Estimate] = {}
    looked_at = {table.splits for table in planned if table.code not in without_errors}
    # All firms under the filter stand in every group of tables. Their figures are those of the last one: not of one
    # whose errors nobody looks at, and of that without a split where there is one, since products of another shape may
    # differ in the last digit.
    groups = dict.fromkeys(table.splits for table in planned)
    for splits in sorted(groups, key=lambda splits: (splits in looked_at, not splits)):
        every = [one for table in planned if table.splits == splits for one in table.asked.values()]
        wanted = [stood_in.get(one.key, one) for one in every]
        # Shares of all firms stand beside those without a split only.
        whole = [one for one in map(of_all, wanted) if one is not None and one.item in extract.items and not splits]
        asked = each_once([*wanted, *whole])
        used = filter_ if splits in looked_at else filter_.plain
        within, statistics = used.within(splits), list(asked.values())
        sums, orders = used.moments(statistics, splits), filter_.orders(statistics)
        numbers = used.tabulated(statistics, splits)
        for row in rows_from_moments(
            within, sums, statistics, BY_DOMAIN, everybody=False, tabulated=numbers, orders=orders
        ):
            found[row.key, row.domain, row.domain_value] = with_filling_error(row, asked[row.key], within, filled or {})
    keys = {one.key: key for key, one in stood_in.items()}
    found |= {(keys[key], name, value): row for (key, name, value), row in found.items() if key in keys}
    amounts = ReportedAmounts(filter_=filter_, is_quantity=is_quantity)
    amounts.make(planned)
    source = _Source(found, amounts)
    base = Base(domain=filter_.domain, n=int(filter_.inside.sum()))
    return [_table(table, source, base) for table in planned]


def _stand_ins(
    filter_: Filter, planned: Sequence[PlannedTable], without_errors: Collection[str]
) -> dict[Key, NumericStatistic]:
    """By the key of each quantile that stands only in tables which nobody looks at the mean of the same firms, which
    takes no sorting; but of none of which the finest cells have no sums, so that all firms would be read for it."""
    seen = {one.key for table in planned if table.code not in without_errors for one in table.asked.values()}
    unseen = {one.key: one for table in planned for one in table.asked.values() if one.key not in seen}
    return {
        key: NumericStatistic(item=one.item, name=f"in place of {one.name} {one.p:g}")
        for key, one in unseen.items()
        if isinstance(one, QuantileStatistic) and (filter_.finest is None or filter_.finest.has((), [(one.item, "")]))
    }


def each_once(statistics: Iterable[Asked]) -> dict[Key, Asked]:
    """Each statistic once. Raises `DuplicateUnit` where two would share their rows."""
    found: dict[Key, Asked] = {}
    for one in statistics:
        if found.setdefault(one.key, one) != one:
            raise DuplicateUnit(one.key, f"Two statistics of '{one.item}' are called '{one.name} {one.key[2]}'.")
    return found


@dataclass(frozen=True, eq=False, kw_only=True)
class ReportedAmounts:
    """What the dominance rules need of single firms' amounts, by quantity and by group: all groups of a variable at
    once."""

    filter_: Filter
    is_quantity: Callable[[str], bool]
    made: dict[tuple[str, str], list[Contributions]] = field(default_factory=dict)

    def of(self, asked: Asked, variable: str, value: str) -> Contributions | None:
        """Of the amounts that a figure is made from, those that few firms dominate most; None of other figures."""
        amounts = [self._by_value(item, variable)[self._place(variable, value)] for item in self._quantities(asked)]
        return max(amounts, key=_concentration, default=None)

    def make(self, planned: Sequence[PlannedTable]) -> None:
        """Make those of all figures of these tables."""
        wanted = {
            (item, variable)
            for table in planned
            for asked in table.asked.values()
            for item in self._quantities(asked)
            for variable in (*table.splits, FILTERED)
        }
        of_each(lambda each: self._by_value(*each), sorted(wanted), self.filter_.extract.rows)

    def _quantities(self, asked: Asked) -> list[str]:
        if not isinstance(asked, NumericStatistic):
            return []
        return [item for item in quantities_of(asked) if self.is_quantity(item)]

    def _place(self, variable: str, value: str) -> int:
        return 0 if variable == FILTERED else self.filter_.extract.domains[variable].labels.index(value)

    def _by_value(self, item: str, variable: str) -> list[Contributions]:
        if (item, variable) not in self.made:
            extract = self.filter_.extract
            rows = self.filter_.reporting(item)
            column = None if variable == FILTERED else extract.domains[variable]
            # Dominance is about the amounts of single firms as reported, so these are not weighted; the total is.
            self.made[item, variable] = contributions_by(
                extract.values[item][rows],
                extract.weight[rows],
                np.zeros(len(rows), np.int16) if column is None else column.codes[rows],
                1 if column is None else len(column.labels),
            )
        return self.made[item, variable]


def _concentration(amounts: Contributions) -> float:
    # A ratio gives away either amount where one of them is dominated: the more concentrated decides.
    return sum(amounts.largest[:2]) / amounts.total if amounts.total else 0.0


@dataclass(frozen=True, eq=False)
class _Source:
    """Estimates by key, domain variable and value, and the amounts behind them."""

    found: Mapping[tuple[Key, str, str], Estimate]
    amounts: ReportedAmounts


def _table(planned: PlannedTable, source: _Source, base: Base) -> Table:
    cells = tuple(
        tuple(
            _cell(planned.asked.get((row.code, column.code)), row, column, source)
            for column in planned.spec.columns.headings
        )
        for row in planned.spec.rows.headings
    )
    return Table(spec=planned.spec, cells=cells, base=base)


def _cell(asked: Asked | None, heading: Heading, column: Heading, source: _Source) -> Cell:
    variable, value = column.domain[0] if column.domain else (FILTERED, INSIDE)
    row = source.found.get((asked.key, variable, value)) if asked else None
    if asked is None or row is None or np.isnan(row.estimate):
        return NO_FIGURE
    return estimated_cell(
        asked,
        heading,
        row,
        contributions=source.amounts.of(asked, variable, value),
        of_all=whole_cell(asked, source.found, variable, value) if variable == FILTERED else None,
    )


def estimated_cell(asked: Asked, heading: Heading, row: Estimate, **beside: Any) -> Cell:
    """The cell of an estimate under the heading of its row, with what stands ``beside`` it."""
    # Made from another: the keywords of a new one take four times as long, and a page has thousands.
    return NO_FIGURE.but(
        n=row.n,
        estimate=row.estimate * heading.times,
        se=_known(row.se * heading.times),
        cv=_known(row.cv),
        ci_low=_known(row.ci_low * heading.times),
        ci_high=_known(row.ci_high * heading.times),
        df=row.df,
        weighted_count=row.population,
        # Weights that add up to the firms themselves: nobody of the domain is missing.
        enumerated=bool(abs(row.population - row.n) < 1e-6),
        unanimous=_is_at_an_end(asked, row.estimate),
        decimals=heading.decimals,
        n_eff=_known(row.n_eff),
        n_chance=_answers_of_chance(asked, row),
        **beside,
    )


def _answers_of_chance(asked: Asked, row: Estimate) -> int | None:
    return None if np.isnan(row.n_chance) or not isinstance(asked, NumericStatistic) else round(row.n_chance)


def whole_cell(asked: Asked, found: Mapping[tuple[Key, str, str], Estimate], variable: str, value: str) -> Whole | None:
    """The share of all firms of a group beside that of those asked, where it was estimated."""
    whole = of_all(asked)
    row = found.get((whole.key, variable, value)) if whole else None
    if row is None or np.isnan(row.estimate):
        return None
    return Whole(
        estimate=row.estimate, se=_known(row.se), ci_low=_known(row.ci_low), ci_high=_known(row.ci_high), n=row.n
    )


def _is_at_an_end(asked: Asked, estimate: float) -> bool:
    """Whether a balance, an index or a score is the largest or smallest possible, so that it tells every answer."""
    reach = None if isinstance(asked, CodedStatistic) and asked.proportion else reach_of(asked)
    return reach is not None and bool(np.isclose(estimate, reach, rtol=0, atol=1e-9).any())


def reach_of(asked: Asked) -> tuple[float, float] | None:
    """The least and the largest figure that answers can give; None of amounts and counts, which have no bound."""
    if isinstance(asked, IndexStatistic):
        # An index is at its end only where every part is at one, so the ends add up.
        ends = [[weight * point for point in part.points.values()] for part, weight in asked.parts]
        return asked.constant + sum(map(min, ends)), asked.constant + sum(map(max, ends))
    if isinstance(asked, CodedStatistic) and not asked.total:
        return min(asked.points.values()), max(asked.points.values())
    return None


def _known(number: float) -> float | None:
    return None if np.isnan(number) else float(number)
