"""Change between two waves that were drawn, weighted and answered each for itself, with partly the same firms.

V(later - earlier) = V(later) + V(earlier) - 2 C. Of n1 and n2 respondents of a stratum of N firms, n12 of them in both
waves, C has the part (n12 - n1 n2 / N) s12, s12 the covariance of the weighted scores u and v (residuals where weights
are calibrated) of the firms in common (Tam 1984, The American Statistician 38; Qualite and Tille 2008, Survey
Methodology 34). Where the waves merged their strata otherwise, the same holds of every pair of strata that firms in
common are of, N being the firms of the pair.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.comparison.contrasts import Contrast, contrast_row, standard_error
from survey.methods.errors import WrongShape
from survey.methods.estimates.design import Design
from survey.methods.estimates.linearisation import Linearised
from survey.methods.estimates.variance import unit_scores

NOTHING = 1e-12
"""A variance below this part of that of two samples is rounding."""


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
    first = later.unit_stratum[later.unit[overlap.later]]
    second = earlier.unit_stratum[earlier.unit[overlap.earlier]]
    width = len(earlier.strata)
    cells, cell = np.unique(first * width + second, return_inverse=True)
    g, h = cells // width, cells % width
    n1, n2, n12 = later.units[g], earlier.units[h], np.bincount(cell)
    few = 1 - 1 / n1 - 1 / n2 + n12 / (n1 * n2)
    counts = (n1 > 1) & (n2 > 1) & (later.left_out[g] > 0) & (earlier.left_out[h] > 0)
    part = (1 - _by_chance(later, earlier, g, h, n12) / n12) / np.where(counts, few, 1.0)
    return StratumPairs(designs=(later, earlier), cell=cell, part=np.where(counts, part, 0.0))


def wave_change(
    later: Design,
    linear: Linearised,
    earlier: Design,
    other: Linearised,
    overlap: Overlap,
    label: str = "",
    *,
    skipping: float = 0.0,
) -> Contrast:
    """The later estimate minus the earlier one. df is the smaller of both designs; n are the answers of both waves.
    `skipping` is what skipped questions add to the variances of both, which no firm in common makes less.

    Where the firms in common resemble themselves so closely that no variance would be left, that of two independent
    samples stands, which is on the safe side.
    """
    apart = standard_error(later, linear) ** 2 + standard_error(earlier, other) ** 2 + skipping
    together = apart - 2 * overlap_covariance(later, linear.score, earlier, other.score, overlap)
    se = float(np.sqrt(together if together > NOTHING * apart else apart))
    df = min(later.degrees_of_freedom, earlier.degrees_of_freedom)
    return contrast_row(label, linear.estimate - other.estimate, se, df, linear.n + other.n)


def overlap_covariance(later: Design, z: Floats, earlier: Design, z_earlier: Floats, overlap: Overlap) -> float:
    """Covariance of two estimates with scores (n,) through the firms in common.

    Scores are measured from the means of the strata of their own wave, as in the variances; their products are then too
    small by 1 - 1/n1 - 1/n2 + n12/(n1 n2). A stratum that is taken whole in either wave, and one with a single
    respondent, add nothing.
    """
    if not len(overlap):
        return 0.0
    pairs = overlap.pairs(later, earlier)
    u, v = _deviations(later, z, overlap.later), _deviations(earlier, z_earlier, overlap.earlier)
    return float(pairs.part @ np.bincount(pairs.cell, u * v, len(pairs.part)))


def _deviations(design: Design, z: Floats, rows: Ints) -> Floats:
    """Weighted scores of the units of these rows less the stratum mean; residuals count more as they
    do in the variance."""
    u = unit_scores(design, z[:, None])[:, 0]
    if design.calibration is not None:
        # Rows are units where weights were calibrated: only stacked waves have others.
        u = u * np.sqrt(design.calibration.inflation)
    means = np.bincount(design.unit_stratum, u, len(design.strata)) / np.maximum(design.units, 1)
    return np.asarray((u - means[design.unit_stratum])[design.unit[rows]], float)


def _by_chance(later: Design, earlier: Design, g: Ints, h: Ints, n12: Ints) -> Floats:
    """Firms that the pairs of strata (g, h) would have in common if the waves were drawn independently: n1 n2 / N."""
    if later.population is None or earlier.population is None:
        return np.zeros(len(g))
    n1, n2, size1, size2 = later.units[g], earlier.units[h], later.population[g], earlier.population[h]
    # A pair has the part of a stratum that it has of the stratum's firms in common; the smaller of both is taken.
    part1 = n12 / np.bincount(g, n12)[g]
    part2 = n12 / np.bincount(h, n12)[h]
    return np.asarray(n1 * n2 * np.minimum(size1 * part1, size2 * part2) / (size1 * size2), float)
