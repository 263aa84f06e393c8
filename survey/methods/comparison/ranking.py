"""Ranks of estimates that are themselves uncertain: each with an interval, ties shown as ties.

Every pair is compared by its difference with the joint covariance. An item's rank lies between 1 + the number of
items that are significantly ahead of it and k - the number that are significantly behind. If the comparisons hold
together at the confidence level, so do all rank intervals. Bonferroni gives simultaneous intervals of the differences
(Klein, Wright and Wieczorek 2020); Holm's step-down is never wider (the stepwise idea of Mogstad, Romano, Shaikh and
Wilhelm 2024).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from survey.methods.comparison.contrasts import holm
from survey.methods.errors import DuplicateUnit, MissingValue, OutOfRange, WrongShape, known_value
from survey.terms import Labelled
from survey.terms import gettext_noop as _

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Adjustment(Labelled):
    """How the pairwise comparisons are held together at the confidence level."""

    HOLM = "holm", _("Holm's step-down")
    BONFERRONI = "bonferroni", _("Bonferroni")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An item's `rank` among the estimates (equal estimates share the smaller rank: 1, 2, 2, 4), the interval from
    `low` to `high` of its true rank, and the codes of the items from which it cannot be told apart.

    `p_next` is the adjusted p-value against the next in order, nan for the last. `leads` says that none is
    significantly ahead, or that it cannot be told from the first.
    """

    code: str
    estimate: float
    rank: int
    low: int
    high: int
    tied_with: tuple[str, ...]
    p_next: float = np.nan
    leads: bool = False


def rank_items(
    codes: Sequence[str],
    estimates: ArrayLike,
    covariance: ArrayLike,
    *,
    df: float = np.inf,
    level: float = 0.95,
    adjustment: Adjustment = Adjustment.HOLM,
    largest_first: bool = True,
) -> tuple[Ranked, ...]:
    """Items in order of rank (ties in the given order), with simultaneous rank intervals at `level`.

    `covariance` (k by k) is the joint covariance of the `estimates`, `df` its degrees of freedom for t. Raises
    `MissingValue` for an item without estimate: leave it out of the ranking.
    """
    values, joint = _checked(codes, estimates, covariance)
    if not 0 < level < 1 or not df > 0:
        raise OutOfRange((level, df), "The level must be between 0 and 1, and the degrees of freedom above 0.")
    sign = 1.0 if largest_first else -1.0
    p = _adjusted_p(values, joint, df, adjustment)
    # Significant, and in the direction of the ranking.
    ahead = (p <= 1 - level) & (sign * (values[:, None] - values[None, :]) > 0)
    same = _nearly_equal(values)
    # Competition ranks: one more than the number of those strictly ahead.
    rank = 1 + ((sign * (values[:, None] - values[None, :]) > 0) & ~same).sum(axis=0)
    # Klein, Wright and Wieczorek (2020): the intervals hold wherever the comparisons do.
    low, high = 1 + ahead.sum(axis=0), len(values) - ahead.sum(axis=1)
    # As lists: each pair of a hundred items is looked at by itself.
    apart, ranks = (ahead | ahead.T).tolist(), rank.tolist()
    order = sorted(range(len(values)), key=lambda k: (ranks[k], k))
    following = dict(itertools.pairwise(order))
    return tuple(
        Ranked(code=codes[k], estimate=float(values[k]), rank=ranks[k], low=int(low[k]), high=int(high[k]),
               tied_with=tuple(codes[j] for j in order if j != k and not apart[k][j]),
               p_next=float(p[k, following[k]]) if k in following else np.nan,
               leads=bool(low[k] == 1 or not apart[k][order[0]]))
        for k in order
    )  # fmt: skip


