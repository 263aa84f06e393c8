"""Tidy rows for many items and domains at once: the call that dashboards, tables and reports make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.estimates.domains import DomainPrecision, domain_precision
from survey.methods.estimates.estimation import NO_SPREAD, Estimate
from survey.methods.estimates.intervals import IntervalRule, Proportion, proportion_interval, t_quantiles
from survey.methods.estimates.statistics import (
    Asked,
    CodedStatistic,
    IndexStatistic,
    Key,
    NumericStatistic,
    QuantileStatistic,
)
from survey.methods.extract import Extract
from survey.methods.moments.estimates import Numbers, coded_numbers, pair_numbers, side_by_side
from survey.methods.moments.index import tabulated_index
from survey.methods.moments.quantiles import tabulated_quantiles
from survey.methods.moments.sums import Moments, Pair

Summed = CodedStatistic | NumericStatistic


@dataclass(frozen=True, eq=False, kw_only=True)
class Tabulated:
    """Numbers (D, k) of statistics that follow from sums, in the order of their columns; `order` are the places at
    which these were asked for."""

    statistics: Sequence[Summed]
    order: Sequence[int]
    numbers: Numbers

    @property
    def columns(self) -> dict[Key, int]:
        """The column of each statistic."""
        return {one.key: k for k, one in enumerate(self.statistics)}


def summed_items(statistics: Sequence[Asked]) -> list[str]:
    """The coded items whose moments the statistics need, each once."""
    return list(dict.fromkeys(one.item for one in statistics if isinstance(one, CodedStatistic)))


def summed_pairs(statistics: Sequence[Asked]) -> list[Pair]:
    """The pairs of numeric items, each once."""
    found = ((one.item, one.denominator) for one in statistics if isinstance(one, NumericStatistic))
    return list(dict.fromkeys(found))


def rows_from_moments(
    extract: Extract,
    found: Moments,
    statistics: Sequence[Asked],
    rule: IntervalRule,
    *,
    everybody: bool = True,
    tabulated: Tabulated | None = None,
    orders: Mapping[str, Ints] | None = None,
) -> list[Estimate]:
    """The same from moments that were made before, of all that the statistics need; so may their numbers have been
    (`tabulated`), and the rows by the size of numbers of which a quantile is asked (`orders`). Rows of everybody may be
    left out where they take a pass of their own."""
    summed = summed_statistics(statistics)
    rows = iter(
        tables_from_moments(found, summed, rule) if tabulated is None else _known(found, tabulated, summed, rule)
    )
    variables = [name for name, _ in found.domains]
    # Quantiles follow from shares of firms below them, which have a pass of their own; so has each index.
    quantiles = [one for one in statistics if isinstance(one, QuantileStatistic)]
    below = iter(tabulated_quantiles(extract, quantiles, variables, rule, everybody=everybody, orders=orders))
    return [
        row
        for one in statistics
        for row in (
            next(below)
            if isinstance(one, QuantileStatistic)
            else tabulated_index(extract, one, variables, rule, everybody=everybody)
            if isinstance(one, IndexStatistic)
            else next(rows)
        )
    ]


def summed_statistics(statistics: Sequence[Asked]) -> list[Summed]:
    """Those that follow from sums."""
    return [one for one in statistics if isinstance(one, CodedStatistic | NumericStatistic)]


def tables_from_moments(
    found: Moments, statistics: Sequence[Summed], rule: IntervalRule | None = None
) -> list[list[Estimate]]:
    """For each statistic its rows, everybody first; from moments of the whole, however they were added up."""
    if not statistics:
        return []
    known = tabulate(found, statistics)
    rows = dict(zip(known.order, _rows(found, known, rule or IntervalRule()), strict=True))
    return [rows[position] for position in range(len(statistics))]


def figures_from_moments(
    found: Moments, statistics: Sequence[Summed], rule: IntervalRule | None = None
) -> tuple[Floats, Floats]:
    """The estimates and standard errors (D, S) that the rows of these statistics have, without making the rows."""
    known = tabulate(found, statistics)
    numbers, size = known.numbers, len(statistics)
    deff = numbers.variance / np.where(_has_spread(numbers), numbers.simple, np.nan)
    precision = _precision(numbers, found.degrees_of_freedom, deff, rule or IntervalRule())
    place = np.empty(size, np.intp)
    place[list(known.order)] = np.arange(size)
    return numbers.estimate[:, place], precision.se[:, place]


def _has_spread(numbers: Numbers) -> Bools:
    return np.asarray(numbers.simple > (NO_SPREAD * numbers.estimate) ** 2, bool)


def _known(found: Moments, known: Tabulated, statistics: Sequence[Summed], rule: IntervalRule) -> list[list[Estimate]]:
    by_key = dict(zip(known.columns, _rows(found, known, rule), strict=True))
    return [by_key[one.key] for one in statistics]


def tabulate(found: Moments, statistics: Sequence[Summed]) -> Tabulated:
    """The numbers that all rows of these statistics are made from."""
    numbers = _numbers(found, statistics)
    order = [position for positions, _ in numbers for position in positions]
    return Tabulated(
        statistics=[statistics[position] for position in order],
        order=order,
        numbers=side_by_side([part for _, part in numbers]),
    )


def _numbers(found: Moments, statistics: Sequence[Summed]) -> list[tuple[list[int], Numbers]]:
    """Numbers with the positions of their statistics; items with as many codes and statistics go together."""
    by_item: dict[str, list[int]] = {}
    of_pairs: dict[int, NumericStatistic] = {}
    for position, one in enumerate(statistics):
        if isinstance(one, CodedStatistic):
            by_item.setdefault(one.item, []).append(position)
        else:
            of_pairs[position] = one
    numbers = [(list(of_pairs), _of_pairs(found, list(of_pairs.values())))] if of_pairs else []
    alike: dict[tuple[int, int], list[str]] = {}
    for item, positions in by_item.items():
        # Tables of one shape are stacked: numpy then works through all these items in one product.
        alike.setdefault((len(found.labels[item]), len(positions)), []).append(item)
    for items in alike.values():
        together = [[statistics[position] for position in by_item[item]] for item in items]
        points = np.stack([[_points(found, one) for one in few] for few in together])
        total = np.array([[one.total for one in few] for few in together])
        positions = [position for item in items for position in by_item[item]]
        numbers.append((positions, coded_numbers(found, items, points, total)))
    return numbers


def _of_pairs(found: Moments, statistics: Sequence[NumericStatistic]) -> Numbers:
    pairs = [(one.item, one.denominator) for one in statistics]
    return pair_numbers(found, pairs, np.array([one.total for one in statistics]))


def _points(found: Moments, one: Summed) -> Floats:
    assert isinstance(one, CodedStatistic)
    return one.by_label(found.labels[one.item])


def _rows(found: Moments, known: Tabulated, rule: IntervalRule) -> list[list[Estimate]]:
    """Rows by statistic in the order of the columns; all columns are computed for all rows at once."""
    numbers = known.numbers
    proportion = np.array([one.proportion for one in known.statistics])
    whole = found.degrees_of_freedom
    deff = numbers.variance / np.where(_has_spread(numbers), numbers.simple, np.nan)
    precision = _precision(numbers, whole, deff, rule)
    low, high = _limits(numbers, precision, proportion, rule)
    cv = precision.se / np.where(numbers.estimate == 0, np.nan, np.abs(numbers.estimate))
    free = precision.df if rule.by_domain else np.full(deff.shape, whole)
    n, df_domain = (one.round().astype(int) for one in (numbers.n, numbers.df_domain))
    columns = [numbers.estimate, precision.se, cv, low, high, n, numbers.population, free, df_domain, deff]
    chance = numbers.chance if rule.by_domain else np.full(deff.shape, np.nan)
    tables = [column.T.tolist() for column in [*columns, precision.n_eff, chance]]
    rows: list[list[Estimate]] = []
    for k, one in enumerate(known.statistics):
        item, name, level = one.key
        method = rule.method if proportion[k] else "t"
        values = zip(found.domain_values, *(table[k] for table in tables), strict=True)
        # Positional, since this runs for every figure of a page.
        rows.append(
            [
                Estimate(
                    item,
                    name,
                    e,
                    s,
                    c,
                    lo,
                    up,
                    method,
                    n,
                    size,
                    df,
                    inner,
                    d,
                    level,
                    where[0],
                    where[1],
                    effective,
                    drawn,
                )
                for where, e, s, c, lo, up, n, size, df, inner, d, effective, drawn in values
            ]
        )
    return rows


def _precision(numbers: Numbers, df: int, deff: Floats, rule: IntervalRule) -> DomainPrecision:
    se = np.sqrt(numbers.variance)
    if not rule.by_domain:
        return DomainPrecision(
            se=se, df=np.full(se.shape, float(df)), n_eff=np.full(se.shape, np.nan), census=np.zeros(se.shape, bool)
        )
    census = numbers.census > 0
    return domain_precision(se, numbers.n, df, numbers.df_domain, numbers.kish, deff, census, numbers.df_effective)


def _limits(
    numbers: Numbers, precision: DomainPrecision, proportion: Bools, rule: IntervalRule
) -> tuple[Floats, Floats]:
    reach = t_quantiles(precision.df, rule.confidence) * precision.se
    low, high = numbers.estimate - reach, numbers.estimate + reach
    if proportion.any():
        estimate, se, df, n = (one[:, proportion] for one in (numbers.estimate, precision.se, precision.df, numbers.n))
        shares = Proportion(estimate, se, df, n, capped=rule.by_domain)
        limits = proportion_interval(shares, rule.method, rule.confidence, numbers.kish[:, proportion])
        low[:, proportion], high[:, proportion] = limits
    # Where everybody of a domain answered and was drawn the figure is the truth, whatever a formula makes of its
    # variance.
    exact = precision.census & ~np.isnan(numbers.estimate)
    return np.where(exact, numbers.estimate, low), np.where(exact, numbers.estimate, high)
