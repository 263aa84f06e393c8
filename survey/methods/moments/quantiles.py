"""Quantiles of a numeric item overall and by domain, with Woodruff's interval: one sort, then sums as for a share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.errors import OutOfRange
from survey.methods.estimates.domains import DomainPrecision, domain_precision
from survey.methods.estimates.estimation import Estimate, coefficient_of_variation
from survey.methods.estimates.intervals import IntervalRule, t_quantile, t_quantiles
from survey.methods.estimates.quantiles import distribution, smallest_reaching
from survey.methods.extract import Coded, Extract
from survey.methods.moments.estimates import Numbers, coded_numbers, side_by_side
from survey.methods.moments.passing import moments

EVERYBODY = ""


@dataclass(frozen=True, eq=False)
class Distribution:
    """Sorted distinct values of one domain value with the shares reached."""

    values: Floats
    shares: Floats

    def reach(self, p: float) -> float:
        """Smallest value whose cumulated share reaches p; nan where nobody answered or p is not a number."""
        return smallest_reaching(self.values, self.shares, p) if len(self.values) and not np.isnan(p) else np.nan


NOBODY = Distribution(np.empty(0), np.empty(0))


def tabulated_quantile(
    extract: Extract,
    item: str,
    p: float,
    name: str,
    domains: Sequence[str],
    rule: IntervalRule | None = None,
    *,
    everybody: bool = True,
) -> list[Estimate]:
    """Rows of one quantile, defined as in `quantile`: everybody (if wanted), then each value of each variable."""
    if not 0 < p < 1:
        raise OutOfRange(p, f"The share {p} of a quantile is not between 0 and 1.")
    order = np.argsort(extract.value(item), kind="stable")
    # argsort puts nan last.
    order = order[: int((~np.isnan(extract.values[item])).sum())]
    whole = {EVERYBODY: Coded(np.zeros(extract.rows, np.int8), ("",))} if everybody else {}
    variables = whole | {variable: extract.domains[variable] for variable in domains}
    rows = [
        row
        for variable, column in variables.items()
        for row in _by_variable(extract, item, p, variable, column, order, rule or IntervalRule())
    ]
    return [row._replace(statistic=name, level=f"{p:g}") for row in rows]


def _by_variable(
    extract: Extract, item: str, p: float, variable: str, column: Coded, order: Ints, rule: IntervalRule
) -> list[Estimate]:
    distributions = _distributions(extract.values[item], extract.weight, column, order)
    q = np.array([one.reach(p) for one in distributions])
    reference = np.where(column.codes >= 0, q[column.codes], np.nan)
    unknown = np.isnan(extract.values[item]) | np.isnan(reference)
    # A share by domain again: each firm is held against the quantile of its own domain.
    below = np.where(unknown, -1, extract.values[item] <= reference).astype(np.int8)
    skipped = {"below": extract.skipped[item]} if item in extract.skipped else {}
    part = replace(
        extract, items={"below": Coded(below, ("no", "yes"))}, values={}, domains={variable: column}, skipped=skipped
    )
    found = moments(part)
    numbers = side_by_side([coded_numbers(found, ["below"], np.array([[[0.0, 1.0]]]), np.array([[False]]))])
    precision = _precision(numbers, found.degrees_of_freedom, rule)
    reach = t_quantiles(precision.df, rule.confidence) * precision.se
    return [
        _row(
            item, variable, label, one, float(q[d]), (numbers, precision, reach), d + 1, found.degrees_of_freedom, rule
        )
        for d, (label, one) in enumerate(zip(column.labels, distributions, strict=True))
    ]


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
    item: str,
    variable: str,
    label: str,
    one: "Distribution",
    q: float,
    below: tuple[Numbers, DomainPrecision, Floats],
    d: int,
    whole: int,
    rule: IntervalRule,
) -> Estimate:
    numbers, precision, reaches = below
    centre, reach, df = float(numbers.estimate[d, 0]), float(reaches[d, 0]), float(precision.df[d, 0])
    low, high = (q, q) if precision.census[d, 0] else (one.reach(centre - reach), one.reach(centre + reach))
    t = t_quantile(df, rule.confidence)
    se = 0.0 if precision.census[d, 0] else (high - low) / (2 * t)
    return Estimate(
        item=item,
        statistic="quantile",
        estimate=q,
        se=se,
        cv=coefficient_of_variation(q, se),
        ci_low=low,
        ci_high=high,
        ci_method="woodruff",
        n=round(float(numbers.n[d, 0])),
        population=float(numbers.population[d, 0]),
        df=df if rule.by_domain else whole,
        df_domain=round(float(numbers.df_domain[d, 0])),
        deff=np.nan,
        domain=variable,
        domain_value=label,
        n_eff=float(precision.n_eff[d, 0]),
        n_chance=float(numbers.chance[d, 0]) if rule.by_domain else np.nan,
    )


def _distributions(values: Floats, weight: Floats, column: Coded, order: Ints) -> list[Distribution]:
    """Of each domain value, from the order of all answers."""
    code = column.codes[order]
    # Stable: within a domain value the answers stay in the order of their size.
    by_code = order[np.argsort(code, kind="stable")]
    ends = np.cumsum(np.bincount(code + 1, minlength=len(column.labels) + 1))
    found = []
    for start, end in pairwise(ends.tolist()):
        rows = by_code[start:end]
        found.append(Distribution(*distribution(values[rows], weight[rows])) if weight[rows].sum() > 0 else NOBODY)
    return found
