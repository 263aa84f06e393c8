"""Replicate weights: the rescaled bootstrap of Rao and Wu for stratified samples drawn without replacement.

In a stratum of n units m = n - 1 are drawn with replacement; a weight becomes w (1 - a + a n/m t), t the times the unit
was drawn and a = sqrt(m f/(n - 1)), f = 1 - n/N (Rao and Wu 1988; Rao, Wu and Yue 1992, Survey Methodology 18). Totals
then have the ordinary variance, finite population correction included, weights stay above 0, take-all strata and strata
with one unit stay as they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.methods.arrays import Floats, Ints
from survey.methods.calibrated.calibration import Calibration, calibrate
from survey.methods.errors import NotConverged, OutOfRange, WrongShape
from survey.methods.estimates.lonely_strata import TAKE_ALL

BATCH = 1 << 22
"""Numbers held at a time: replicates are made as many at once as fit."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ReplicateDesign:
    """What is resampled: strata (n,) of units with N_h (H,; None = with replacement), their weights before calibration
    and, where weights were calibrated, how: every replicate is calibrated again. Firms out of scope are units too."""

    stratum: Ints
    population: Floats | None
    weight: Floats
    calibration: Calibration | None = None

    def __post_init__(self) -> None:
        if self.stratum.shape != self.weight.shape:
            raise WrongShape(self.stratum.shape, f"{len(self.stratum)} strata for {len(self.weight)} weights.")

    @property
    def final_weight(self) -> Floats:
        """(n,) the weights of the survey itself, calibrated where they were."""
        return self.weight if self.calibration is None else self.calibration.weight

    @property
    def units(self) -> Ints:
        """(H,) units by stratum."""
        strata = 0 if self.population is None else len(self.population)
        return np.bincount(self.stratum, minlength=strata)

    @property
    def left_out(self) -> Floats:
        """(H,) f_h, 1 without population."""
        units = self.units
        if self.population is None:
            return np.ones(len(units))
        left = 1 - units / np.maximum(self.population, np.maximum(units, 1))
        return np.where(left < TAKE_ALL, 0.0, left)


def counts_drawn(design: ReplicateDesign, replicates: int, rng: np.random.Generator) -> Floats:
    """(replicates, n) how often each unit was drawn; units of strata with one unit count as drawn once."""
    if replicates < 1:
        raise OutOfRange(replicates, "At least one replicate is needed.")
    drawn = np.ones((replicates, len(design.stratum)))
    order = np.argsort(design.stratum, kind="stable")
    ends = np.cumsum(design.units)
    for h, n in enumerate(design.units.tolist()):
        # With n - 1 draws nothing is left to rescale but the finite population correction (Rao and Wu 1988).
        if n > 1:
            rows = order[ends[h] - n : ends[h]]
            drawn[:, rows] = rng.multinomial(n - 1, np.full(n, 1 / n), size=replicates)
    return drawn


def _per_draw(design: ReplicateDesign) -> Floats:
    """(n,) n/m, the weight of one draw; 1 in strata with one unit."""
    units = design.units[design.stratum]
    return np.asarray(units / np.maximum(units - 1, 1), float)


def _reach(design: ReplicateDesign) -> Floats:
    """(n,) a, how far a draw moves a weight; with m = n - 1 it is sqrt(f)."""
    several = design.units > 1
    return np.asarray(np.where(several, np.sqrt(design.left_out), 0.0)[design.stratum], float)


def replicate_weights(design: ReplicateDesign, replicates: int, rng: np.random.Generator) -> Floats:
    """(replicates, n) weights, calibrated again where the weights were."""
    return weights_from_counts(design, counts_drawn(design, replicates, rng))


def weights_from_counts(design: ReplicateDesign, counts: Floats, *, at_once: bool = False) -> Floats:
    """(B, n) weights of units drawn `counts` times. A replicate on which the bounded calibration cannot be solved takes
    the linear one without bounds; one that lacks a category stays as it was drawn. `at_once` takes the linear one for
    all together, which meets the totals as exactly and is several times faster, but may leave the bounds."""
    # Without a draw it is w (1 - a) with a <= 1, so never below 0.
    weights = design.weight * (1 + _reach(design) * (counts * _per_draw(design) - 1))
    if design.calibration is None:
        return weights
    if at_once:
        return _in_one_step(design.calibration, weights)
    return np.stack([_again(design.calibration, one) for one in weights])


def _in_one_step(calibration: Calibration, weights: Floats) -> Floats:
    """(B, n) w (1 + x'(X'WX)^-1 (totals - X'w)) for all replicates together: the first step of every method of Deville
    and Sarndal 1992, and the whole of the linear one."""
    one = calibration.auxiliaries
    x = np.hstack([one.patterns[one.pattern], one.numeric])
    # Columns of one size, as in `generalised_inverse`, so that small cells are not taken for rounding.
    size = np.sqrt(np.maximum((calibration.base_weight[:, None] * x**2).sum(axis=0), np.finfo(float).tiny))
    scaled, (n, width) = x / size, x.shape
    products = (scaled[:, :, None] * scaled[:, None, :]).reshape(n, width * width)
    gram = (weights @ products).reshape(-1, width, width)
    gaps = one.totals / size - weights @ scaled
    steps = np.linalg.pinv(gram, rcond=1e-11, hermitian=True) @ gaps[:, :, None]
    return np.asarray(weights * (1 + steps[:, :, 0] @ scaled.T), float)


def _again(calibration: Calibration, weight: Floats) -> Floats:
    # Calibration takes positive weights only; a unit that was not drawn from a stratum without correction has none.
    used = np.flatnonzero(weight > 0)
    x, result = calibration.auxiliaries.part(used), np.zeros(len(weight))
    try:
        # Each replicate is calibrated by itself: so the error shows what calibration gains.
        made = calibrate(x, weight[used], calibration.method, calibration.bounds)
    except NotConverged:
        try:
            made = calibrate(x, weight[used], "linear")  # its g may leave the bounds, which one in many can bear
        except NotConverged:
            return weight
    result[used] = made.weight
    return result


UNIT, STRATUM, WEIGHT, REPLICATE = "unit", "stratum", "weight", "replicate_"
"""Columns of the export: REPLICATE is followed by the number, from 1."""


def replicate_table(
    design: ReplicateDesign, units: Sequence[str], strata: Sequence[str], weights: Floats
) -> pd.DataFrame:
    """One row per unit: its key, stratum, final weight, and a column of weights for each replicate (B, n).

    The variance of an estimate is the mean of (its replicate - itself)^2; analysts need no strata for that.
    """
    if len(units) != len(design.weight) or weights.shape[1:] != design.weight.shape:
        raise WrongShape(
            weights.shape, f"{len(units)} keys and {weights.shape} weights for {len(design.weight)} units."
        )
    columns = {UNIT: list(units), STRATUM: np.asarray(strata, object)[design.stratum], WEIGHT: design.final_weight}
    columns |= {f"{REPLICATE}{k}": one for k, one in enumerate(weights, 1)}
    return pd.DataFrame(columns)


def in_batches(design: ReplicateDesign, replicates: int) -> Iterator[int]:
    """Numbers of replicates that are made at a time."""
    # By the number of units alone, so that a seed gives the same replicates on every machine.
    most = max(1, BATCH // max(len(design.stratum), 1))
    for start in range(0, replicates, most):
        yield min(most, replicates - start)
