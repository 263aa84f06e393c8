import numpy as np
import pytest

from survey.methods.arrays import Bools
from survey.methods.certificate.intervals import narrow_figures, outermost
from tests.methods.certificate.wave_and_question import yes_or_no

TRUTH = [1, 1, 0, 0, 1, 0, 0, 0]
PLACE = np.array([[0, 1]] * 4 + [[0, 2]] * 4)
"""All eight firms, and two halves of them."""


def test_a_withheld_half_follows_from_the_whole_and_the_other_half() -> None:
    question = yes_or_no(TRUTH, [0.375, -1e15, 0.25], [0.375, 1e15, 0.25], place=PLACE, keeps=[0, 0.2, 0])
    assert outermost(question, 0, 1) == (0.5, 0.5)
    (narrow,) = narrow_figures(question, question.truth[None, :])
    assert (narrow.group, narrow.low, narrow.high) == ("group 1", 0.5, 0.5)


def test_a_withheld_half_is_open_by_what_rounding_leaves() -> None:
    question = yes_or_no(TRUTH, [0.3, -1e15, 0.2], [0.4, 1e15, 0.3], place=PLACE, keeps=[0, 0.2, 0])
    assert outermost(question, 0, 1) == (0.5, 0.5)
    wider = yes_or_no(TRUTH, [0.25, -1e15, 0.2], [0.5, 1e15, 0.3], place=PLACE, keeps=[0, 0.2, 0])
    assert outermost(wider, 0, 1) == (0.25, 0.75)
    assert not narrow_figures(wider, wider.truth[None, :])


def test_parts_of_firms_leave_at_least_as_much_open() -> None:
    question = yes_or_no(TRUTH, [0.3, -1e15, 0.2], [0.4, 1e15, 0.3], place=PLACE)
    low, high = outermost(question, 0, 1, whole=False)
    assert low == pytest.approx(0.3)
    assert high == pytest.approx(0.6)


def test_two_worlds_far_enough_apart_are_proof() -> None:
    question = yes_or_no(TRUTH, [0.375, -1e15, -1e15], [0.375, 1e15, 1e15], place=PLACE, keeps=[0, 0.5, 0.5])
    other = np.array([[1, 1, 1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1, 0]])
    assert not narrow_figures(question, other)


def test_figures_that_others_have_opened_are_not_narrow() -> None:
    question = yes_or_no(TRUTH, [0.375, -1e15, 0.25], [0.375, 1e15, 0.25], place=PLACE, keeps=[0, 0.2, 0])
    asked: list[list[list[int]]] = []

    def opened(tight: Bools) -> Bools:
        asked.append(np.argwhere(tight).tolist())
        return np.zeros_like(tight)

    assert narrow_figures(question, question.truth[None, :], opened=opened) == []
    assert asked == [[[0, 1]]]
    still = narrow_figures(question, question.truth[None, :], quick=True, opened=lambda tight: tight)
    assert [one.group for one in still] == ["group 1"]
