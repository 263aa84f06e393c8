from dataclasses import replace

import numpy as np
import pytest

from survey.methods.arrays import Ints
from survey.methods.certificate.item_question import UNBOUNDED, ItemQuestion
from survey.methods.certificate.item_questions import item_questions
from survey.methods.certificate.worlds import Effort, board_of, walk_of
from tests.methods.certificate.wave_and_question import cleared_view, derive, rng, yes_or_no
from tests.methods.clearing.surveyed import WORDS, prepared

EFFORT = Effort(chains=16, looks=2)
HALF = [0, 1] * 6


def worlds_of(question: ItemQuestion) -> Ints:
    return walk_of(question, EFFORT, rng()).first(EFFORT)


def test_every_world_gives_the_shares_that_are_told() -> None:
    worlds = worlds_of(yes_or_no(HALF, [0.5], [0.5]))
    assert set(worlds.sum(axis=1)) == {6}
    assert len(worlds) == 32


def test_worlds_use_what_rounding_leaves_open() -> None:
    worlds = worlds_of(yes_or_no(HALF, [0.4], [0.6]))
    assert set(worlds.sum(axis=1)) == {5, 6, 7}


def test_an_answer_that_is_told_of_everybody_stays() -> None:
    worlds = worlds_of(yes_or_no([1] * 12, [0.95], [1.0]))
    assert (worlds == 1).all()


def test_a_group_of_one_heavy_firm_cannot_change() -> None:
    heavy = yes_or_no([1, *[0, 1] * 5], [0.75], [0.78], weight=[10.0, *[1.0] * 10])
    assert (worlds_of(heavy)[:, 0] == 1).all()


def test_firms_without_an_answer_are_left_as_they_are() -> None:
    worlds = worlds_of(yes_or_no([-1, *HALF], [0.4], [0.6]))
    assert (worlds[:, 0] == -1).all()


def test_firm_in_no_group_that_is_told_may_answer_anything() -> None:
    """Of the twelve in the group so many say yes; what the thirteenth says is told nowhere."""
    worlds = worlds_of(yes_or_no([*HALF, 0], [0.5], [0.5], place=[*[[0]] * 12, [1]]))
    assert set(worlds[:, :12].sum(axis=1)) == {6}
    assert set(worlds[:, 12]) == {0, 1}


@pytest.mark.parametrize(("weight", "change"), [([2.0] * 12, True), ([2.0 + k for k in range(12)], False)])
def test_firms_change_places_across_bases_only_where_they_count_alike(weight: list[float], change: bool) -> None:
    """The third answer is outside the base: where firms of other weights gave it, the weights under the share move."""
    asked = yes_or_no([0, 2] * 6, [0.0], [1.0], weight=weight)
    question = replace(
        asked,
        codes=np.array([[0, 1, 2]]),
        above=np.array([[[0.0, 1.0, 0.0, 0.0]]]),
        below=np.array([[[1.0, 1.0, 0.0, 0.0]]]),
    )
    worlds = worlds_of(question)
    assert ((worlds == 2) != (question.truth == 2)).any() == change
    below = question.sums(worlds)[1]
    assert (below == question.sums(question.truth[None, :])[1]).all()


def test_walk_reads_every_figure_of_a_firm_side_by_side() -> None:
    """By kind of firm, answer and figure, where the question has the figures first."""
    question = next(item_questions(cleared_view(prepared(np.full((4, 2), 15))), WORDS, derive))
    board = board_of(question)
    assert len(question.above) > 1
    assert (board.above == np.transpose(question.above, (1, 2, 0))).all()
    below = question.sums(question.truth[None, :])[1][0]
    assert np.allclose(board.least, (question.low * below).T, rtol=1e-6)
    assert np.allclose(board.most, (question.high * below).T, rtol=1e-6)
    # A hair inside of what is told.
    told = (below > 0) & (question.low > -UNBOUNDED) & (question.high < UNBOUNDED)
    assert told.sum() > 50
    assert (question.low * below < board.least.T)[told].all()
    assert (question.high * below > board.most.T)[told].all()
