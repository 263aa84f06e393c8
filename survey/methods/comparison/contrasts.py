"""Tests of differences between estimates, and Holm's adjustment for many of them."""

from collections.abc import Sequence

import numpy as np
from scipy import special

from survey.methods.arrays import Floats
from survey.methods.errors import OutOfRange


def two_sided_p(t: float, df: float) -> float:
    """Two-sided p-value of a t statistic; df infinite = normal."""
    # The distributions themselves: scipy's classes around them take a hundred times as long for one number.
    return float(2 * (special.ndtr(-abs(t)) if np.isinf(df) else special.stdtr(df, -abs(t))))


def holm(p_values: Sequence[float] | Floats) -> Floats:
    """Holm's step-down adjusted p-values (Holm 1979); nan stays nan and does not count as a test."""
    p = np.asarray(p_values, float)
    tested = np.flatnonzero(~np.isnan(p))
    if not ((p[tested] >= 0) & (p[tested] <= 1)).all():
        raise OutOfRange("p_values", "A p-value is outside 0 to 1.")
    order = tested[np.argsort(p[tested], kind="stable")]
    # The smallest of m is multiplied by m, the next by m - 1 ...; a later one is never below an earlier one.
    steps = p[order] * (len(order) - np.arange(len(order)))
    adjusted = np.full(len(p), np.nan)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return adjusted
