"""What filling adds to a variance: filled values are not answers, and their error is not in the spread of the data.

Model-assisted (Sarndal 1992, Survey Methodology 18; Deville and Sarndal 1994; for nearest neighbours Kim, Fuller and
Bell 2011, Annals of Applied Statistics 5). A total of filled values is sum a_i y_i over respondents, a_i their own
weight inside the domain and what they give away. With values that vary by s2_i about their class or neighbours its
error is sum a^2 s2 - 2 sum_inside a s2 + sum_inside w s2; what the ordinary variance already holds of it,
(w^2 - w) s2 over the rows whose value varies (nearest: all, ratio: respondents), is taken off.
"""

from collections.abc import Callable

import numpy as np

from survey.methods.arrays import Bools, Floats, sums_by
from survey.methods.estimates.design import Design
from survey.methods.estimates.estimation import Estimate, coefficient_of_variation, summarise
from survey.methods.estimates.intervals import t_interval
from survey.methods.estimates.linearisation import Linearised, linear_mean, linear_total
from survey.methods.imputation.filled import Filled
from survey.weighting_terms import FillingRule


def filled_total(design: Design, filled: Filled, domain: Bools | None = None, *, item: str = "") -> Estimate:
    """Total over all firms that have a value, filled ones included, with the error that filling adds; `n` are those
    that reported."""
    return _estimate(design, filled, linear_total(design, filled.value, domain), 1.0, "total", domain, item)


def filled_mean(design: Design, filled: Filled, domain: Bools | None = None, *, item: str = "") -> Estimate:
    """Mean over all firms that have a value, filled ones included, with the error that filling adds."""
    linear = linear_mean(design, filled.value, domain)
    size = float(design.weight[linear.inside].sum())
    return _estimate(design, filled, linear, size, "mean", domain, item)


def _estimate(
    design: Design,
    filled: Filled,
    linear: Linearised,
    size: float,
    statistic: str,
    domain: Bools | None,
    item: str,
) -> Estimate:
    row = summarise(design, linear, statistic, item=item)
    if np.isnan(row.estimate):
        return row
    se = float(np.sqrt(row.se**2 + added_variance(design.weight, filled, linear.inside) / size**2))
    low, high = t_interval(row.estimate, se, row.df)
    reported = int((linear.inside & ~filled.filled).sum())
    return row._replace(
        se=se, cv=coefficient_of_variation(row.estimate, se), ci_low=low, ci_high=high, n=reported, deff=np.nan
    )


def added_variance(weight: Floats, filled: Filled, inside: Bools) -> float:
    """What filling adds to the variance of the total over the rows `inside`; never below 0."""
    held = inside & ~np.isnan(filled.value)
    reported, spread = held & ~filled.filled, filled.spread
    # a_i: what a respondent counts for in the filled total, its own weight and those of the rows that copy it.
    given = np.where(reported, weight, 0.0) + GIVEN[filled.method](weight, filled, held & filled.filled)
    # Values filled by a ratio lie on the line: they have no spread of their own in the ordinary variance.
    varying = reported if filled.method is FillingRule.RATIO else held
    added = (
        float((given**2 * spread)[~filled.filled].sum())
        - 2 * float((given * spread)[reported].sum())
        + float((weight * spread)[held].sum())
        - float(((weight**2 - weight) * spread)[varying].sum())
    )
    # An estimate of a variance: the part taken off may exceed the rest by chance.
    return max(added, 0.0)


def _given_by_ratio(weight: Floats, filled: Filled, taken: Bools) -> Floats:
    classes = int(filled.klass.max(initial=-1)) + 1
    amount = weight * filled.size
    base = sums_by(filled.klass, amount * ~filled.filled * ~np.isnan(filled.value), classes)
    wanted = sums_by(filled.klass, amount * taken, classes)
    part = np.divide(wanted, base, out=np.zeros(classes), where=base > 0)[filled.klass]
    return np.where(filled.filled | np.isnan(filled.value), 0.0, weight * part)


def _given_to_neighbours(weight: Floats, filled: Filled, taken: Bools) -> Floats:
    return sums_by(filled.donor[taken], weight[taken], len(weight))


GIVEN: dict[FillingRule, Callable[[Floats, Filled, Bools], Floats]] = {
    FillingRule.RATIO: _given_by_ratio,
    FillingRule.NEAREST: _given_to_neighbours,
}
"""(n,) weight that each respondent gives away to filled rows, by method."""
