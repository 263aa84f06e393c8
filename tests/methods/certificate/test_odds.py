"""How much more is known of an answer with what is told, worked by hand for few firms and worlds."""

import numpy as np
import pytest

from survey.methods.certificate.item_question import UNBOUNDED
from survey.methods.certificate.odds import FEWEST, odds_ratios, settled
from tests.methods.certificate.wave_and_question import yes_or_no


def test_odds_in_the_worlds_are_held_against_those_among_the_other_firms() -> None:
    """Each answer is that of the truth in three of four worlds: 3.5 to 1 + 3. Of the others of the first half a case of
    two says yes: 0.5 + 0.5 to 1.5 + 0.5. Of the others of the second one says no: 1 + 0.5 to 1 + 0.5."""
    question = yes_or_no([1, 0, 0], [0.0], [1.0])
    worlds = np.array([[1, 0, 0], [1, 0, 1], [0, 1, 0], [1, 0, 0]])
    assert odds_ratios(question, worlds).tolist() == [[1.75, 0.875, 0.875]]


def test_others_are_those_of_the_smallest_group_that_is_told() -> None:
    """Of a group one says the same beside each; where no group is told it is one of three."""
    truth, place = [1, 1, 0, 0], [[0, 1], [0, 1], [0, 2], [0, 2]]
    told = yes_or_no(truth, [0.0, 0.0, 0.0], [1.0, 1.0, 1.0], place=place)
    untold = yes_or_no(truth, [0.0, -UNBOUNDED, -UNBOUNDED], [1.0, UNBOUNDED, UNBOUNDED], place=place)
    known, in_group, in_all = 1.5 / 3, 1.5 / 0.5, 1.5 / 2.5
    assert odds_ratios(told, told.truth[None, :])[0] == pytest.approx([known / in_group] * 4)
    assert odds_ratios(untold, told.truth[None, :])[0] == pytest.approx([known / in_all] * 4)


def test_firm_without_an_answer_and_a_question_without_worlds_have_even_odds() -> None:
    question = yes_or_no([1, -1, 0], [0.0], [1.0])
    assert odds_ratios(question, np.array([[1, -1, 0]]))[0, 1] == 1
    assert odds_ratios(question, np.zeros((0, 3), int)).tolist() == [[1, 1, 1]]


def test_worlds_before_the_later_half_are_left_out_where_there_are_enough() -> None:
    many, few = (np.arange(count)[:, None] for count in (2 * FEWEST + 10, FEWEST + 10))
    assert settled(many)[:, 0].tolist() == list(range(FEWEST + 5, 2 * FEWEST + 10))
    assert settled(few)[:, 0].tolist() == list(range(10, FEWEST + 10))
