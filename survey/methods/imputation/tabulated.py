"""Rows of tables about filled items: the variance that filling adds, and n of the firms that reported."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from survey.methods.arrays import Bools
from survey.methods.estimates.estimation import Estimate, coefficient_of_variation
from survey.methods.estimates.intervals import t_interval, t_quantile
from survey.methods.estimates.linearisation import linear_mean
from survey.methods.estimates.quantiles import distribution, smallest_reaching
from survey.methods.estimates.statistics import Asked, NumericStatistic, QuantileStatistic
from survey.methods.estimates.variance import covariance
from survey.methods.extract import Extract
from survey.methods.imputation.added_error import added_variance
from survey.methods.imputation.filled import Filled


def with_filling_error(row: Estimate, asked: Asked, extract: Extract, filled: Mapping[str, Filled]) -> Estimate:
    """The row of a total, mean, ratio or quantile with what the filled items in it add.

    A mean divides the variance of the total by the square of its base; a ratio R = A/B adds V_A/B^2 and R^2 V_B/B^2.
    Other rows, and items of which nothing was filled, stay as they are.
    """
    if isinstance(asked, QuantileStatistic) and asked.item in filled and not np.isnan(row.se):
        return _quantile(row, asked, extract, filled[asked.item])
    if not isinstance(asked, NumericStatistic) or np.isnan(row.estimate):
        return row
    parts = [item for item in (asked.item, asked.denominator) if item in filled]
    if not parts:
        return row
    inside = _inside(row, asked, extract)
    added = sum(_share(item, row, asked, extract, inside) * _added(extract, filled[item], inside) for item in parts)
    reported = _reported(inside, [filled[item] for item in parts])
    # Variances add up: the error of filling is that of a model, independent of which firms were drawn.
    se = float(np.hypot(row.se, np.sqrt(added)))
    low, high = t_interval(row.estimate, se, row.df)
    cv = coefficient_of_variation(row.estimate, se)
    return row._replace(se=se, cv=cv, ci_low=low, ci_high=high, n=reported, n_eff=np.nan)


def _quantile(row: Estimate, asked: QuantileStatistic, extract: Extract, filled: Filled) -> Estimate:
    """Woodruff's limits with what filling adds to the error of the share below the quantile.

    Whether a filled value lies below it counts as uncertain as one answer of all, p(1 - p): what neighbours and ratios
    tell of that is not kept, which is on the safe side.
    """
    inside, y, weight = _inside(row, asked, extract), extract.value(asked.item), extract.weight
    below = linear_mean(extract.design, np.where(inside, y <= row.estimate, np.nan))
    # At the estimated quantile itself, where the share below it is what Woodruff inverts.
    p = below.estimate
    added = added_below(extract, filled, inside, p)
    variance = max(float(covariance(extract.design, below.score[:, None], inside)[0, 0]), 0.0)
    t = t_quantile(row.df)
    reach = t * float(np.sqrt(variance + added))
    order = np.argsort(y[inside], kind="stable")
    values, shares = distribution(y[inside][order], weight[inside][order])
    low, high = (smallest_reaching(values, shares, p + side * reach) for side in (-1, 1))
    se, reported = (high - low) / (2 * t), _reported(inside, [filled])
    cv, n_eff = coefficient_of_variation(row.estimate, se), row.n_eff * reported / row.n
    return row._replace(se=se, cv=cv, ci_low=low, ci_high=high, n=reported, n_eff=n_eff)


def added_below(extract: Extract, filled: Filled, inside: Bools, share: float) -> float:
    """What filling adds to the variance of the ``share`` of the rows `inside` that is below a quantile."""
    alike = replace(filled, spread=np.full(len(filled.value), share * (1 - share)))
    return _added(extract, alike, inside) / float(extract.weight[inside].sum()) ** 2


def _reported(inside: Bools, filled: Sequence[Filled]) -> int:
    """Rows inside whose values were all given: protection and reliability must not rest on filled ones."""
    given = inside.copy()
    for one in filled:
        # Filled values are of respondents, who stand before the firms out of scope.
        given[: len(one.filled)] &= ~one.filled
    return int(given.sum())


def _inside(row: Estimate, asked: NumericStatistic | QuantileStatistic, extract: Extract) -> Bools:
    """(r,) the rows that the figure is made from."""
    inside = extract.in_scope & ~np.isnan(extract.value(asked.item))
    if isinstance(asked, NumericStatistic) and asked.denominator:
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
