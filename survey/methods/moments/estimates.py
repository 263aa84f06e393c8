"""Estimates and variances from moments: coefficients on an item's basis, then arithmetic on small tables.

A score is z = sum_k c_k basis_k. Sums of w z and w^2 z^2 per stratum give the variance, those of w z^2 the design
effect. Tables are (I, D, S): items, domain rows, statistics; items with equally many codes are computed together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.asking import OPEN
from survey.methods.estimates.domains import census_domains
from survey.methods.estimates.lonely_strata import lonely_strata, refuse_lonely, variance_factors
from survey.methods.estimates.skipping import skipped_factor
from survey.methods.estimates.variance import effective_df, stratum_variances
from survey.methods.moments.sums import Moments, Pair, Sums, skipped_name

ROUNDING = 1e-13
"""A mean below this part of the centre of the numbers is 0."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Numbers:
    """Estimates (I, D, S) with variance and its degrees of freedom, simple-random-sampling variance, answers n, sum of
    weights, Kish's size, n minus the strata with answers, answers in strata with sampling error, and whether there are
    none of these (1 or 0)."""

    estimate: Floats
    variance: Floats
    df_effective: Floats
    simple: Floats
    n: Floats
    population: Floats
    kish: Floats
    df_domain: Floats
    chance: Floats
    census: Floats


def coded_numbers(moments: Moments, items: Sequence[str], points: Floats, total: Bools) -> Numbers:
    """Weighted means of `points` (I, S, K; nan = outside the base), or where `total` (I, S) is true weighted totals."""
    sums = [moments.items[item] for item in items]
    base = ~np.isnan(points)
    given = np.where(base, points, 0.0)
    to_base = base.astype(float).transpose(0, 2, 1)
    w, count = np.stack([one.linear["w"] for one in sums]), np.stack([one.count for one in sums])
    answered = w.sum(axis=2)
    size, reached = answered @ to_base, answered @ given.transpose(0, 2, 1)
    mean = _divide(reached, size)
    deviation = np.where(base[:, None], given[:, None] - mean[..., None], 0.0)
    is_total = total[:, None]
    # The score of a mean is (y - m)/N, that of a total y itself: a number for each code either way.
    coefficient = np.where(is_total[..., None], given[:, None], _divide(deviation, size[..., None]))
    inside = count @ to_base[:, None]
    n = inside.sum(axis=2)
    spread = _divide((answered[:, :, None] * deviation**2).sum(axis=-1), size)
    w2 = np.stack([one.linear["w2"] for one in sums])
    c = coefficient.transpose(0, 1, 3, 2)
    skips = _skips(moments, items, count, base)
    variance, df_effective = _variance(moments, sums, w, w2, c, inside, skips.added(w, c**2))
    return Numbers(
        estimate=np.where((n > 0) & (size > 0), np.where(is_total, reached, mean), np.nan),
        variance=variance,
        df_effective=df_effective,
        simple=_simple(spread, n, size) * np.where(is_total, size**2, 1.0),
        n=n,
        population=size,
        kish=_divide(size**2, w2.sum(axis=2) @ to_base),
        df_domain=n - (inside > 0).sum(axis=2),
        chance=(inside * ~skips.certain).sum(axis=2),
        census=_census(inside, skips.certain),
    )


