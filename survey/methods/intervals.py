"""Confidence intervals: t for any estimate, and logit, xlogit, Korn-Graubard (beta), Wilson for proportions.

Korn and Graubard 1998; Wilson 1927 with the t quantile and the effective size p(1-p)/V. At 0 % and 100 % the variance
says nothing, so every proportion interval there is the one-sided exact one of Clopper and Pearson 1934.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.special import expit, logit

from survey.methods.errors import OutOfRange, one_of

Limits = tuple[float, float]


@dataclass(frozen=True)
class Proportion:
    """A proportion with its standard error, degrees of freedom, and the rows in its domain."""

    estimate: float
    se: float
    df: float
    rows: float


def t_quantile(df: float, confidence: float = 0.95) -> float:
    """Two-sided quantile of Student's t; df infinite = normal; nan when df is below 1."""
    if not 0 < confidence < 1:
        raise OutOfRange(confidence, f"The confidence level {confidence} is not between 0 and 1.")
    if not df > 0:
        return np.nan
    probability = 0.5 + confidence / 2
    return float(stats.norm.ppf(probability) if np.isinf(df) else stats.t.ppf(probability, df))


def t_interval(estimate: float, se: float, df: float, confidence: float = 0.95) -> Limits:
    """estimate -+ t*se; df infinite = normal."""
    reach = t_quantile(df, confidence) * se
    return estimate - reach, estimate + reach


def _mean(p: Proportion, confidence: float) -> Limits:
    return t_interval(p.estimate, p.se, p.df, confidence)


def _logit(p: Proportion, confidence: float) -> Limits:
    reach = t_quantile(p.df, confidence) * p.se / (p.estimate * (1 - p.estimate))
    return float(expit(logit(p.estimate) - reach)), float(expit(logit(p.estimate) + reach))


def _wilson(p: Proportion, confidence: float) -> Limits:
    t, n = t_quantile(p.df, confidence), p.estimate * (1 - p.estimate) / p.se**2
    centre = (p.estimate + t**2 / (2 * n)) / (1 + t**2 / n)
    reach = t / (1 + t**2 / n) * np.sqrt(p.estimate * (1 - p.estimate) / n + t**2 / (4 * n**2))
    return float(centre - reach), float(centre + reach)


def _beta(p: Proportion, confidence: float) -> Limits:
    share, alpha = p.estimate, 1 - confidence
    n = share * (1 - share) / p.se**2
    n *= (t_quantile(p.rows - 1, confidence) / t_quantile(p.df, confidence)) ** 2
    low = stats.beta.ppf(alpha / 2, n * share, n * (1 - share) + 1)
    high = stats.beta.ppf(1 - alpha / 2, n * share + 1, n * (1 - share))
    return float(low), float(high)


PROPORTION_INTERVALS: dict[str, Callable[[Proportion, float], Limits]] = {
    "mean": _mean,
    "t": _mean,
    "logit": _logit,
    "xlogit": _logit,
    "wilson": _wilson,
    "beta": _beta,
}


def proportion_interval(
    p: Proportion, method: str, confidence: float = 0.95, exact_size: float | None = None
) -> Limits:
    """Limits of a proportion by `method`; at 0 % and 100 % the exact one-sided interval for `exact_size` answers.

    `exact_size` (default the rows) is the effective number of answers, for instance Kish's. Between them an error of
    0 is that of a census (all strata take-all), and the limits are the proportion itself.
    """
    one_of(method, PROPORTION_INTERVALS, "The interval method")
    size = p.rows if exact_size is None else exact_size
    if np.isnan(p.estimate):
        return np.nan, np.nan
    if p.estimate <= 1e-12 or p.estimate >= 1 - 1e-12:
        return one_sided_exact(p.estimate, size, confidence)
    if p.se == 0:
        return p.estimate, p.estimate
    return PROPORTION_INTERVALS[method](p, confidence)


def one_sided_exact(estimate: float, size: float, confidence: float = 0.95) -> Limits:
    """[0, 1 - alpha^(1/n)] at 0 %, its mirror at 100 %: about 3/n at 95 %, never of zero width."""
    if not size > 0:
        return np.nan, np.nan
    reach = 1 - (1 - confidence) ** (1 / size)
    return (0.0, reach) if estimate < 0.5 else (1 - reach, 1.0)
