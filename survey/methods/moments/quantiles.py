"""Quantiles of a numeric item overall and by domain, with Woodruff's interval: one sort, then sums as for a share."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.errors import OutOfRange
from survey.methods.estimates.domains import DomainPrecision, domain_precision
from survey.methods.estimates.estimation import Estimate, coefficient_of_variation
from survey.methods.estimates.intervals import IntervalRule, t_quantile, t_quantiles
from survey.methods.estimates.quantiles import distribution, smallest_reaching
from survey.methods.estimates.statistics import QuantileStatistic
from survey.methods.extract import Coded, Extract
from survey.methods.moments.estimates import Numbers, coded_numbers, side_by_side
from survey.methods.moments.passing import moments
from survey.methods.sorting import by_size
from survey.threads import of_each

EVERYBODY = ""
BY = "by"
"""The variable of one pass."""


@dataclass(frozen=True, eq=False)
class Distribution:
    """Sorted distinct values of one domain value with the shares reached."""

    values: Floats
    shares: Floats

    def reach(self, p: float) -> float:
        """Smallest value whose cumulated share reaches p; nan where nobody answered or p is not a number."""
        return smallest_reaching(self.values, self.shares, p) if len(self.values) and not np.isnan(p) else np.nan


NOBODY = Distribution(np.empty(0), np.empty(0))


def tabulated_quantiles(
    extract: Extract,
    asked: Sequence[QuantileStatistic],
    domains: Sequence[str],
    rule: IntervalRule | None = None,
    *,
    everybody: bool = True,
    orders: Mapping[str, Ints] | None = None,
) -> list[list[Estimate]]:
    """Rows of each quantile, defined as in `quantile`: everybody (if wanted), then each value of each variable. One
    pass by variable serves the errors of all. `orders` are by item the rows of at least the firms in the domains by the
    size of their number, where these were sorted before. Raises `OutOfRange` for a share that is not between 0 and 1.
    """
    for one in asked:
        if not 0 < one.p < 1:
            raise OutOfRange(one.p, f"The share {one.p} of a quantile is not between 0 and 1.")
    sorted_ = orders or {one.item: order_of(extract.value(one.item)) for one in asked}
    whole = {EVERYBODY: Coded(np.zeros(extract.rows, np.int8), ("",))} if everybody else {}
    variables = whole | {variable: extract.domains[variable] for variable in domains}
    found: list[list[Estimate]] = [[] for _one in asked]
    for variable, column in variables.items() if asked else ():
        for rows, more in zip(found, _by_variable(extract, asked, variable, column, sorted_, rule), strict=True):
            rows += more
    return found


def order_of(values: Floats) -> Ints:
    """The rows with a number by its size."""
    rows = np.flatnonzero(~np.isnan(values))
    return rows[by_size(values[rows])]


def _by_variable(
    extract: Extract,
    asked: Sequence[QuantileStatistic],
    variable: str,
    column: Coded,
    orders: Mapping[str, Ints],
    rule: IntervalRule | None,
) -> Iterator[list[Estimate]]:
    chosen = rule or IntervalRule()
    distributions = of_each(
        lambda one: _distributions(extract.values[one.item], extract.weight, column, orders[one.item]),
        asked,
        extract.rows,
    )
    q = [np.array([each.reach(one.p) for each in few]) for one, few in zip(asked, distributions, strict=True)]
    shares = shares_below(extract, asked, q, column, chosen)
    for place, (one, few) in enumerate(zip(asked, distributions, strict=True)):
        rows = [_row(one.item, each, float(q[place][d]), shares, (d, place), chosen) for d, each in enumerate(few)]
        yield [
            row._replace(statistic=one.name, level=f"{one.p:g}", domain=variable, domain_value=label)
            for row, label in zip(rows, column.labels, strict=True)
        ]


def shares_below(
    extract: Extract, asked: Sequence[QuantileStatistic], q: Sequence[Floats], column: Coded, rule: IntervalRule
) -> "SharesBelow":
    """Of each quantile the share of firms that are at most at `q` (D,) of their own value of a variable (`column`)."""
    # Of two quantiles of one item each has a share of its own.
    names = [f"{place} below" for place in range(len(asked))]
    below = of_each(lambda one: _below(extract, *one, column), zip(asked, q, strict=True), extract.rows)
    part = replace(
        extract,
        items=dict(zip(names, below, strict=True)),
        values={},
        domains={BY: column},
        skipped={
            name: extract.skipped[one.item]
            for name, one in zip(names, asked, strict=True)
            if one.item in extract.skipped
        },
    )
    found = moments(part, everybody=False)
    points, total = np.tile([0.0, 1.0], (len(asked), 1, 1)), np.zeros((len(asked), 1), bool)
    numbers = side_by_side([coded_numbers(found, names, points, total)])
    precision = _precision(numbers, found.degrees_of_freedom, rule)
    reach = t_quantiles(precision.df, rule.confidence) * precision.se
    return SharesBelow(numbers=numbers, precision=precision, reach=reach, whole=found.degrees_of_freedom)


def _below(extract: Extract, one: QuantileStatistic, q: Floats, column: Coded) -> Coded:
    """Whether each firm is at most at the quantile of its own domain: a share by domain again."""
    values = extract.values[one.item]
    reference = np.where(column.codes >= 0, q[column.codes], np.nan)
    unknown = np.isnan(values) | np.isnan(reference)
    return Coded(np.where(unknown, -1, values <= reference).astype(np.int8), ("no", "yes"))


@dataclass(frozen=True, eq=False, kw_only=True)
class SharesBelow:
    """Of the shares below the quantiles the numbers, their precision, the reach of their intervals (D, statistics), and
    the degrees of freedom of the `whole` design."""

    numbers: Numbers
    precision: DomainPrecision
    reach: Floats
    whole: int

    def error(self, width: Floats, rule: IntervalRule) -> Floats:
        """(D, statistics) standard errors of quantiles whose intervals are so wide."""
        # Half the interval over t: a quantile has no score of its own to take an error from.
        half = width / (2 * t_quantiles(self.precision.df, rule.confidence))
        return np.where(self.precision.census, 0.0, half)


def _precision(numbers: Numbers, df: int, rule: IntervalRule) -> DomainPrecision:
    """Of the shares below the quantiles."""
    se, deff = np.sqrt(numbers.variance), numbers.variance / np.where(numbers.simple > 0, numbers.simple, np.nan)
    if not rule.by_domain:
        return DomainPrecision(
            se=se, df=np.full(se.shape, float(df)), n_eff=np.full(se.shape, np.nan), census=np.zeros(se.shape, bool)
        )
    free, census = numbers.df_effective, numbers.census > 0
    return domain_precision(se, numbers.n, df, numbers.df_domain, numbers.kish, deff, census, free)


def _row(
    item: str, one: Distribution, q: float, below: SharesBelow, place: tuple[int, int], rule: IntervalRule
) -> Estimate:
    """``place`` is that of the figure in the tables of the shares below."""
    numbers, precision = below.numbers, below.precision
    centre, reach, df = float(numbers.estimate[place]), float(below.reach[place]), float(precision.df[place])
    # Woodruff 1952: the interval of the share below q, read off as values of the distribution.
    low, high = (q, q) if precision.census[place] else (one.reach(centre - reach), one.reach(centre + reach))
    t = t_quantile(df, rule.confidence)
    # Half the interval over t: a quantile has no score of its own to take an error from.
    se = 0.0 if precision.census[place] else (high - low) / (2 * t)
    return Estimate(
        item=item,
        statistic="quantile",
        estimate=q,
        se=se,
        cv=coefficient_of_variation(q, se),
        ci_low=low,
        ci_high=high,
        ci_method="woodruff",
        n=round(float(numbers.n[place])),
        population=float(numbers.population[place]),
        df=df if rule.by_domain else below.whole,
        df_domain=round(float(numbers.df_domain[place])),
        deff=np.nan,
        n_eff=float(precision.n_eff[place]),
        n_chance=float(numbers.chance[place]) if rule.by_domain else np.nan,
    )


def _distributions(values: Floats, weight: Floats, column: Coded, order: Ints) -> list[Distribution]:
    """Of each domain value, from the order of all answers."""
    code = column.codes[order]
    # Stable: within a domain value the answers stay in the order of their size; of one value alone they do.
    by_code = order if len(code) and code.min() == code.max() else order[np.argsort(code, kind="stable")]
    # Firms without a value (-1) come first and end where the first value begins.
    ends = np.cumsum(np.bincount(code + 1, minlength=len(column.labels) + 1))
    found = []
    for start, end in pairwise(ends.tolist()):
        rows = by_code[start:end]
        weights = weight[rows]
        found.append(Distribution(*distribution(values[rows], weights)) if weights.sum() > 0 else NOBODY)
    return found
