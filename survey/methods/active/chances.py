"""The chance that a call brings an answer, and the minutes that it takes, learned from the calls that were made.

A group with few calls borrows from all: its mean is drawn towards theirs as if it had made `BORROWED` calls more (the
mean of a beta distribution; Gelman et al. 2013, *Bayesian Data Analysis*, 5.3).
"""

import numpy as np

from survey.methods.arrays import Floats, Ints, sums_by

BORROWED = 10.0
"""Calls that what is known of all groups counts for in each of them."""
FIRST_GUESS, GUESSED = 1 / 3, 3.0
"""Before any call one in three is taken to bring an answer, which counts as much as three calls."""


def chances(calls: Ints, answered: Ints, group: Ints, groups: int) -> Floats:
    """(G,) chance of an answer per call, from ``calls`` (m,) made to each firm and whether it ``answered`` after one.

    Never 0 or 1, however few calls there were.
    """
    overall = (float(answered.sum()) + GUESSED * FIRST_GUESS) / (float(calls.sum()) + GUESSED)
    made, brought = sums_by(group, calls.astype(float), groups), sums_by(group, answered.astype(float), groups)
    return np.asarray((brought + BORROWED * overall) / (made + BORROWED), float)


def mean_minutes(minutes: Floats, group: Ints, groups: int, guess: float) -> Floats:
    """(G,) minutes that a call takes, from those of the calls made (c,) and their groups; ``guess`` is for none."""
    overall = (float(minutes.sum()) + guess * BORROWED) / (len(minutes) + BORROWED)
    made = np.bincount(group, minlength=groups)
    return np.asarray((sums_by(group, minutes, groups) + BORROWED * overall) / (made + BORROWED), float)
