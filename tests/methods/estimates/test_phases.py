"""Variances of a design in two phases, worked by hand.

Stratum 0 adds nothing, stratum 1 half of its squares within, stratum 2 moves with the split: twice its sum, squared.
"""

import numpy as np
import pytest
from scipy import sparse

from survey.methods.estimates.phases import Phases

PHASES = Phases(factor=np.array([0.0, 0.5, 0.0]), between=sparse.csr_array([[0.0, 0.0, 2.0]]), df=3)
STRATUM = np.array([0, 1, 1, 2])
U = np.array([[1.0], [3.0], [5.0], [7.0]])


def test_strata_without_a_factor_are_certain_unless_the_split_moves_them() -> None:
    assert PHASES.certain.tolist() == [True, False, False]


def test_covariance_is_the_squares_within_and_the_squared_move_of_the_split() -> None:
    """Within: 0.5 (1 + 1); between: (2 x 7)^2."""
    assert PHASES.covariance(STRATUM, U).tolist() == [[197.0]]


def test_two_figures_covary_by_both_parts() -> None:
    """Scores of the second figure are 1, 1, 2, 1: within 0.5 (2 x 0.5 x 1), between 14 x 2."""
    u = np.column_stack([U[:, 0], [1.0, 1.0, 2.0, 1.0]])
    assert PHASES.covariance(STRATUM, u)[0, 1] == pytest.approx(0.5 + 28)


def test_variances_of_many_domains_from_sums_are_those_of_the_scores() -> None:
    """Axes: domains, strata, statistics. The second domain holds the last stratum alone."""
    sums = np.array([[[1.0], [8.0], [7.0]], [[0.0], [0.0], [7.0]]])
    squares = np.array([[[1.0], [34.0], [49.0]], [[0.0], [0.0], [49.0]]])
    assert PHASES.variance(np.array([1, 2, 1]), sums, squares).tolist() == [[197.0], [196.0]]
