"""Change between two waves that were drawn, weighted and answered each for itself, with partly the same firms.

V(later - earlier) = V(later) + V(earlier) - 2 C. Of n1 and n2 respondents of a stratum of N firms, n12 of them in both
waves, C has the part (n12 - n1 n2 / N) s12, s12 the covariance of the weighted scores u and v (residuals where weights
are calibrated) of the firms in common (Tam 1984, The American Statistician 38; Qualite and Tille 2008, Survey
Methodology 34). Where the waves merged their strata otherwise, the same holds of every pair of strata that firms in
common are of, N being the firms of the pair.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from survey.methods.arrays import Bools, ColumnsSummed, Floats, Ints
from survey.methods.change.in_common import Against, Common, Respondents, TakenOff, off_products
from survey.methods.errors import WrongShape
from survey.methods.estimates.design import Design
from survey.methods.moments.cells import observed
from survey.threads import of_each

NOTHING = 1e-12
"""A variance below this part of that of two samples is rounding."""


@dataclass(frozen=True, eq=False)
class Overlap:
    """Firms that responded in both waves: row `later[k]` of one and row `earlier[k]` of the other are the same firm.

    What the designs of the two waves share is looked up once for all figures and filters (`pairs`), and held until
    other designs are asked for.
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
    def _known(self) -> "list[SharedFirms]":
        return []

    def __getstate__(self) -> tuple[Ints, Ints]:
        """Without what it holds: a copy that is kept would keep the designs of both waves."""
        return self.later, self.earlier

    def __setstate__(self, rows: tuple[Ints, Ints]) -> None:
        for name, value in zip(("later", "earlier"), rows, strict=True):
            object.__setattr__(self, name, value)

    def pairs(self, later: Respondents, earlier: Respondents) -> "SharedFirms":
        """What two designs have of the firms in common."""
        designs = later.design, earlier.design
        # Designs compare by identity: these two, not two that are alike.
        found = next((one for one in self._known if one.designs == designs), None)
        if found is None:
            one, two = Common.of(later, self.later), Common.of(earlier, self.earlier)
            part = _parts(*designs, self)
            found = SharedFirms(designs=designs, overlap=self, part=part, products=off_products(one, two, part))
            self._known[:] = [found]
        return found


@dataclass(frozen=True, eq=False, kw_only=True)
class SharedFirms:
    """Of firms in common the `part` (m,) that each adds of a product of deviations to a covariance, and the `products`
    (C + J + H, C' + J' + H') of all that is taken off in both waves."""

    designs: tuple[Design, Design]
    overlap: Overlap
    part: Floats
    products: sparse.csr_array

    def taken_off(self, later: TakenOff, earlier: TakenOff) -> Floats:
        """(k,) sums of part off off'."""
        return np.asarray(np.einsum("kf,kf->k", later.coefficients @ self.products, earlier.coefficients), float)

    def under_filter(self, later: Respondents, earlier: Respondents) -> tuple[Common, Common, Floats]:
        """The firms that are under the filter in one of the waves, with their parts: of all others the scores are 0."""
        rows = np.flatnonzero(later.inside[self.overlap.later] | earlier.inside[self.overlap.earlier])
        one, two = Common.of(later, self.overlap.later[rows]), Common.of(earlier, self.overlap.earlier[rows])
        return one, two, self.part[rows]


def _parts(later: Design, earlier: Design, overlap: Overlap) -> Floats:
    """(m,) of the pair of strata that a firm in common is of, the part of the sum of products of deviations that is
    their covariance."""
    first, second = later.stratum[overlap.later], earlier.stratum[overlap.earlier]
    width = len(earlier.strata)
    cells, cell = observed(first.astype(np.int64) * width + second, len(later.strata) * width)
    g, h = cells // width, cells % width
    n1, n2, n12 = later.units[g], earlier.units[h], np.bincount(cell)
    # What deviations from two estimated means leave of a product; with n1 = n2 = n12 = n it is the familiar (n - 1)/n.
    few = 1 - 1 / n1 - 1 / n2 + n12 / (n1 * n2)
    # Of a stratum taken whole in one wave n12 is n1 n2/N whoever is drawn in the other: the covariance is exactly 0.
    counts = (n1 > 1) & (n2 > 1) & (later.left_out[g] > 0) & (earlier.left_out[h] > 0)
    # (n12 - n1 n2/N) s12, s12 being the sum of products over n12 times `few`.
    part = (1 - _by_chance(later, earlier, g, h, n12) / n12) / np.where(counts, few, 1.0)
    return np.asarray(np.where(counts, part, 0.0)[cell], float)


