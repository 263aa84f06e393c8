"""Weights above a limit are cut to it, and what is cut goes to the other answers of the same adjustment class.

What a class stands for stays the same, so that trimming trades a little bias within classes for variance (Potter 1990,
Proceedings of the Survey Research Methods Section, ASA, 225-230; Kalton and Flores-Cervantes 2003). The limit is a
multiple of the mean weight of all answers, so that one of n carries no more than that multiple over n of all weights.
"""

from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimming:
    """What a limit did: the `limit` itself in weight, how many answers were `cut`, the share of all weights that
    `moved` to others of their classes, and how many answers are still `above` it in the end: those of classes whose
    mean is above it, and those that the frame could not be met without."""

    limit: float
    cut: int
    moved: float
    above: int = 0


def trimmed(weight: Floats, group: Ints, times: float) -> tuple[Floats, Trimming]:
    """Positive weights (n,) none of which is above `times` (1 or more) the mean of all, with the same sum in each
    `group` (n,); a group whose mean is above the limit gets that mean."""
    limit = times * float(weight.mean())
    found = weight.copy()
    for one in np.unique(group[weight > limit]):
        rows = np.flatnonzero(group == one)
        found[rows] = _levelled(weight[rows], limit)
    lost = np.maximum(weight - found, 0.0)
    return found, Trimming(limit=limit, cut=int((weight > limit).sum()), moved=float(lost.sum() / weight.sum()))


def _levelled(weight: Floats, limit: float) -> Floats:
    total, over = float(weight.sum()), weight > limit
    if total >= limit * len(weight):
        return np.full(len(weight), total / len(weight))
    # Each round cuts those that the rise of the others brought above the limit, so that it ends within n rounds.
    while True:
        left = total - limit * int(over.sum())
        raised = np.where(over, limit, weight * (left / float(weight[~over].sum())))
        more = raised > limit
        if not more.any():
            return raised
        over |= more
