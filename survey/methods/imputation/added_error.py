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
from survey.methods.imputation.filled import Filled
from survey.weighting_terms import FillingRule


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
