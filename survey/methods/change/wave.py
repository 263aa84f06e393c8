"""Change between two waves that were drawn, weighted and answered each for itself, with partly the same firms.

V(later - earlier) = V(later) + V(earlier) - 2 C. Of n1 and n2 respondents of a stratum of N firms, n12 of them in both
waves, C has the part (n12 - n1 n2 / N) s12, s12 the covariance of the weighted scores u and v (residuals where weights
are calibrated) of the firms in common (Tam 1984, The American Statistician 38; Qualite and Tille 2008, Survey
Methodology 34). Where the waves merged their strata otherwise, the same holds of every pair of strata that firms in
common are of, N being the firms of the pair.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from survey.methods.arrays import Floats, Ints, sums_by
from survey.methods.errors import WrongShape
from survey.methods.estimates.design import Design

NOTHING = 1e-12
"""A variance below this part of that of two samples is rounding."""
AT_ONCE = 1 << 18
"""Scores (2 MB) that are worked through at once: with many figures few firms."""


@dataclass(frozen=True, eq=False)
class Overlap:
    """Firms that responded in both waves: row `later[k]` of one and row `earlier[k]` of the other are the same firm.

    What the designs of the two waves share is looked up once for all figures (`pairs`).
    """

    later: Ints
    earlier: Ints

    def __post_init__(self) -> None:
        if self.later.shape != self.earlier.shape:
            raise WrongShape(
                self.earlier.shape, f"{self.later.shape} later rows for {self.earlier.shape} earlier ones."
            )

    def __len__(self) -> int:
        return len(self.later)

    @cached_property
    def known(self) -> "list[StratumPairs]":
        """What was looked up before."""
        return []

    def pairs(self, later: Design, earlier: Design) -> "StratumPairs":
        """The pairs of strata of two designs that firms in common are of."""
        for one in self.known:
            # Designs compare by identity: these two, not two that are alike.
            if one.designs == (later, earlier):
                return one
        self.known.append(_stratum_pairs(later, earlier, self))
        return self.known[-1]


@dataclass(frozen=True, eq=False, kw_only=True)
class StratumPairs:
    """Of firms in common the pair of strata that each is of, `cell` (k,), and by pair the `part` (c,) of the sum of
    products of deviations that is their covariance."""

    designs: tuple[Design, Design]
    cell: Ints
    part: Floats


def _stratum_pairs(later: Design, earlier: Design, overlap: Overlap) -> StratumPairs:
    first, second = later.stratum[overlap.later], earlier.stratum[overlap.earlier]
    width = len(earlier.strata)
    cells, cell = np.unique(first * width + second, return_inverse=True)
    g, h = cells // width, cells % width
    n1, n2, n12 = later.units[g], earlier.units[h], np.bincount(cell)
    # What deviations from two estimated means leave of a product; with n1 = n2 = n12 = n it is the familiar (n - 1)/n.
    few = 1 - 1 / n1 - 1 / n2 + n12 / (n1 * n2)
    # Of a stratum taken whole in one wave n12 is n1 n2/N whoever is drawn in the other: the covariance is exactly 0.
    counts = (n1 > 1) & (n2 > 1) & (later.left_out[g] > 0) & (earlier.left_out[h] > 0)
    # (n12 - n1 n2/N) s12, s12 being the sum of products over n12 times `few`.
    part = (1 - _by_chance(later, earlier, g, h, n12) / n12) / np.where(counts, few, 1.0)
    return StratumPairs(designs=(later, earlier), cell=cell, part=np.where(counts, part, 0.0))


@dataclass(frozen=True, eq=False, kw_only=True)
class ScoredFigures:
    """Figures of a wave in which every row is a firm, by their linearised scores: `of` some rows (m,) it gives those of
    all `figures`, (k, m). All scores are 0 outside the rows `inside`; None = anywhere."""

    design: Design
    figures: int
    of: Callable[[Ints], Floats]
    inside: Ints | None = None


def change_errors(apart: Floats, covariances: Floats) -> Floats:
    """(k,) standard errors of changes, from the sums of both variances and the covariances of the waves.

    Where the firms in common resemble themselves so closely that no variance would be left, that of two independent
    samples stands, which is on the safe side.
    """
    together = apart - 2 * covariances
    return np.asarray(np.sqrt(np.where(together > NOTHING * apart, together, apart)), float)


def overlap_covariances(later: ScoredFigures, earlier: ScoredFigures, overlap: Overlap) -> Floats:
    """(k,) covariances of the figures of two waves, one by one, through the firms in common.

    Scores are measured from the means of the strata of their own wave, as in the variances; their products are then too
    small by 1 - 1/n1 - 1/n2 + n12/(n1 n2). A stratum that is taken whole in either wave, and one with a single
    respondent, add nothing.
    """
    found = np.zeros(later.figures)
    if not len(overlap):
        return found
    pairs, one, two = overlap.pairs(later.design, earlier.design), _Deviations(later), _Deviations(earlier)
    # Sorted, so that the sums of a pair are those of neighbours (decision 0047).
    for some in some_at_once(np.argsort(pairs.cell, kind="stable"), later.figures):
        products = one.of(overlap.later[some]) * two.of(overlap.earlier[some])
        places, sums = _by_group(pairs.cell[some], products)
        found += sums @ pairs.part[places]
    return found


@dataclass(frozen=True, eq=False)
class _Deviations:
    """Weighted scores less the mean of their stratum; residuals count more as they do in the variance."""

    scored: ScoredFigures

    def of(self, rows: Ints) -> Floats:
        """(k, m) those of these rows."""
        design, z = self.scored.design, self.scored.of(rows)
        if design.calibration is not None:
            x, (level, slope) = design.calibration.auxiliaries, self._fits
            z -= np.take(level, x.pattern[rows], axis=1)
            z -= slope @ x.numeric[rows].T
        z *= self._spread[rows]
        z -= np.take(self._means, design.stratum[rows], axis=1)
        return z

    @cached_property
    def _spread(self) -> Floats:
        calibration = self.scored.design.calibration
        return self.scored.design.weight if calibration is None else calibration.spread_weight

    @cached_property
    def _sums(self) -> tuple[Floats, Floats]:
        """(k, H) sums of weighted scores by stratum, and (k, p) of calibrated ones X'W0 z."""
        design, figures = self.scored.design, self.scored.figures
        x = None if design.calibration is None else design.calibration.auxiliaries
        by_stratum, products = (
            np.zeros((figures, len(design.strata))),
            np.zeros((figures, 0 if x is None else len(x.totals))),
        )
        inside = np.arange(len(design.stratum)) if self.scored.inside is None else self.scored.inside
        patterns = 1 if x is None else len(x.patterns)
        place = design.stratum.astype(np.int64) * patterns + (0 if x is None else x.pattern)
        # Sorted by stratum and pattern, so that both are sums of neighbours.
        for rows in some_at_once(inside[np.argsort(place[inside], kind="stable")], figures):
            z = self.scored.of(rows)
            places, sums = _by_group(design.stratum[rows], z * self._spread[rows])
            by_stratum[:, places] += sums
            if x is not None and design.calibration is not None:
                z *= design.calibration.base_weight[rows]
                places, sums = _by_group(place[rows], z)
                products += np.hstack([sums @ x.patterns[places % patterns], z @ x.numeric[rows]])
        return by_stratum, products

    @cached_property
    def _fits(self) -> tuple[Floats, Floats]:
        """What the auxiliaries explain of scores: (k, C) by pattern of categories, (k, J) for each numeric one."""
        calibration = self.scored.design.calibration
        assert calibration is not None
        patterns = calibration.auxiliaries.patterns
        beta = calibration.coefficients(self._sums[1].T)
        split = patterns.shape[1]
        return np.ascontiguousarray((patterns @ beta[:split]).T), np.ascontiguousarray(beta[split:].T)

    @cached_property
    def _means(self) -> Floats:
        """(k, H) means of weighted scores, or residuals, by stratum."""
        design, sums = self.scored.design, self._sums[0]
        if design.calibration is not None:
            x, (level, slope) = design.calibration.auxiliaries, self._fits
            patterns, strata = len(x.patterns), len(design.strata)
            place = design.stratum.astype(np.int64) * patterns + x.pattern
            by_pattern = sums_by(place, self._spread, strata * patterns).reshape(strata, patterns)
            numeric = [sums_by(design.stratum, self._spread * one, strata) for one in x.numeric.T]
            sums = sums - level @ by_pattern.T - slope @ np.array(numeric).reshape(len(numeric), strata)
        return np.asarray(sums / np.maximum(design.units, 1), float)


