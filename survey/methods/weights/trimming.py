"""Trimming: the largest (and smallest) weights are cut to limits and the difference is shared among the others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from survey.methods.errors import Infeasible, OutOfRange, WrongShape
from survey.methods.labels import text_labels
from survey.methods.weights.weighting import checked_weights

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrimmedWeights:
    """Weights after trimming, which rows were cut (or raised) to a limit, and the passes it took."""

    weight: Floats
    trimmed: Flags
    passes: int


def trim_weights(
    weight: ArrayLike, *, upper: float, lower: float = 0.0, classes: ArrayLike | None = None
) -> TrimmedWeights:
    """Weights within [lower, upper] with the same sum, overall or in each of `classes`.

    What is cut off is shared among the others of the class in proportion to their weights, repeatedly until none
    exceeds a limit. Raises `Infeasible` where the sum of a class cannot be reached within the limits.
    """
    weights = checked_weights(weight, len(np.asarray(weight)))
    if not 0 <= lower < upper:
        raise OutOfRange((lower, upper), f"The limits {lower} and {upper} are not in order.")
    labels = np.full(len(weights), "all") if classes is None else text_labels(classes, "class")
    index = np.unique(labels, return_inverse=True)[1]
    if index.shape != weights.shape:
        raise WrongShape(index.shape, f"{index.size} classes for {len(weights)} weights.")
    _refuse_unreachable(weights, index, lower, upper)
    totals = np.bincount(index, weights)
    result, held, passes = weights.copy(), np.zeros(len(weights), bool), 0
    while True:
        # The slack of 1e-12 keeps a weight that rounding put beyond its limit from being trimmed for ever.
        outside = ~held & ((result > upper * (1 + 1e-12)) | (result < lower * (1 - 1e-12)))
        if not outside.any():
            return TrimmedWeights(weight=result, trimmed=held, passes=passes)
        passes += 1
        # A weight once at its limit stays there, so at most as many passes as weights are needed.
        held |= _binding(result, index, outside, lower, upper)
        result[held] = np.clip(result[held], lower, upper)
        # The sum of each class is kept: it estimates the size of the class.
        rest = totals - np.bincount(index, result * held)
        open_weight = np.bincount(index, result * ~held)
        factor = np.divide(rest, open_weight, out=np.ones_like(rest), where=open_weight > 0)
        result = np.where(held, result, result * factor[index])


def _binding(result: Floats, index: NDArray[np.intp], outside: Flags, lower: float, upper: float) -> Flags:
    """Rows outside on the side that prevails in their class: the other side may come back when the rest is shared."""
    excess = np.bincount(index, np.where(outside, result - np.clip(result, lower, upper), 0.0))[index]
    return outside & ~((excess > 0) & (result < lower)) & ~((excess < 0) & (result > upper))


def _refuse_unreachable(weights: Floats, index: NDArray[np.intp], lower: float, upper: float) -> None:
    counts, totals = np.bincount(index), np.bincount(index, weights)
    # Weights that all stand at one limit add up to the total only up to rounding.
    noise = 1e-9 * totals
    bad = (counts * upper < totals - noise) | (counts * lower > totals + noise)
    if bad.any():
        k = int(np.argmax(bad))
        raise Infeasible(k, f"{counts[k]} weights within [{lower:g}, {upper:g}] cannot add up to {totals[k]:g}.",
                         "Widen the limits, or trim within larger classes.")  # fmt: skip