@dataclass(frozen=True, eq=False, kw_only=True)
class ScoredFigures:
    """Figures of a wave in which every row is a firm, by their linearised scores: `of` a figure, by its number, those
    of all rows (n,). They are 0 outside the rows `inside` (n,)."""

    design: Design
    figures: int
    of: Callable[[int], Floats]
    inside: Bools

    @cached_property
    def respondents(self) -> Respondents:
        """The firms of the wave."""
        return Respondents(design=self.design, inside=self.inside)

    def off(self, scores: Floats) -> TakenOff:
        """What is taken off the scores (n,) of one figure."""
        calibration, strata, patterns = self.design.calibration, len(self.design.strata), self.respondents.patterns
        rows, cell, columns = self._inside
        sums = columns.by(cell, patterns * strata, times=scores[rows]).reshape(patterns, strata, -1)
        level, slope = np.zeros((1, patterns)), np.zeros((1, sums.shape[2] - 2))
        if calibration is not None:
            x = calibration.auxiliaries.patterns
            products = np.hstack([sums[..., 1].sum(axis=1) @ x, sums[..., 2:].sum(axis=(0, 1))])
            beta = calibration.coefficients(products[:, None])
            level, slope = (x @ beta[: x.shape[1]]).T, beta[x.shape[1] :].T
        means = self.respondents.explained.means(sums[..., 0].sum(axis=0)[None], level, slope)
        return TakenOff(level=level, slope=slope, means=means)

    @cached_property
    def _inside(self) -> tuple[Ints, Ints, ColumnsSummed]:
        """The rows under the filter, the pattern and stratum of each, and the weights that their scores are added up
        with."""
        wave, calibration, rows = self.respondents, self.design.calibration, np.flatnonzero(self.inside)
        base = np.zeros(len(rows)) if calibration is None else calibration.base_weight[rows]
        cell = (wave.pattern[rows].astype(np.int64) * len(self.design.strata) + self.design.stratum[rows]).astype(
            np.int32
        )
        columns = [wave.spread[rows], base, *(base * each for each in wave.numeric[rows].T)]
        return rows, cell, ColumnsSummed.of(columns, len(rows))


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
    if not len(overlap) or not later.figures:
        return np.zeros(later.figures)
    both = overlap.pairs(later.respondents, earlier.respondents)
    one, two, part = both.under_filter(later.respondents, earlier.respondents)
    against_two, against_one = Against.of(one, two, part), Against.of(two, one, part)
    weight = part * one.spread * two.spread

    def added(figure: int) -> float:
        # Figure by figure: scores of all of them at once would be the largest thing that a page holds.
        u, v = later.of(figure), earlier.of(figure)
        off, other = later.off(u), earlier.off(v)
        u, v = u[one.rows], v[two.rows]
        against = against_two.scored(other, u) + against_one.scored(off, v)
        return float((both.taken_off(off, other) + (u * v) @ weight - against)[0])

    return np.array(of_each(added, range(later.figures), len(part)))


def _by_chance(later: Design, earlier: Design, g: Ints, h: Ints, n12: Ints) -> Floats:
    """Firms that the pairs of strata (g, h) would have in common if the waves were drawn independently: n1 n2 / N."""
    if later.population is None or earlier.population is None:
        return np.zeros(len(g))
    n1, n2, size1, size2 = later.units[g], earlier.units[h], later.population[g], earlier.population[h]
    # A pair has the part of a stratum that it has of the stratum's firms in common; the smaller of both is taken.
    part1 = n12 / np.bincount(g, n12)[g]
    part2 = n12 / np.bincount(h, n12)[h]
    return np.asarray(n1 * n2 * np.minimum(size1 * part1, size2 * part2) / (size1 * size2), float)