def some_at_once(rows: Ints, figures: int) -> Iterator[Ints]:
    """The rows in portions of which the scores of all figures fit into the working memory of a processor."""
    size = max(AT_ONCE // max(figures, 1), 1)
    yield from (rows[start : start + size] for start in range(0, len(rows), size))


def _by_group(group: Ints, values: Floats) -> tuple[Ints, Floats]:
    """Of values (k, m), whose groups (m,) stand side by side, the groups and the sum of each."""
    starts = np.flatnonzero(np.diff(group, prepend=group[0] - 1))
    return group[starts], np.add.reduceat(values, starts, axis=1)


def _by_chance(later: Design, earlier: Design, g: Ints, h: Ints, n12: Ints) -> Floats:
    """Firms that the pairs of strata (g, h) would have in common if the waves were drawn independently: n1 n2 / N."""
    if later.population is None or earlier.population is None:
        return np.zeros(len(g))
    n1, n2, size1, size2 = later.units[g], earlier.units[h], later.population[g], earlier.population[h]
    # A pair has the part of a stratum that it has of the stratum's firms in common; the smaller of both is taken.
    part1 = n12 / np.bincount(g, n12)[g]
    part2 = n12 / np.bincount(h, n12)[h]
    return np.asarray(n1 * n2 * np.minimum(size1 * part1, size2 * part2) / (size1 * size2), float)
