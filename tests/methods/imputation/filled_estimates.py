"""Estimates of filled numbers from the units of a design: what tables made from sums have to give as well."""

import numpy as np

from survey.methods.arrays import Bools
from survey.methods.estimates.design import Design
from survey.methods.estimates.estimation import Estimate, coefficient_of_variation, summarise
from survey.methods.estimates.intervals import t_interval
from survey.methods.estimates.linearisation import Linearised, linear_mean, linear_total
from survey.methods.imputation.added_error import added_variance
from survey.methods.imputation.filled import Filled


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
