"""Medians as means of neighbours, worked by hand."""

import numpy as np

from survey.methods.clearing.medians import mean_around

ANSWERS = np.array([1.0, 2, 4, 8, 16, 32, 64])


def test_median_is_the_mean_of_five_neighbours() -> None:
    """Two below 8 and two above it: (2 + 4 + 8 + 16 + 32) / 5."""
    assert mean_around(ANSWERS, 8.0) == 12.4


def test_five_firms_stand_behind_an_end_as_well() -> None:
    """At the least answer the five least: (1 + 2 + 4 + 8 + 16) / 5."""
    assert mean_around(ANSWERS, 1.0) == 6.2
    assert mean_around(ANSWERS, 64.0) == 24.8