def pair_numbers(moments: Moments, pairs: Sequence[Pair], total: Bools) -> Numbers:
    """Ratios of two numeric items (means where the denominator is 1), or where `total` (I,) is true totals of the
    first; one statistic of each pair.

    The score of a mean or ratio of one answer is 0, and so is its variance; rounding would leave a little.
    """
    sums, is_total = [moments.pairs[pair] for pair in pairs], total[:, None]
    w = np.stack([one.linear["w"] for one in sums])
    squared = np.stack([one.square["w"].sum(axis=1) for one in sums])
    count = np.stack([one.count for one in sums])
    centre = np.array([one.centre for one in sums])[:, None]
    a, b, size = np.moveaxis(w.sum(axis=2), -1, 0)
    one, nought, weighted = np.ones_like(a), np.zeros_like(a), _divide(np.ones_like(a), size)
    ratio, per_b = _divide(a, b), _divide(one, b)
    # Of a total y = (a - centre) + centre: numbers are held less their mean, since squares of large ones lose the
    # digits that a variance is made of.
    middle = centre * one
    basis = _either(is_total, (one, nought, middle), (per_b, -ratio * per_b, nought))
    squares = _either(is_total, (one, 2 * middle, middle**2), (per_b**2, -2 * ratio * per_b**2, (ratio * per_b) ** 2))
    mean = ratio + centre
    # A mean of 0 that comes out as 1e-16 would have a CV of billions.
    mean = np.where(np.abs(mean) < ROUNDING * np.abs(centre), 0.0, mean)
    estimate = np.where(is_total, a + centre * size, mean)
    of_mean, of_total = (squared * squares).sum(axis=-1), squared[..., 0] - a**2 * weighted
    spread = np.where(is_total, of_total, of_mean) * weighted
    n = count.sum(axis=(2, 3))
    skips = _pair_skips(moments, pairs, count)
    coefficient, square = basis[..., None], squares[..., None]
    added = skips.added(np.stack([each.square["w"] for each in sums]), square)
    w2 = np.stack([each.square["w2"] for each in sums])
    variance, df_effective = _variance(moments, sums, w, w2, coefficient, count, added, square)
    columns = Numbers(
        estimate=np.where((n > 0) & (size > 0), estimate, np.nan),
        # Times 0, so that what is not known stays nan.
        variance=np.where(is_total | (n != 1), variance[..., 0], variance[..., 0] * 0.0),
        df_effective=df_effective[..., 0],
        simple=_simple(spread * size**2, n, size),
        n=n,
        population=size,
        kish=_divide(size**2, np.stack([each.linear["w2"][..., 2].sum(axis=1) for each in sums])),
        df_domain=n - (count[..., 0] > 0).sum(axis=2),
        chance=(count * ~skips.certain)[..., 0].sum(axis=2),
        census=_census(count, skips.certain)[..., 0],
    )
    return Numbers(**{name: getattr(columns, name)[..., None] for name in FIELDS})


def _either(is_first: Bools, first: Sequence[Floats], second: Sequence[Floats]) -> Floats:
    """(I, D, 3) coefficients on the basis of a pair."""
    return np.where(is_first[..., None], np.stack(first, -1), np.stack(second, -1))


def _census(inside: Floats, certain: Bools) -> Floats:
    """(..., S) from the answers by stratum (..., H, S) and the strata without error of any kind."""
    return census_domains(np.swapaxes(inside, -1, -2), np.swapaxes(certain, -1, -2)).astype(float)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Skips:
    """Of figures (I, D, S) by stratum: the factor (I, D, H, S) of sum w z^2 that skipped questions add, None where they
    add nothing, and whether the stratum has no error, neither of drawing nor of skipping."""

    factor: Floats | None
    certain: Bools

    def added(self, squares: Floats, coefficient: Floats) -> Floats:
        """(I, D, H, S) variance, from sums of w times squared basis and the coefficients of z^2 on it."""
        if self.factor is None:
            return np.zeros((1, 1, 1, 1))
        return np.asarray(self.factor * (squares @ np.nan_to_num(coefficient, nan=0.0)), float)


def _skips(moments: Moments, items: Sequence[str], count: Floats, base: Bools) -> _Skips:
    """`count` (I, D, H, K) answers by code, `base` (I, S, K) the codes in the base."""
    if not any(item in moments.skipped for item in items):
        return _no_skips(moments)
    nobody = np.zeros(count.shape[1:3])
    silent = np.stack([moments.skipped.get(item, nobody) for item in items])[..., None]
    # "Don't know" and a refusal are no answer, unless the statistic itself gives them a point.
    told = [[item in moments.skipped and label in OPEN for label in moments.labels[item]] for item in items]
    no_answer = (np.array(told)[:, None] & ~base).astype(float).transpose(0, 2, 1)[:, None]
    without = count @ no_answer
    return _skips_of(moments, count.sum(axis=-1, keepdims=True) - without, silent + without)


