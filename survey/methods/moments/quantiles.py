"""Quantiles of a numeric item overall and by domain, with Woodruff's interval: one sort, then sums as for a share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.errors import OutOfRange
from survey.methods.estimates.estimation import Estimate, coefficient_of_variation
from survey.methods.estimates.intervals import t_quantile
from survey.methods.estimates.quantiles import distribution, smallest_reaching
from survey.methods.extract import Coded, Extract
from survey.methods.moments.estimates import coded_numbers, side_by_side
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
    extract: Extract, item: str, p: float, name: str, domains: Sequence[str], confidence: float = 0.95
) -> list[Estimate]:
    """Rows of one quantile, defined as in `quantile`: everybody, then each value of each domain variable."""
    if not 0 < p < 1:
        raise OutOfRange(p, f"The share {p} of a quantile is not between 0 and 1.")
    order = np.argsort(extract.value(item), kind="stable")
    order = order[: int((~np.isnan(extract.values[item])).sum())]
    everybody = Coded(np.zeros(extract.rows, np.int8), ("",))
    variables = {EVERYBODY: everybody} | {variable: extract.domains[variable] for variable in domains}
    rows = [
        row
        for variable, column in variables.items()
        for row in _by_variable(extract, item, p, variable, column, order, confidence)
    ]
    return [row._replace(statistic=name, level=f"{p:g}") for row in rows]


def _by_variable(
    extract: Extract, item: str, p: float, variable: str, column: Coded, order: Ints, confidence: float
) -> list[Estimate]:
    distributions = _distributions(extract.values[item], extract.weight, column, order)
    q = np.array([one.reach(p) for one in distributions])
    reference = np.where(column.codes >= 0, q[column.codes], np.nan)
    unknown = np.isnan(extract.values[item]) | np.isnan(reference)
    below = np.where(unknown, -1, extract.values[item] <= reference).astype(np.int8)
    part = replace(extract, items={"below": Coded(below, ("no", "yes"))}, values={}, domains={variable: column})
    found = moments(part)
    numbers = side_by_side([coded_numbers(found, ["below"], np.array([[[0.0, 1.0]]]), np.array([[False]]))])
    t = t_quantile(found.degrees_of_freedom, confidence)
    reach = t * np.sqrt(numbers.variance[1:, 0])
    found_rows = []
    for d, (label, one) in enumerate(zip(column.labels, distributions, strict=True)):
        centre = numbers.estimate[d + 1, 0]
        low, high = one.reach(centre - reach[d]), one.reach(centre + reach[d])
        se = (high - low) / (2 * t)
        found_rows.append(
            Estimate(
                item=item,
                statistic="quantile",
                estimate=float(q[d]),
                se=se,
                cv=coefficient_of_variation(float(q[d]), se),
                ci_low=low,
                ci_high=high,
                ci_method="woodruff",
                n=round(float(numbers.n[d + 1, 0])),
                population=float(numbers.population[d + 1, 0]),
                df=found.degrees_of_freedom,
                df_domain=found.domain_degrees_of_freedom[d + 1],
                deff=np.nan,
                domain=variable,
                domain_value=label,
            )
        )
    return found_rows


def _distributions(values: Floats, weight: Floats, column: Coded, order: Ints) -> list[Distribution]:
    """Of each domain value, from the order of all answers."""
    code = column.codes[order]
    by_code = order[np.argsort(code, kind="stable")]
    ends = np.cumsum(np.bincount(code + 1, minlength=len(column.labels) + 1))
    found = []
    for start, end in pairwise(ends.tolist()):
        rows = by_code[start:end]
        found.append(Distribution(*distribution(values[rows], weight[rows])) if len(rows) else NOBODY)
    return found
