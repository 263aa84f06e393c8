"""Confidence intervals: t for any estimate, and logit, Wilson, Korn-Graubard (beta) for proportions.

Korn and Graubard 1998; Wilson 1927 with the t quantile and the effective size p(1-p)/V. At 0 % and 100 % the variance
says nothing, so every proportion interval there is the one-sided exact one of Clopper and Pearson 1934. Everything
takes numbers or arrays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import special

from survey.methods.arrays import Floats
from survey.methods.errors import OutOfRange, known_value

Limits = tuple[Floats, Floats]
EDGE = 1e-12
"""A share nearer than this to 0 or 1 is 0 or 1: sums of weights differ in the last digits."""


@dataclass(frozen=True, eq=False)
class Proportion:
    """Proportions with their standard errors, degrees of freedom, and rows in the domain that answered; `capped` holds
    the effective size of Korn and Graubard at the rows."""

    estimate: Floats
    se: Floats
    df: Floats
    rows: Floats
    capped: bool = False


@dataclass(frozen=True, kw_only=True)
class IntervalRule:
    """How intervals are made: proportions by `method` (logit, beta, wilson, mean), everything else by t.

    `by_domain` takes degrees of freedom and effective numbers of answers from the domain (`domain_precision`).
    """

    method: str = "logit"
    confidence: float = 0.95
    by_domain: bool = False


@lru_cache(maxsize=4096)
def t_quantile(df: float, confidence: float = 0.95) -> float:
    """Two-sided quantile of Student's t; df infinite = normal; nan where df is not positive."""
    if not 0 < confidence < 1:
        raise OutOfRange(confidence, f"The confidence level {confidence} is not between 0 and 1.")
    if not df > 0:
        return np.nan
    probability = 0.5 + confidence / 2
    return float(special.ndtri(probability) if np.isinf(df) else special.stdtrit(df, probability))


def t_interval(estimate: float, se: float, df: float, confidence: float = 0.95) -> tuple[float, float]:
    """estimate -+ t*se; df infinite = normal."""
    reach = t_quantile(df, confidence) * se
    return estimate - reach, estimate + reach


def t_quantiles(df: Floats, confidence: float) -> Floats:
    """The same of many degrees of freedom at once."""
    distinct, index = np.unique(df, return_inverse=True)
    positive = np.where(distinct > 0, distinct, np.nan)
    finite = special.stdtrit(np.where(np.isinf(positive), 1.0, positive), 0.5 + confidence / 2)
    # A figure has one of a handful of degrees of freedom, so quantiles are computed once for each of these.
    quantiles: Floats = np.where(np.isinf(positive), t_quantile(np.inf, confidence), finite)[index]
    return quantiles.reshape(np.shape(df))


def _mean(p: Proportion, confidence: float) -> Limits:
    reach = t_quantiles(p.df, confidence) * p.se
    return p.estimate - reach, p.estimate + reach


def _logit(p: Proportion, confidence: float) -> Limits:
    centre = special.logit(p.estimate)
    # The delta method: the derivative of logit(p) is 1/(p(1-p)). Limits stay inside 0 and 1.
    reach = t_quantiles(p.df, confidence) * p.se / (p.estimate * (1 - p.estimate))
    return special.expit(centre - reach), special.expit(centre + reach)


def _wilson(p: Proportion, confidence: float) -> Limits:
    # The effective sample size: that of a simple random sample with the same variance.
    t, n = t_quantiles(p.df, confidence), p.estimate * (1 - p.estimate) / p.se**2
    centre = (p.estimate + t**2 / (2 * n)) / (1 + t**2 / n)
    reach = t / (1 + t**2 / n) * np.sqrt(p.estimate * (1 - p.estimate) / n + t**2 / (4 * n**2))
    return centre - reach, centre + reach


def _beta(p: Proportion, confidence: float) -> Limits:
    share, alpha = p.estimate, 1 - confidence
    n = share * (1 - share) / p.se**2
    # Korn and Graubard 1998: few degrees of freedom make the effective size smaller by the squared ratio of quantiles.
    n = n * (t_quantiles(p.rows - 1, confidence) / t_quantiles(p.df, confidence)) ** 2
    # NCHS 2017: a sample is not taken to be worth more than its rows, since a small deff is often luck.
    n = np.minimum(n, p.rows) if p.capped else n
    # Clopper and Pearson's exact limits as quantiles of the beta distribution, which take fractional sizes.
    low = special.betaincinv(n * share, n * (1 - share) + 1, alpha / 2)
    return low, special.betaincinv(n * share + 1, n * (1 - share), 1 - alpha / 2)


PROPORTION_INTERVALS: dict[str, Callable[[Proportion, float], Limits]] = {
    "mean": _mean,
    "logit": _logit,
    # Both names of R's `svyciprop`: its model with a constant alone and the transformed mean have the same limits.
    "xlogit": _logit,
    "wilson": _wilson,
    "beta": _beta,
}


def proportion_interval(
    p: Proportion, method: str, confidence: float = 0.95, exact_size: Floats | None = None
) -> Limits:
    """Limits of proportions by `method`; at 0 % and 100 % the exact one-sided interval for `exact_size` answers.

    `exact_size` (default the rows) is the effective number of answers, for instance Kish's. Between them an error of
    0 is that of a census (all strata take-all), and the limits are the proportion itself. nan where there is no
    proportion or no standard error.
    """
    compute = PROPORTION_INTERVALS[known_value(method, PROPORTION_INTERVALS, "The interval method")]
    at_edge = (p.estimate <= EDGE) | (p.estimate >= 1 - EDGE)
    usable = ~at_edge & (p.se > 0)
    # Harmless stand-ins where the formula has no value: its results there are replaced below.
    ordinary = Proportion(np.where(usable, p.estimate, 0.5), np.where(usable, p.se, 0.1), p.df, p.rows, p.capped)
    low, high = compute(ordinary, confidence)
    exact = one_sided_exact(p.estimate, p.rows if exact_size is None else exact_size, confidence)
    nothing = np.where(p.se == 0, p.estimate, np.nan)
    return (
        np.where(at_edge, exact[0], np.where(usable, low, nothing)),
        np.where(at_edge, exact[1], np.where(usable, high, nothing)),
    )


def one_sided_exact(estimate: Floats, size: Floats, confidence: float = 0.95) -> Limits:
    """[0, 1 - alpha^(1/n)] at 0 %, its mirror at 100 %: about 3/n at 95 %, never of zero width; nan for n = 0."""
    n = np.where(np.asarray(size) > 0, size, np.nan)
    # P(nobody of n) = (1 - p)^n = alpha: one-sided, since the other limit is known.
    reach = 1 - (1 - confidence) ** (1 / n)
    low = np.asarray(estimate) < 0.5
    return np.where(low, 0.0, 1 - reach), np.where(low, reach, 1.0)
