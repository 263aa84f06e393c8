import numpy as np
import pytest

from survey.methods.active.spread import spread_of
from survey.methods.errors import WrongShape


def test_spread_of_a_class_lies_between_its_own_and_that_of_the_model() -> None:
    # All of one size: the model is the mean square of everybody, 2.5; class 0 has 1 and class 1 has 4.
    residual = np.array([1.0, -1.0, 2.0, -2.0])[:, None]
    found = spread_of(residual, np.arange(4), np.full(4, 10.0), np.array([0, 0, 1, 1]), 2)
    assert found.klass[:, 0] == pytest.approx([(2 * 1 + 8 * 2.5) / 10, (2 * 4 + 8 * 2.5) / 10])
    assert found.firm[:, 0] == pytest.approx([2.5] * 4)


def test_spread_grows_with_the_size_as_the_respondents_show() -> None:
    size = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
    found = spread_of(size[:4, None], np.arange(4), size, np.zeros(5, int), 1)
    # Residuals as large as the firm: squares grow with the square of the size, for the silent firm too.
    assert found.firm[4, 0] == pytest.approx(256, rel=0.01)
    slower = spread_of(np.sqrt(size[:4, None]), np.arange(4), size, np.zeros(5, int), 1)
    assert slower.firm[4, 0] == pytest.approx(16, rel=0.01)


def test_spread_never_falls_with_the_size_nor_outgrows_its_square() -> None:
    size = np.array([1.0, 2.0, 4.0, 8.0])
    falling = spread_of(1 / size[:, None], np.arange(4), size, np.zeros(4, int), 1)
    assert np.ptp(falling.firm) == 0
    steep = spread_of(size[:, None] ** 3, np.arange(4), size, np.zeros(4, int), 1)
    assert steep.firm[3, 0] / steep.firm[0, 0] == pytest.approx(64)


def test_figure_without_any_residual_has_no_spread() -> None:
    found = spread_of(np.zeros((3, 1)), np.arange(3), np.ones(3), np.zeros(3, int), 1)
    assert (found.firm.tolist(), found.klass.tolist()) == ([[0.0]] * 3, [[0.0]])


def test_residuals_of_others_than_the_respondents_are_refused() -> None:
    with pytest.raises(WrongShape):
        spread_of(np.zeros((3, 1)), np.arange(2), np.ones(3), np.zeros(3, int), 1)
