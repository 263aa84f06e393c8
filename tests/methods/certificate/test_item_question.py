"""What is told of an item, and which of its answers could be others."""

from dataclasses import replace

import numpy as np

from survey.methods.certificate.item_questions import item_questions, uncovered
from tests.methods.certificate.wave_and_question import cleared_view, derive, yes_or_no
from tests.methods.clearing.surveyed import WORDS, prepared


def test_firm_whose_answer_alone_is_in_the_base_could_not_have_answered_otherwise() -> None:
    question = yes_or_no([1, 0, -1], [0.0], [1.0])
    assert question.movable.tolist() == [0, 1]
    assert replace(question, below=np.array([[[0.0, 1.0, 0.0]]])).movable.tolist() == []


def test_answers_that_count_more_or_less_in_a_base_are_not_alike() -> None:
    """A step between them would move the sum below the line, which a walk takes to stay."""
    question = yes_or_no([1, 0], [0.0], [1.0])
    assert question.alike.all()
    assert not replace(question, below=np.array([[[1.0, 0.5, 0.0]]])).alike[0, 0, 1]


def test_firms_of_a_weight_below_one_count_by_it_in_every_figure() -> None:
    """As calibration may leave some; sums of themes, which are derived, are a quarter as large as well."""
    view = cleared_view(prepared(np.full((4, 2), 15), weight=2.0))
    lighter = replace(view, extract=replace(view.extract, weight=view.extract.weight / 4))
    light, heavy = (next(item_questions(each, WORDS, derive)) for each in (lighter, view))
    for half, whole in zip(light.sums(light.truth[None, :]), heavy.sums(heavy.truth[None, :]), strict=True):
        np.testing.assert_allclose(half * 4, whole, rtol=1e-9)


def test_amounts_are_told_outside_the_questions_about_items() -> None:
    told = uncovered(cleared_view(prepared(np.full((4, 2), 15))), WORDS, derive)
    assert sorted(one.statistic for one in told) == ["revenue:mean", "revenue:median:0.5", "revenue:total"]


def test_world_holds_where_every_share_lies_in_what_is_told() -> None:
    """Of three firms at most 40 %, of the first two of them at least a half: one of these says yes, and the third no."""
    question = yes_or_no([1, 0, 0], [0.0, 0.5], [0.4, 1.0], place=[[0, 1], [0, 1], [0, 2]])
    worlds = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [0, 0, 0]])
    assert (question.firms, question.domains) == (3, 2)
    assert question.holds(worlds).tolist() == [True, True, False, False, False]


def test_share_that_differs_by_a_hair_holds_and_one_that_differs_by_more_does_not() -> None:
    """Also of firms that weigh nearly nothing: one of two says yes."""
    for weight in (1.0, 1e-5):
        bounds = [0.5 + 2e-10, 0.5 + 1e-5]
        told = [yes_or_no([1, 0], [low], [1.0], weight=[weight, weight]) for low in bounds]
        assert [one.holds(np.array([[1, 0]])).tolist() for one in told] == [[True], [False]]


def test_sums_below_the_line_are_those_of_the_answers_of_a_world() -> None:
    """The third answer is outside the base, and the fourth counts by half: worlds of the other two keep the base."""
    question = replace(
        yes_or_no([1, 0, 2, -1], [0.0], [1.0], weight=[1.0, 2.0, 4.0, 8.0]),
        codes=np.array([[0, 1, 2, 3]]),
        above=np.array([[[0.0, 1.0, 0.0, 0.5, 0.0]]]),
        below=np.array([[[1.0, 1.0, 0.0, 0.5, 0.0]]]),
    )
    worlds = np.array([[1, 0, 2, -1], [0, 1, 2, -1], [2, 0, 1, -1], [3, 0, 2, -1]])
    above, below = question.sums(worlds)
    assert above[:, 0, 0].tolist() == [1.0, 2.0, 4.0, 0.5]
    assert below[:, 0, 0].tolist() == [3.0, 3.0, 6.0, 2.5]
