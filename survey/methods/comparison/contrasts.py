"""Differences between estimates with their covariance, and Holm's adjustment for many of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from survey.methods.arrays import Bools, Floats
from survey.methods.errors import OutOfRange
from survey.methods.estimates.design import Design
from survey.methods.estimates.estimation import coefficient_of_variation
from survey.methods.estimates.intervals import t_interval
from survey.methods.estimates.linearisation import Linearised, linear_mean
from survey.methods.estimates.variance import covariance


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """A difference with its t statistic and two-sided p-value; df infinite = normal; nan where there is none."""

    label: str
    estimate: float
    se: float
    cv: float
    ci_low: float
    ci_high: float
    df: float
    t: float
    p_value: float
    n: int
    p_adjusted: float = np.nan


def contrast_row(label: str, estimate: float, se: float, df: float, n: int, confidence: float = 0.95) -> Contrast:
    """A contrast from its estimate and standard error."""
    low, high = t_interval(estimate, se, df, confidence)
    t = t_statistic(estimate, se)
    p_value = two_sided_p(t, df)
    return Contrast(
        label=label,
        estimate=estimate,
        se=se,
        cv=coefficient_of_variation(estimate, se),
        ci_low=low,
        ci_high=high,
        df=df,
        t=t,
        p_value=p_value,
        n=n,
    )


def t_statistic(estimate: float, se: float) -> float:
    """estimate/se; infinite for a difference without any error (both domains take-all), nan for none at all."""
    if se > 0:
        return estimate / se
    return float(np.copysign(np.inf, estimate)) if se == 0 and estimate else np.nan


def two_sided_p(t: float, df: float) -> float:
    """Two-sided p-value of a t statistic; df infinite = normal."""
    # The distributions themselves: scipy's classes around them take a hundred times as long for one number.
    return float(2 * (special.ndtr(-abs(t)) if np.isinf(df) else special.stdtr(df, -abs(t))))


def contrast(design: Design, first: Linearised, second: Linearised, label: str = "") -> Contrast:
    """`first` minus `second`, two estimates from one design: the variance of the difference of their scores."""
    # The scores of both are subtracted row by row, so what they have in common is in the error by itself.
    difference = first - second
    se = standard_error(design, difference)
    return contrast_row(label, difference.estimate, se, design.degrees_of_freedom, difference.n)


def standard_error(design: Design, linear: Linearised) -> float:
    """Standard error of a linearised estimate; nan where there is no estimate."""
    if np.isnan(linear.estimate):
        return np.nan
    # Rounding may leave a variance of 0 a little below it.
    return float(np.sqrt(max(covariance(design, linear.score[:, None], linear.inside)[0, 0], 0.0)))


def domain_difference(design: Design, y: Floats, first: Bools, second: Bools, label: str = "") -> Contrast:
    """Mean of y in one domain minus the mean in another; they may overlap."""
    return contrast(design, linear_mean(design, y, first), linear_mean(design, y, second), label)


def item_difference(design: Design, y: Floats, x: Floats, domain: Bools | None = None, label: str = "") -> Contrast:
    """Mean of y minus mean of x over one domain, each over its own answers."""
    return contrast(design, linear_mean(design, y, domain), linear_mean(design, x, domain), label)


def joint_covariance(design: Design, linears: Sequence[Linearised]) -> Floats:
    """Covariance matrix (k, k) of several estimates from one design."""
    scores = np.column_stack([linear.score for linear in linears])
    # A row that either estimate rests on counts towards the units of a stratum.
    inside = np.logical_or.reduce([linear.inside for linear in linears])
    return covariance(design, scores, inside)


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


def with_holm(contrasts: Sequence[Contrast]) -> list[Contrast]:
    """The same contrasts with their p-values adjusted for being looked at together."""
    adjusted = holm([row.p_value for row in contrasts])
    return [replace(row, p_adjusted=float(p)) for row, p in zip(contrasts, adjusted, strict=True)]
