import numpy as np
import pytest

from survey.methods.active.spread import spread_of_classes
from survey.methods.errors import WrongShape


def test_spread_of_a_class_lies_between_its_own_and_that_of_the_model() -> None:
    # All of one size: the model is the mean square of everybody, 2.5; class 0 has 1 and class 1 has 4.
    residual = np.array([1.0, -1.0, 2.0, -2.0])[:, None]
    found = spread_of_classes(residual, np.arange(4), np.full(4, 10.0), np.array([0, 0, 1, 1]), 2)
    assert found.klass[:, 0] == pytest.approx([(2 * 1 + 8 * 2.5) / 10, (2 * 4 + 8 * 2.5) / 10])
    assert found.firm[:, 0] == pytest.approx([2.5] * 4)


def test_spread_grows_with_the_size_as_the_respondents_show() -> None:
    size = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
    found = spread_of_classes(size[:4, None], np.arange(4), size, np.zeros(5, int), 1)
    # Residuals as large as the firm: squares grow with the square of the size, for the silent firm too.
    assert found.firm[4, 0] == pytest.approx(256, rel=0.01)
    slower = spread_of_classes(np.sqrt(size[:4, None]), np.arange(4), size, np.zeros(5, int), 1)
    assert slower.firm[4, 0] == pytest.approx(16, rel=0.01)


def test_spread_never_falls_with_the_size_nor_outgrows_its_square() -> None:
    size = np.array([1.0, 2.0, 4.0, 8.0])
    falling = spread_of_classes(1 / size[:, None], np.arange(4), size, np.zeros(4, int), 1)
    assert np.ptp(falling.firm) == 0
    steep = spread_of_classes(size[:, None] ** 3, np.arange(4), size, np.zeros(4, int), 1)
    assert steep.firm[3, 0] / steep.firm[0, 0] == pytest.approx(64)


def test_each_group_of_like_size_has_a_level_of_its_own() -> None:
    # Squares fall with the size, so that g is 0 and c, the mean of all, 5; each group has a 21st answer of 5.
    size, residual = np.repeat([1.0, 10.0], 20), np.repeat([3.0, 1.0], 20)[:, None]
    found = spread_of_classes(residual, np.arange(40), np.append(size, [0.5, 7.0]), np.zeros(42, int), 1)
    small, large = (20 * 9 + 5) / 21, (20 * 1 + 5) / 21
    assert found.firm[[0, 39, 40, 41], 0] == pytest.approx([small, large, small, large])


def test_fewer_than_twenty_answers_on_each_side_have_one_level() -> None:
    size, residual = np.repeat([1.0, 10.0], [19, 20]), np.repeat([3.0, 1.0], [19, 20])[:, None]
    found = spread_of_classes(residual, np.arange(39), size, np.zeros(39, int), 1)
    assert found.firm[:, 0] == pytest.approx(np.full(39, (19 * 9 + 20) / 39))


@pytest.mark.parametrize("smaller", [0, 10])
def test_firms_of_one_size_are_not_parted(smaller: int) -> None:
    size = np.repeat([5.0, 10.0], [smaller, 40 - smaller])
    residual = np.where(np.arange(40) < 30, 2.0, 1.0)[:, None]
    found = spread_of_classes(residual, np.arange(40), size, np.zeros(40, int), 1)
    assert found.firm[:, 0] == pytest.approx(np.full(40, (30 * 4 + 10) / 40))


def test_group_ends_with_firms_of_its_size_even_where_it_is_twice_as_large() -> None:
    # By rank a third would end within the firms of size 1, and one between 1 and 4, where nobody is.
    size, residual = np.repeat([1.0, 4.0], [40, 20]), np.repeat([3.0, 1.0], [40, 20])[:, None]
    found = spread_of_classes(residual, np.arange(60), size, np.zeros(60, int), 1)
    mean = (40 * 9 + 20) / 60
    assert found.firm[[0, 59], 0] == pytest.approx([(40 * 9 + mean) / 41, (20 + mean) / 21])


def test_group_whose_answers_are_all_alike_keeps_some_spread() -> None:
    size, residual = np.repeat([1.0, 10.0], 20), np.repeat([0.0, 1.0], 20)[:, None]
    found = spread_of_classes(residual, np.arange(40), size, np.zeros(40, int), 1)
    # g is 2, its largest, and c 20/(20 + 20 x 100): one answer of 21 is as that expects, the others have none.
    assert found.firm[[0, 39], 0] == pytest.approx([20 / 2020 / 21, (20 + 2000 / 2020) / 21])


def test_figure_without_any_residual_has_no_spread() -> None:
    found = spread_of_classes(np.zeros((3, 1)), np.arange(3), np.ones(3), np.zeros(3, int), 1)
    assert (found.firm.tolist(), found.klass.tolist()) == ([[0.0]] * 3, [[0.0]])


def test_residuals_of_others_than_the_respondents_are_refused() -> None:
    with pytest.raises(WrongShape):
        spread_of_classes(np.zeros((3, 1)), np.arange(2), np.ones(3), np.zeros(3, int), 1)
