"""Quantiles with Woodruff's interval (Woodruff 1952; Francisco and Fuller 1991)."""

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.errors import OutOfRange
from survey.methods.estimates.design import Design
from survey.methods.estimates.estimation import Estimate, coefficient_of_variation, summarise
from survey.methods.estimates.intervals import t_quantile
from survey.methods.estimates.linearisation import answered, linear_mean, numbers

ROUNDING = 1e-12
"""Shares nearer than this are equal: sums of weights differ in the last digits."""


def distribution(values: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Distinct values of sorted ones, and the largest share F of the weights reached up to each.

    F itself, where all weights are positive; with weights that calibration made negative F may fall again, and the
    smallest value that reaches a share is where it was first reached.
    """
    # F belongs to the last of equal values: half of a tie is not a value anybody gave.
    last = np.append(values[1:] != values[:-1], True)
    shares = np.cumsum(weight)[last] / weight.sum()
    return values[last], np.asarray(np.maximum.accumulate(shares), float)


def smallest_reaching(values: Floats, shares: Floats, p: float) -> float:
    """Smallest value whose cumulated share reaches p; beyond the data its extremes."""
    # Sums of shares such as 0.1 + 0.2 miss p by their last digits; the median must not jump for that.
    return float(values[min(int(np.searchsorted(shares, p - ROUNDING)), len(values) - 1)])


def quantile(
    design: Design,
    y: Floats,
    p: float = 0.5,
    domain: Bools | None = None,
    *,
    item: str = "",
    confidence: float = 0.95,
) -> Estimate:
    """Smallest value q with F(q) >= p, F the weighted share of values <= q.

    Limits: the same rule at F(q) -+ t*se of the share of values <= q; se = (high - low)/(2t).
    """
    if not 0 < p < 1:
        raise OutOfRange(p, f"The share {p} of a quantile is not between 0 and 1.")
    y = numbers(design, y)
    inside = answered(y, domain)
    row = summarise(design, linear_mean(design, y, domain), "quantile", item=item)
    if np.isnan(row.estimate):
        return row
    order = np.argsort(y[inside], kind="stable")
    values, shares = distribution(y[inside][order], design.weight[inside][order])
    q = smallest_reaching(values, shares, p)
    # Woodruff: the error is that of a share (those at most q), read off the distribution at both ends.
    below = summarise(design, linear_mean(design, np.where(inside, y <= q, np.nan), domain), "share")
    t = t_quantile(below.df, confidence)
    # The value stands without its error, as with one unit in a stratum, where nothing tells how far it would move.
    if np.isnan(t * below.se):
        return row._replace(estimate=q, se=np.nan, cv=np.nan, ci_low=np.nan, ci_high=np.nan, deff=np.nan)
    low, high = (smallest_reaching(values, shares, below.estimate + side * t * below.se) for side in (-1, 1))
    # The interval comes first, unlike elsewhere: it follows the shape of the distribution, and the error is made of it.
    se = (high - low) / (2 * t)
    return row._replace(
        estimate=q,
        se=se,
        cv=coefficient_of_variation(q, se),
        ci_low=low,
        ci_high=high,
        ci_method="woodruff",
        level=f"{p:g}",
        deff=np.nan,
    )
