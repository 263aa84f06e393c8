import numpy as np

from survey.methods.certificate.amount_serving import count_served, strike_served


def test_a_world_serves_who_answered_otherwise_against_who_noticed_nothing() -> None:
    left = np.ones((2, 4, 4), bool)
    left[0, 1, 3] = False
    sign, noticed = np.array([[0, 1, -1, 0]]), np.array([False, True, True, False])
    # The second, which is more, against the first alone; the third, which is less, against the first and the fourth.
    assert count_served(left, sign, noticed) == 3
    strike_served(left, sign, noticed)
    assert count_served(left, sign, noticed) == 0
    assert left.sum() == 2 * 16 - 4
