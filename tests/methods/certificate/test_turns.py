import numpy as np

from survey.methods.certificate.turns import turns_of


def test_two_answers_of_one_code_change_places() -> None:
    turned, side = turns_of(np.array([[0, 1, 2]]))
    assert turned.tolist() == [[1, 0, -1], [2, -1, 0], [-1, 2, 1]]
    assert side.tolist() == [[0, 1, 0], [0, 0, 1], [0, 0, 1]]


def test_an_option_is_chosen_given_up_or_taken_in_place_of_another() -> None:
    """The answers are the first option, the second, and both."""
    turned, side = turns_of(np.array([[1, 0, 1], [0, 1, 1]]))
    assert turned.tolist() == [[-1, 2, 1], [2, -1, 0], [1, 0, -1]]
    assert side.tolist() == [[1, 0, 1], [0, 1, 1], [1, 0, 1]]


def test_ranks_change_places_where_no_option_can_be_given_up_alone() -> None:
    turned, _side = turns_of(np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]]))
    assert turned.tolist() == [[-1, 2, 1], [2, -1, 0], [1, 0, -1]]
