import numpy as np

from survey.methods.certificate.serving import find_served, strike_out


def test_insiders_are_struck_out_by_worlds_of_which_they_noticed_nothing() -> None:
    """The later world serves first, so that the earlier one helps no more where both would."""
    left = np.array([[True, True, False], [True, True, True]])
    otherwise = np.array([[True, False], [True, True], [False, False]])
    noticed = np.array([[False, True, True], [False, True, True], [False, False, False]])
    helping = np.zeros(3, bool)
    strike_out(left, otherwise, noticed, helping)
    assert left.tolist() == [[False, True, False], [False, True, True]]
    assert helping.tolist() == [False, True, False]


def test_one_is_served_against_another_by_a_world_of_its_own_alone() -> None:
    """Worlds are bits of words; the third has one beyond the first word."""
    signs = np.array([[0b01, 0], [0b11, 0], [0b01, 0b1]], np.uint64)
    found = np.zeros((3, 3), bool)
    find_served(signs, signs, found)
    assert found.tolist() == [[False, False, False], [True, False, True], [True, True, False]]
