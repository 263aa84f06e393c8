import numpy as np

from survey.methods.certificate.knowing import Knowing

HOLDING = Knowing(np.array([0, 9, 2, 9, 4]))
"""Of five firms the second and the fourth are one group."""


def test_a_group_notices_what_changes_in_any_of_its_firms() -> None:
    changed = np.array([[0, 1, 0, 0, 1], [1, 0, 1, 0, 0]], bool)
    assert HOLDING.noticed(changed).astype(int).tolist() == [[0, 1, 0, 1, 1], [1, 0, 1, 0, 0]]


def test_two_groups_whose_firms_stand_between_one_another_are_kept_apart() -> None:
    two = Knowing(np.array([7, 8, 7, 8, 8]))
    assert two.noticed(np.array([[0, 0, 0, 1, 0]], bool)).astype(int).tolist() == [[0, 1, 0, 1, 1]]
    assert two.noticed(np.array([[0, 0, 1, 0, 0]], bool)).astype(int).tolist() == [[1, 0, 1, 0, 0]]


def test_a_firm_alone_notices_its_own_answer() -> None:
    changed = np.array([[1, 0, 1]], bool)
    assert Knowing.alone(3).noticed(changed) is changed


def test_a_group_knows_the_answers_of_its_own_firms() -> None:
    same = HOLDING.same(np.array([0, 3])).astype(int).tolist()
    assert same == [[1, 0, 0, 0, 0], [0, 1, 0, 1, 0]]


def test_firms_of_a_group_are_chosen_together() -> None:
    assert HOLDING.alike(np.array([1, 0, 1, 1, 0], bool)).astype(int).tolist() == [1, 0, 1, 0, 0]