def _pair_skips(moments: Moments, pairs: Sequence[Pair], count: Floats) -> _Skips:
    """`count` (I, D, H, 1) answers."""
    names = [skipped_name(pair) for pair in pairs]
    if not any(name in moments.skipped for name in names):
        return _no_skips(moments)
    nobody = np.zeros(count.shape[1:3])
    return _skips_of(moments, count, np.stack([moments.skipped.get(name, nobody) for name in names])[..., None])


def _no_skips(moments: Moments) -> _Skips:
    return _Skips(factor=None, certain=moments.certain[None, None, :, None])


def _skips_of(moments: Moments, answered: Floats, skipped: Floats) -> _Skips:
    certain = moments.certain[:, None] & (skipped == 0)
    return _Skips(factor=skipped_factor(answered, skipped), certain=certain)


FIELDS = ("estimate", "variance", "df_effective", "simple", "n", "population", "kish", "df_domain", "chance", "census")


def side_by_side(parts: Sequence[Numbers]) -> Numbers:
    """Numbers of several items as (D, all statistics), item by item; without an estimate there is no variance."""
    flat = {name: np.concatenate([_flat(getattr(part, name)) for part in parts], axis=1) for name in FIELDS}
    flat["variance"] = np.where(np.isnan(flat["estimate"]), np.nan, flat["variance"])
    return Numbers(**flat)


def _flat(table: Floats) -> Floats:
    return table.transpose(1, 0, 2).reshape(table.shape[1], -1)


def _divide(a: Floats, b: Floats) -> Floats:
    """a/b, nan where b is 0."""
    return np.asarray(a / np.where(b == 0, np.nan, b), float)


def _simple(spread: Floats, n: Floats, size: Floats) -> Floats:
    """S2/n (1 - n/N) with S2 = n/(n-1) * spread; nan below two answers."""
    return np.asarray(spread / np.where(n > 1, n - 1, np.nan) * (1 - _divide(n, size)), float)


def _variance(
    moments: Moments,
    sums: Sequence[Sums],
    w: Floats,
    w2: Floats,
    coefficient: Floats,
    count: Floats,
    added: Floats,
    square: Floats | None = None,
) -> tuple[Floats, Floats]:
    """(I, D, S) variances, and their degrees of freedom, of scores with these coefficients (I, D, K, S) on w
    (I, D, H, K), and coefficients `square` (None = their squares) on w2; `count` (I, D, H, S) answers in the base,
    `added` (I, D, H, S) what strata add for skipped questions."""
    known = ~np.isnan(coefficient).any(axis=2)
    # One nan would spread over all statistics of the product; unknown ones are blanked afterwards.
    c = np.nan_to_num(coefficient, nan=0.0)
    c2 = c**2 if square is None else np.nan_to_num(square, nan=0.0)
    u, u2 = w @ c, w2 @ c2
    if moments.projection is not None:
        u, u2 = moments.projection.residual_sums(u, u2, c, [one.cells for one in sums], moments.crossings)
    if moments.phases is not None:
        free = effective_df(moments.phases.factor, moments.units, u, u2, count, added)
        return np.where(known, moments.phases.variance(moments.units, u, u2) + added.sum(axis=-2), np.nan), free
    refuse_lonely(moments.lonely, lonely_strata(moments.units, moments.left_out), moments.strata)
    rules = moments.units, moments.left_out, moments.lonely, moments.domain_lonely
    variance = stratum_variances(*rules, u, u2, count)
    lonely = lonely_strata(moments.units, moments.left_out)
    # Satterthwaite's sum takes strata whose own variance is known; a lonely one has none to weigh.
    factor = variance_factors("remove", moments.units, moments.left_out, lonely, count)
    free = effective_df(factor, moments.units, u, u2, count, added)
    return np.where(known, variance + added.sum(axis=-2), np.nan), free
