"""Tidy rows for many items and domains at once: the call that dashboards, tables and reports make."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.estimates.estimation import NO_SPREAD, Estimate
from survey.methods.estimates.intervals import Proportion, proportion_interval, t_quantile
from survey.methods.estimates.statistics import (
    CodedStatistic,
    IndexStatistic,
    NumericStatistic,
    QuantileStatistic,
    Statistic,
)
from survey.methods.extract import Extract
from survey.methods.moments.estimates import Numbers, coded_numbers, pair_numbers, side_by_side
from survey.methods.moments.index import tabulated_index
from survey.methods.moments.passing import moments
from survey.methods.moments.quantiles import tabulated_quantile
from survey.methods.moments.sums import Moments

Summed = CodedStatistic | NumericStatistic


@dataclass(frozen=True)
class IntervalRule:
    """How intervals are made: proportions by `method` (logit, beta, wilson, mean), everything else by t."""

    method: str = "logit"
    confidence: float = 0.95


def tabulate(
    extract: Extract,
    statistics: Sequence[Statistic],
    domains: Sequence[str] | None = None,
    rule: IntervalRule | None = None,
) -> list[Estimate]:
    """Rows in the order of `statistics`; of each, everybody first, then each value of `domains` (None = all).

    One pass over the data serves all coded items and domains; quantiles sort their item once. A row has the `key` of
    its statistic.
    """
    rule = rule or IntervalRule()
    summed = [one for one in statistics if isinstance(one, CodedStatistic | NumericStatistic)]
    coded = dict.fromkeys(one.item for one in summed if isinstance(one, CodedStatistic))
    pairs = dict.fromkeys((one.item, one.denominator) for one in summed if isinstance(one, NumericStatistic))
    found = moments(extract, list(coded), list(pairs), domains)
    rows = iter(tables_from_moments(found, summed, rule))
    variables = [name for name, _ in found.domains]
    return [row for one in statistics for row in (_apart(extract, one, variables, rule) or next(rows))]


def _apart(extract: Extract, one: Statistic, variables: Sequence[str], rule: IntervalRule) -> list[Estimate] | None:
    """Rows of a statistic that moments do not give; None of one that they do."""
    if isinstance(one, QuantileStatistic):
        return tabulated_quantile(extract, one.item, one.p, one.name, variables, rule.confidence)
    if isinstance(one, IndexStatistic):
        return tabulated_index(extract, one, variables, rule.confidence)
    return None


def tables_from_moments(
    found: Moments, statistics: Sequence[Summed], rule: IntervalRule | None = None
) -> list[list[Estimate]]:
    """For each statistic its rows, everybody first; from moments of the whole, however they were added up."""
    if not statistics:
        return []
    numbers = _numbers(found, statistics)
    order = [position for positions, _ in numbers for position in positions]
    return _rows(found, statistics, order, side_by_side([part for _, part in numbers]), rule or IntervalRule())


def _numbers(found: Moments, statistics: Sequence[Summed]) -> list[tuple[list[int], Numbers]]:
    """Numbers with the positions of their statistics; items with as many codes and statistics go together."""
    by_item: dict[str, list[int]] = {}
    numbers: list[tuple[list[int], Numbers]] = []
    for position, one in enumerate(statistics):
        if isinstance(one, CodedStatistic):
            by_item.setdefault(one.item, []).append(position)
        else:
            numbers.append(([position], pair_numbers(found, (one.item, one.denominator), one.total)))
    alike: dict[tuple[int, int], list[str]] = {}
    for item, positions in by_item.items():
        alike.setdefault((len(found.labels[item]), len(positions)), []).append(item)
    for items in alike.values():
        together = [[statistics[position] for position in by_item[item]] for item in items]
        points = np.stack([[_points(found, one) for one in few] for few in together])
        total = np.array([[one.total for one in few] for few in together])
        positions = [position for item in items for position in by_item[item]]
        numbers.append((positions, coded_numbers(found, items, points, total)))
    return numbers


def _points(found: Moments, one: Summed) -> Floats:
    assert isinstance(one, CodedStatistic)
    return one.by_label(found.labels[one.item])


def _rows(
    found: Moments, statistics: Sequence[Summed], order: Sequence[int], numbers: Numbers, rule: IntervalRule
) -> list[list[Estimate]]:
    """Rows by statistic in their own order; all columns are computed for all rows at once."""
    proportion = np.array(
        [isinstance(one, CodedStatistic) and one.proportion for one in map(statistics.__getitem__, order)]
    )
    df, df_domain = found.degrees_of_freedom, found.domain_degrees_of_freedom
    se = np.sqrt(numbers.variance)
    low, high = _limits(found, numbers, se, proportion, rule)
    cv = se / np.where(numbers.estimate == 0, np.nan, np.abs(numbers.estimate))
    spread = numbers.simple > (NO_SPREAD * numbers.estimate) ** 2
    deff = numbers.variance / np.where(spread, numbers.simple, np.nan)
    columns = [numbers.estimate, se, cv, low, high, numbers.n.round().astype(int), numbers.population, deff]
    tables = [column.T.tolist() for column in columns]
    rows: list[list[Estimate]] = [[] for _ in statistics]
    for k, position in enumerate(order):
        item, name, level = statistics[position].key
        method = rule.method if proportion[k] else "t"
        values = zip(found.domain_values, df_domain, *(table[k] for table in tables), strict=True)
        rows[position] = [
            Estimate(item, name, e, s, c, lo, up, method, n, size, df, free, d, level, *where)
            for where, free, e, s, c, lo, up, n, size, d in values
        ]
    return rows


def _limits(
    found: Moments, numbers: Numbers, se: Floats, proportion: Bools, rule: IntervalRule
) -> tuple[Floats, Floats]:
    df = found.degrees_of_freedom
    reach = t_quantile(df, rule.confidence) * se
    low, high = numbers.estimate - reach, numbers.estimate + reach
    if proportion.any():
        rows = np.broadcast_to(found.rows.sum(axis=1)[:, None], se.shape)[:, proportion]
        shares = Proportion(numbers.estimate[:, proportion], se[:, proportion], np.full(rows.shape, float(df)), rows)
        limits = proportion_interval(shares, rule.method, rule.confidence, numbers.kish[:, proportion])
        low[:, proportion], high[:, proportion] = limits
    return low, high
