"""Change between two waves that were drawn, weighted and answered each for itself, with partly the same firms.

V(later - earlier) = V(later) + V(earlier) - 2 C. A stratum in which n1 and n2 of N firms responded, n12 of them in
both waves, adds (n12 - n1 n2 / N) s12 to C, s12 the covariance of the weighted scores u = w z over those n12 firms
(Tam 1984, The American Statistician 38; Qualite and Tille 2008, Survey Methodology 34).
"""

from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.comparison.contrasts import Contrast, contrast_row, standard_error
from survey.methods.errors import WrongShape
from survey.methods.estimates.design import Design
from survey.methods.estimates.linearisation import Linearised
from survey.methods.estimates.variance import unit_scores


@dataclass(frozen=True, eq=False)
class Overlap:
    """Firms that responded in both waves: row `later[k]` of one and row `earlier[k]` of the other are the same firm."""

    later: Ints
    earlier: Ints

    def __post_init__(self) -> None:
        if self.later.shape != self.earlier.shape:
            raise WrongShape(
                self.earlier.shape, f"{self.later.shape} later rows for {self.earlier.shape} earlier ones."
            )

    def __len__(self) -> int:
        return len(self.later)


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
    se = float(np.sqrt(together if together > 0 else apart))
    df = min(later.degrees_of_freedom, earlier.degrees_of_freedom)
    return contrast_row(label, linear.estimate - other.estimate, se, df, linear.n + other.n)


def overlap_covariance(later: Design, z: Floats, earlier: Design, z_earlier: Floats, overlap: Overlap) -> float:
    """Covariance of two estimates with scores (n,) through the firms in common.

    Strata are the same where their labels are. A firm that changed its stratum, a stratum with a single firm in common
    and one that is taken whole in either wave add nothing.
    """
    h, common = _shared_strata(later, earlier, overlap)
    u = unit_scores(later, z[:, None])[later.unit[overlap.later], 0][common]
    v = unit_scores(earlier, z_earlier[:, None])[earlier.unit[overlap.earlier], 0][common]
    strata = len(later.strata)
    n12 = np.bincount(h, minlength=strata)
    sums, other = np.bincount(h, u, strata), np.bincount(h, v, strata)
    products = np.bincount(h, u * v, strata) - sums * other / np.maximum(n12, 1)
    spread = products / np.maximum(n12 - 1, 1)
    return float(np.where(n12 > 1, _factors(later, earlier, n12) * spread, 0.0).sum())


def _shared_strata(later: Design, earlier: Design, overlap: Overlap) -> tuple[Ints, Ints]:
    """Which firms in common are in the same stratum of both waves, behind the number of that stratum in `later`."""
    number = _numbers_in(later, earlier)
    first = later.unit_stratum[later.unit[overlap.later]]
    second = number[earlier.unit_stratum[earlier.unit[overlap.earlier]]]
    common = np.flatnonzero(first == second)
    return first[common], common


def _numbers_in(later: Design, earlier: Design) -> Ints:
    """For each stratum of `earlier` its number in `later`, -1 where that has none of this label."""
    place = {label: number for number, label in enumerate(later.strata)}
    return np.array([place.get(label, -1) for label in earlier.strata], np.intp)


def _factors(later: Design, earlier: Design, n12: Ints) -> Floats:
    """n12 - n1 n2 / N by stratum of `later`, N the larger population; 0 where a wave has taken the stratum whole."""
    number = _numbers_in(later, earlier)
    shared = number >= 0
    n1, left, size = np.zeros(len(n12)), np.ones(len(n12)), np.full(len(n12), np.inf)
    n1[number[shared]] = earlier.units[shared]
    left[number[shared]] = earlier.left_out[shared]
    if later.population is not None and earlier.population is not None:
        size[number[shared]] = earlier.population[shared]
        size = np.maximum(size, later.population)
    drawn = (left > 0) & (later.left_out > 0)
    return np.asarray(np.where(drawn, n12 - n1 * later.units / size, 0.0), float)
