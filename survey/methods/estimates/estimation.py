"""Estimates with their standard errors from unit data: one call, one frozen row.

Each function takes a design, values with nan for "not answered", and a domain as a mask (None = everybody). Tables of
many items and domains come from `tabulation`, which gives the same numbers from moments.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from survey.methods.arrays import Bools, Floats
from survey.methods.errors import OutOfRange
from survey.methods.estimates.design import Design
from survey.methods.estimates.intervals import Proportion, proportion_interval, t_interval
from survey.methods.estimates.linearisation import (
    Linearised,
    linear_mean,
    linear_ratio,
    linear_total,
    numbers,
    simple_variance,
)
from survey.methods.estimates.statistics import Key
from survey.methods.estimates.variance import covariance

NO_SPREAD = 1e-12
"""A simple-random-sampling error below this part of the estimate is rounding: everybody answered the same."""


class Estimate(NamedTuple):
    """One tidy row; a named tuple, because tables make them by the thousand. nan = there is none: nobody answered, or
    the variance cannot be estimated.

    `level` names the category of a share or count; `domain` and `domain_value` are empty for everybody; `n` counts
    the rows in the domain that answered; `population` is their sum of weights; `df` that of the full design, or what
    an interval by domain took; `df_domain` is n minus the strata that have any of them; `deff` against simple random
    sampling of the same n; where intervals are by domain `n_eff` is the effective number of answers, and `n_chance`
    counts those that chance drew: firms of strata without sampling error stand for themselves alone.
    """

    item: str
    statistic: str
    estimate: float
    se: float
    cv: float
    ci_low: float
    ci_high: float
    ci_method: str
    n: int
    population: float
    df: float
    df_domain: float
    deff: float
    level: str = ""
    domain: str = ""
    domain_value: str = ""
    n_eff: float = np.nan
    n_chance: float = np.nan

    @property
    def key(self) -> Key:
        """That of the statistic which the row is of."""
        return self.item, self.statistic, self.level


def summarise(
    design: Design,
    linear: Linearised,
    statistic: str,
    *,
    item: str = "",
    level: str = "",
    replacement: bool = False,
    confidence: float = 0.95,
) -> Estimate:
    """The row of any linearised estimate: se, cv, t interval on the df of the full design, deff."""
    variance = float(covariance(design, linear.score[:, None], linear.inside)[0, 0])
    # A variance of 0 may come out a hair below it, and its root would be nan.
    se = float(np.sqrt(max(variance, 0.0))) if not np.isnan(linear.estimate) else np.nan
    low, high = t_interval(linear.estimate, se, design.degrees_of_freedom, confidence)
    simple = simple_variance(design, linear, replacement)
    return Estimate(
        item=item,
        statistic=statistic,
        level=level,
        estimate=linear.estimate,
        se=se,
        cv=coefficient_of_variation(linear.estimate, se),
        ci_low=low,
        ci_high=high,
        ci_method="t",
        n=linear.n,
        population=float(design.weight[linear.inside].sum()),
        df=design.degrees_of_freedom,
        df_domain=design.domain_degrees_of_freedom(linear.inside),
        # Below it both variances are rounding, and their quotient would be any number.
        deff=se**2 / simple if simple > (NO_SPREAD * linear.estimate) ** 2 else np.nan,
    )


def coefficient_of_variation(estimate: float, se: float) -> float:
    """se/|estimate|; nan for an estimate of 0."""
    # By the size of the estimate: balances may be negative, errors may not.
    return se / abs(estimate) if estimate else np.nan


def mean(design: Design, y: Floats, domain: Bools | None = None, *, item: str = "") -> Estimate:
    """Weighted mean; of scale points 1..5 it is the Likert mean."""
    return summarise(design, linear_mean(design, y, domain), "mean", item=item)


def total(design: Design, y: Floats, domain: Bools | None = None, *, item: str = "") -> Estimate:
    """Weighted total over the rows that answered; nothing is added for those that did not."""
    return summarise(design, linear_total(design, y, domain), "total", item=item)


def count(design: Design, chosen: Floats, domain: Bools | None = None, *, item: str = "", level: str = "") -> Estimate:
    """Weighted number of units with `chosen` = 1 (0 = not, nan = not answered)."""
    chosen = _indicator(design, chosen)
    return summarise(design, linear_total(design, chosen, domain), "count", item=item, level=level)


def ratio(design: Design, a: Floats, b: Floats, domain: Bools | None = None, *, item: str = "") -> Estimate:
    """Total of a over total of b, over the rows that answered both."""
    return summarise(design, linear_ratio(design, a, b, domain), "ratio", item=item)


def share(
    design: Design,
    chosen: Floats,
    domain: Bools | None = None,
    *,
    item: str = "",
    level: str = "",
    interval: str = "beta",
    confidence: float = 0.95,
    domain_df: bool = False,
) -> Estimate:
    """Share with `chosen` = 1 (0 = not, nan = not answered) with a proportion interval; top-2 share and the like.

    `interval` is mean, logit, xlogit, beta or wilson; `domain_df` takes t on rows minus strata of the domain. At 0 %
    and 100 % the interval is the exact one-sided one for Kish's effective number of answers.
    """
    chosen = _indicator(design, chosen)
    row = summarise(design, linear_mean(design, chosen, domain), "share", item=item, level=level)
    df = row.df_domain if domain_df else row.df
    answers = ~np.isnan(chosen) if domain is None else domain & ~np.isnan(chosen)
    # The interval functions take arrays; one figure is an array of one.
    proportion = Proportion(*np.array([row.estimate, row.se, df, row.n]).reshape(4, 1))
    size = np.array([kish_size(design.weight[answers])])
    low, high = (float(limit[0]) for limit in proportion_interval(proportion, interval, confidence, size))
    return row._replace(ci_low=low, ci_high=high, ci_method=interval, df=df)


def _indicator(design: Design, chosen: ArrayLike) -> Floats:
    """`chosen` as 0, 1, nan or a part of a unit between them; raises `OutOfRange` for anything else."""
    values = numbers(design, chosen)
    strange = np.flatnonzero((values < 0) | (values > 1))
    if len(strange):
        row = int(strange[0])
        raise OutOfRange(float(values[row]), f"Row {row} of a share or count is {values[row]:g}, not from 0 to 1.",
                         "Give 1 for chosen, 0 for not, nan for no answer.")  # fmt: skip
    return values


def kish_size(weight: Floats) -> float:
    """Kish's effective number of answers, (sum w)^2 / sum w^2; 0 for nobody."""
    return float(weight.sum() ** 2 / (weight @ weight)) if len(weight) else 0.0
