"""A random follow-up sample of the silent: firms that were in it and answered stand for all that were silent.

Double sampling for nonresponse (Hansen and Hurwitz 1946, J. American Statistical Association 41, 517-529): with n_1
answers before the draw and s silent firms of which f were drawn, an answer of the latter counts s/f times. Without
nonresponse among the f, estimates are unbiased whatever made firms silent. Here, in a weighting class with weights w,
the silent weight S stands behind the answers of drawn firms; what answered by itself after the draw, unasked, counts
once; and who was known beforehand not to answer is shared by all, as everywhere.
"""

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints, sums_by

DRAWN, LEFT = 1, 2
"""Values of ``part``: drawn for the follow-up sample, or silent then and not drawn; 0 is neither."""


def follow_up_factors(
    weight: Floats, share: Floats, answers: Bools, part: Ints, group: Ints, without: Floats
) -> Floats:
    """(m,) what the weight of each respondent is multiplied by.

    ``share`` (m,) eligible share, ``part`` (m,) as in `Fieldwork`, ``group`` (m,) weighting class. Classes in which no
    drawn firm has answered yet, and those where nobody was silent, keep the factor ``without`` (m,) a follow-up.
    """
    size = int(group.max()) + 1

    def total(rows: Bools, values: Floats) -> Floats:
        return sums_by(group, np.where(rows, values, 0.0), size)

    eligible, silent = weight * share, part > 0
    all_silent, unasked = total(silent, eligible), total(answers & (part == LEFT), weight)
    asked, before = total(answers & (part == DRAWN), weight), total(answers & ~silent, weight)
    works = (asked > 0) & (all_silent > unasked)
    stands_for = np.where(works, (all_silent - unasked) / np.where(works, asked, 1.0), 1.0)
    # Refusals known before the draw are in neither phase: every answer of the class takes its part of them.
    known = before + all_silent
    others = np.where(works, sums_by(group, eligible, size) / np.where(known > 0, known, 1.0), 1.0)
    factor = np.where(part == DRAWN, stands_for[group], 1.0) * others[group]
    return np.asarray(np.where(works[group], factor, without), float)
