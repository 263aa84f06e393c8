import numpy as np

from survey.methods.certificate.worlds import board_of
from tests.methods.certificate.wave_and_question import yes_or_no


def test_board_holds_a_question_with_firms_and_groups_first() -> None:
    """Four firms, of which the last is in no group, and two groups; the shares of yes are told of both."""
    place = [[0], [1], [0], [2]]
    board = board_of(yes_or_no([1, 0, 0, 1], [0.2, 0.0], [0.6, 0.4], place=place, weight=[1.0, 2.0, 3.0, 4.0]))
    assert board.scale.tolist() == [[1.0], [2.0], [3.0], [4.0]]
    # Sums of weights: of 4 in the first group and 2 in the second.
    assert np.allclose(board.least[:2], [[0.8], [0.0]], atol=1e-8)
    assert np.allclose(board.most[:2], [[2.4], [0.8]], atol=1e-8)
    # What an answer adds, by kind, answer and statistic; the last is no answer.
    assert board.above.tolist() == [[[0.0], [1.0], [0.0]]]


def test_firms_stand_by_group_and_each_knows_where_its_own_begins() -> None:
    board = board_of(yes_or_no([1, 0, 0, 1], [0.2, 0.0], [0.6, 0.4], place=[[0], [1], [0], [2]]))
    assert board.order.tolist() == [[0, 2, 1, 3]]
    assert board.start.tolist() == [[0, 2, 0, 3]]
    assert board.size.tolist() == [[2, 1, 2, 1]]


def test_answers_that_may_follow_one_another_come_first() -> None:
    board = board_of(yes_or_no([1, 0], [0.2], [0.6]))
    assert board.choices.tolist() == [[[2, 2]], [[2, 2]]]
    assert np.sort(board.options, axis=-1).tolist() == [[[[0, 1], [0, 1]]]] * 2