def leading(estimates: ArrayLike, covariance: ArrayLike, *, df: float = np.inf, level: float = 0.95) -> Flags:
    """(k,) which estimates are not significantly behind the largest, by Holm's rule over the k - 1 comparisons with it.

    That the best is chosen by the same data is allowed for: it being ahead of the second decides (Gutmann and Maymin
    1987), and two-sided tests of all others are on the safe side. nan for an estimate is never among them.
    """
    values, joint = np.asarray(estimates, float), np.asarray(covariance, float)
    known = np.flatnonzero(np.isfinite(values) & np.isfinite(np.diag(joint)))
    found = np.zeros(len(values), bool)
    if not len(known):
        return found
    best = known[int(np.argmax(values[known]))]
    others = known[known != best]
    p = holm(_p_of_pairs(values, joint, df, np.full(len(others), best), others))
    found[others] = p > 1 - level
    found[best] = True
    return found


def _adjusted_p(values: Floats, covariance: Floats, df: float, adjustment: Adjustment) -> Floats:
    """(k, k) p-values of equality of each pair, held together at the familywise level; 1 on the diagonal."""
    first, second = np.triu_indices(len(values), k=1)
    p = _p_of_pairs(values, covariance, df, first, second)
    found = np.ones((len(values), len(values)))
    found[first, second] = found[second, first] = _adjusted(p, adjustment)
    return found


def _p_of_pairs(
    values: Floats, covariance: Floats, df: float, first: NDArray[np.intp], second: NDArray[np.intp]
) -> Floats:
    """Two-sided p-values of the differences of these pairs."""
    difference = values[first] - values[second]
    variance = covariance[first, first] + covariance[second, second] - 2 * covariance[first, second]
    scale = covariance[first, first] + covariance[second, second]
    # Identical answers give a variance of 0 that floating point makes 1e-17, of either sign.
    error = np.sqrt(np.where(variance > 1e-12 * scale, variance, 0.0))
    # Without an error, as in a census, any difference is certain.
    statistic = np.full(len(first), np.inf)
    np.divide(np.abs(difference), error, out=statistic, where=error > 0)
    statistic[_nearly_equal(values)[first, second]] = 0.0
    return np.asarray(2 * special.stdtr(df, -statistic), float)


def _adjusted(p: Floats, adjustment: Adjustment) -> Floats:
    """The p-values adjusted so that all rejections hold together."""
    known_value(adjustment, list(Adjustment), "The adjustment")
    return np.minimum(p * len(p), 1.0) if adjustment == Adjustment.BONFERRONI else holm(p)


def _nearly_equal(values: Floats) -> Flags:
    """Pairs that differ by no more than rounding noise."""
    size = np.maximum(np.abs(values[:, None]), np.abs(values[None, :]))
    return np.asarray(np.abs(values[:, None] - values[None, :]) <= 1e-12 * np.maximum(size, 1e-300), bool)


def _checked(codes: Sequence[str], estimates: ArrayLike, covariance: ArrayLike) -> tuple[Floats, Floats]:
    values, joint = np.asarray(estimates, float), np.asarray(covariance, float)
    count = len(codes)
    if values.shape != (count,) or joint.shape != (count, count):
        raise WrongShape(joint.shape, f"{count} items, {values.shape} estimates, covariance {joint.shape}.")
    if len(set(codes)) != count:
        raise DuplicateUnit(list(codes), "An item occurs twice in the ranking.", "Rank each item once.")
    bad = ~np.isfinite(values) | ~np.isfinite(joint).all(axis=1)
    if bad.any():
        code = codes[int(np.argmax(bad))]
        raise MissingValue(code, f"Item '{code}' has no estimate or no variance.", "Leave it out of the ranking.")
    if (
        not np.allclose(joint, joint.T, rtol=1e-8, atol=1e-10 * np.abs(joint).max(initial=0))
        or (np.diag(joint) < -1e-12 * np.abs(joint).max(initial=0)).any()
    ):
        raise OutOfRange("covariance", "The covariance is not symmetric, or a variance is negative.")
    return values, joint
