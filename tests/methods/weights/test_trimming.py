"""Weights that are cut to a multiple of their mean, worked by hand."""

import numpy as np
import pytest

from survey.methods.weights.trimming import trimmed

ONE = np.zeros(5, int)


def test_what_is_above_the_limit_goes_to_the_others_of_the_class() -> None:
    """The mean is 2.8, the limit 5.6: of 10 are cut 4.4, and four others of 1 have 8.4 together."""
    weight, trimming = trimmed(np.array([10.0, 1, 1, 1, 1]), ONE, 2.0)
    np.testing.assert_allclose(weight, [5.6, 2.1, 2.1, 2.1, 2.1], rtol=1e-12)
    assert (trimming.limit, trimming.cut) == (5.6, 1)
    assert trimming.moved == pytest.approx(4.4 / 14)


def test_a_weight_that_rises_above_the_limit_is_cut_as_well() -> None:
    """The mean is 3.6, the limit 5.4: the second would rise to 7.875."""
    weight, trimming = trimmed(np.array([10.0, 5, 1, 1, 1]), ONE, 1.5)
    np.testing.assert_allclose(weight, [5.4, 5.4, 2.4, 2.4, 2.4], rtol=1e-12)
    assert trimming.cut == 1
    assert trimming.moved == pytest.approx(4.6 / 18)


def test_others_rise_in_proportion() -> None:
    """The mean is 4, the limit 8: what is left, 12, is shared as 4 to 1 to 1 to 2."""
    weight, _trimming = trimmed(np.array([12.0, 4, 1, 1, 2]), ONE, 2.0)
    np.testing.assert_allclose(weight, [8, 6, 1.5, 1.5, 3], rtol=1e-12)


def test_every_class_keeps_its_sum_and_others_are_not_touched() -> None:
    group = np.array([0, 0, 0, 1, 1, 1, 1])
    weight, _trimming = trimmed(np.array([9.0, 1, 2, 1, 1, 1, 6]), group, 2.0)
    np.testing.assert_allclose(weight, [6, 2, 4, 1, 1, 1, 6], rtol=1e-12)


def test_class_whose_mean_is_above_the_limit_has_that_mean() -> None:
    """The mean of all is 2.8, the limit 5.6, that of the first class 10."""
    group = np.array([0, 0, *[1] * 8])
    weight, trimming = trimmed(np.array([9.0, 11, *[1.0] * 8]), group, 2.0)
    assert weight.tolist() == [10, 10, *[1] * 8]
    assert (trimming.limit, trimming.cut) == (5.6, 2)
    assert trimming.moved == pytest.approx(1 / 28)


def test_nothing_changes_where_no_weight_is_above_the_limit() -> None:
    given = np.array([3.0, 2, 1, 1, 1])
    weight, trimming = trimmed(given, ONE, 2.0)
    assert weight.tolist() == given.tolist()
    assert (trimming.cut, trimming.moved) == (0, 0.0)
