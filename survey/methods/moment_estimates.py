"""Estimates and variances from moments: coefficients on an item's basis, then arithmetic on small tables.

A score is z = sum_k c_k basis_k. Sums of w z and w^2 z^2 per stratum give the variance, those of w z^2 the design
effect. Tables are (D, S): domain rows by statistics of one item.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.lonely import lonely_strata, refuse_lonely
from survey.methods.moments import Moments, Sums
from survey.methods.variance import stratum_variances


@dataclass(frozen=True, eq=False)
class Numbers:
    """Estimates (D, S) with their variance, simple-random-sampling variance, answers n, sum of weights, Kish size."""

    estimate: Floats
    variance: Floats
    simple: Floats
    n: Floats
    population: Floats
    kish: Floats


def coded_numbers(moments: Moments, item: str, points: Floats, total: Sequence[bool]) -> Numbers:
    """Weighted means of `points` (S, K; nan = outside the base), or where `total` is true weighted totals."""
    sums, base = moments.items[item], ~np.isnan(points)
    given = np.where(base, points, 0.0)
    answered = _sum_groups(sums.linear["w"])
    size = answered @ base.T
    reached = answered @ given.T
    mean = _divide(reached, size)
    deviation = np.where(base, given - mean[..., None], 0.0)
    is_total = np.asarray(total)
    coefficient = np.where(is_total[:, None], given, _divide(deviation, size[..., None])).transpose(0, 2, 1)
    n = _sum_groups(sums.count) @ base.T
    spread = _divide(np.einsum("dk,dsk->ds", answered, deviation**2), size)
    return Numbers(
        estimate=np.where(n > 0, np.where(is_total, reached, mean), np.nan),
        variance=_variance(moments, sums, coefficient, coefficient**2, sums.count @ base.T),
        simple=_simple(spread, n, size) * np.where(is_total, size**2, 1.0),
        n=n,
        population=size,
        kish=_divide(size**2, _sum_groups(sums.linear["w2"]) @ base.T),
    )


def pair_numbers(moments: Moments, pair: tuple[str, str], total: bool) -> Numbers:
    """Ratio of two numeric items (a mean where the denominator is 1), or with `total` the total of the first."""
    sums = moments.pairs[pair]
    a, b, size = np.moveaxis(_sum_groups(sums.linear["w"]), -1, 0)
    ratio = _divide(a, b)
    one, nought = np.ones_like(a), np.zeros_like(a)
    weighted = _divide(one, size)
    squared = _sum_groups(sums.square["w"])
    if total:
        basis, squares = [one, nought, sums.centre * one], [one, 2 * sums.centre * one, sums.centre**2 * one]
        estimate = a + sums.centre * size
        spread = (squared[:, 0] * weighted - (a * weighted) ** 2) * size**2
    else:
        basis = [_divide(one, b), nought - _divide(ratio, b), nought]
        squares = [_divide(one, b**2), -2 * _divide(ratio, b**2), _divide(ratio**2, b**2)]
        estimate = ratio + sums.centre
        spread = np.einsum("dk,kd->d", squared, np.stack(squares)) * weighted * size**2
    coefficient, square = (np.stack(part, -1)[..., None] for part in (basis, squares))
    n = _sum_groups(sums.count)[:, 0]
    return Numbers(
        estimate=np.where(n > 0, estimate, np.nan)[:, None],
        variance=_variance(moments, sums, coefficient, square, sums.count),
        simple=_simple(spread, n, size)[:, None],
        n=n[:, None],
        population=size[:, None],
        kish=_divide(size**2, _sum_groups(sums.linear["w2"])[:, 2])[:, None],
    )


def _sum_groups(table: Floats) -> Floats:
    return np.asarray(table.sum(axis=1), float)


def _divide(a: Floats, b: Floats) -> Floats:
    """a/b, nan where b is 0."""
    return np.asarray(a / np.where(b == 0, np.nan, b), float)


def _simple(spread: Floats, n: Floats, size: Floats) -> Floats:
    """S2/n (1 - n/N) with S2 = n/(n-1) * spread; nan below two answers."""
    return np.asarray(spread / np.where(n > 1, n - 1, np.nan) * (1 - _divide(n, size)), float)


def _variance(moments: Moments, sums: Sums, coefficient: Floats, square: Floats, count: Floats) -> Floats:
    """(D, S) variances of the scores with these coefficients (D, K, S); `count` (D, G, S) answers in the base."""
    known: Bools = ~np.isnan(coefficient)
    c, c2 = np.where(known, coefficient, 0.0), np.where(np.isnan(square), 0.0, square)
    u, u2 = sums.linear["w"] @ c, sums.square["w2"] @ c2
    if moments.projection is not None:
        u, u2 = moments.projection.residual_sums(u, u2, sums.linear, c)
    refuse_lonely(moments.lonely, lonely_strata(moments.units, moments.left_out), moments.strata)
    by_stratum = [moments.by_stratum(np.ascontiguousarray(table.transpose(0, 2, 1))) for table in (u, u2, count)]
    inside = by_stratum[2].round().astype(int)
    variance = stratum_variances(
        moments.units, moments.left_out, moments.lonely, moments.domain_lonely, by_stratum[0], by_stratum[1], inside
    )
    return np.where(known.all(axis=1), variance, np.nan)


def joined(parts: Sequence[Numbers]) -> Numbers:
    """Numbers of several items side by side."""
    names = ("estimate", "variance", "simple", "n", "population", "kish")
    return Numbers(*(np.concatenate([getattr(part, name) for part in parts], axis=1) for name in names))
