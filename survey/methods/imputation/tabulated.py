"""Rows of tables about filled items: the variance that filling adds, and n of the firms that reported."""

from collections.abc import Mapping

import numpy as np

from survey.methods.arrays import Bools
from survey.methods.estimates.estimation import Estimate, coefficient_of_variation
from survey.methods.estimates.intervals import t_interval
from survey.methods.estimates.statistics import Asked, NumericStatistic
from survey.methods.extract import Extract
from survey.methods.imputation.added_error import added_variance
from survey.methods.imputation.filled import Filled


def with_filling(row: Estimate, asked: Asked, extract: Extract, filled: Mapping[str, Filled]) -> Estimate:
    """The row of a total, mean or ratio with what the filled items in it add.

    A mean divides the variance of the total by the square of its base; a ratio R = A/B adds V_A/B^2 and R^2 V_B/B^2.
    Other rows, and items of which nothing was filled, stay as they are.
    """
    if not isinstance(asked, NumericStatistic) or np.isnan(row.estimate):
        return row
    parts = [item for item in (asked.item, asked.denominator) if item in filled]
    if not parts:
        return row
    inside = _inside(row, asked, extract)
    added = sum(_share(item, row, asked, extract, inside) * _added(extract, filled[item], inside) for item in parts)
    reported = inside.copy()
    for item in parts:
        # n counts firms that gave the value: protection and reliability must not rest on filled ones.
        reported[: len(filled[item].filled)] &= ~filled[item].filled
    se = float(np.hypot(row.se, np.sqrt(added)))
    low, high = t_interval(row.estimate, se, row.df)
    cv = coefficient_of_variation(row.estimate, se)
    return row._replace(se=se, cv=cv, ci_low=low, ci_high=high, n=int(reported.sum()), n_eff=np.nan)


def _inside(row: Estimate, asked: NumericStatistic, extract: Extract) -> Bools:
    """(r,) the rows that the figure is made from."""
    inside = extract.in_scope & ~np.isnan(extract.value(asked.item))
    if asked.denominator:
        inside &= ~np.isnan(extract.value(asked.denominator))
    if not row.domain:
        return inside
    column = extract.domains[row.domain]
    return np.asarray(inside & (column.codes == column.labels.index(row.domain_value)), bool)


def _share(item: str, row: Estimate, asked: NumericStatistic, extract: Extract, inside: Bools) -> float:
    """What the variance of the total of an item is multiplied by in that of the figure."""
    if asked.denominator:
        base = float(extract.weight[inside] @ extract.value(asked.denominator)[inside])
        return (1.0 if item == asked.item else row.estimate**2) / base**2
    return 1.0 if asked.total else 1 / float(extract.weight[inside].sum()) ** 2


def _added(extract: Extract, filled: Filled, inside: Bools) -> float:
    rows = len(filled.value)
    return added_variance(extract.weight[:rows], filled, inside[:rows])
