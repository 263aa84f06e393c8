"""How much answers are worth, from weights and strata alone: no error that is told may hang on an answer.

The error of a share as estimated tells in which strata the answers lie. What is told instead is the error that answers
have on average which have nothing to do with the strata.
"""

from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, sums_by
from survey.methods.clearing.cube import Cube
from survey.methods.extract import Extract


@dataclass(frozen=True, eq=False, kw_only=True)
class Worth:
    """By domain (D,): the equal answers that its answers are worth, sum(c)^2 / sum(c^2 (1 - f)), infinite in a census;
    the same of their weights alone, sum(c)^2 / sum(c^2) (Kish 1965); degrees of freedom, answers less strata."""

    answers: Floats
    kish: Floats
    df: Floats


def worth_of(extract: Extract, cube: Cube, answered: Bools, counts: Floats) -> Worth:
    """Of the rows that ``answered``, each of which ``counts`` so much in a share."""
    weight = np.abs(extract.weight)
    # A firm that stands for itself alone is no chance: f is 1/w of its stratum, whatever calibration made of it after.
    # Calibration may leave it less than itself; it is no chance then either.
    drawn = 1 - 1 / np.maximum(weight, 1.0)
    size = len(cube.domains)
    total, square, chance, firms, strata = (np.zeros(size) for _ in range(5))
    for place in cube.places.values():
        rows = np.flatnonzero(answered & (place >= 0))
        where, c = place[rows], counts[rows]
        total += sums_by(where, c, size)
        square += sums_by(where, c**2, size)
        chance += sums_by(where, c**2 * drawn[rows], size)
        firms += np.bincount(where, minlength=size)
        pairs = np.unique(where * len(extract.strata) + extract.stratum[rows])
        strata += np.bincount(pairs // len(extract.strata), minlength=size)
    with np.errstate(divide="ignore", invalid="ignore"):
        answers = np.where(chance > 1e-9 * square, total**2 / chance, np.inf)
        return Worth(answers=answers, kish=np.nan_to_num(total**2 / square), df=firms - strata)
