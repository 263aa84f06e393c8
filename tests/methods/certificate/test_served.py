from dataclasses import replace

import numpy as np

from survey.methods.certificate.odds import odds_ratios
from survey.methods.certificate.served import Unserved, served
from tests.methods.certificate.wave_and_question import yes_or_no

THREE = yes_or_no([0, 1, 0], [0.3], [0.4])


def test_two_worlds_that_share_one_firm_serve_it_against_all() -> None:
    worlds = np.array([[1, 0, 0], [1, 1, 1]])
    assert served(THREE, worlds).tolist() == [[True, False, False]]


def test_a_firm_whose_every_world_changes_one_other_is_not_served_against_it() -> None:
    assert served(THREE, np.array([[1, 0, 0], [1, 0, 1]])).tolist() == [[False, False, False]]


def test_a_world_in_which_nobody_changed_serves_nobody() -> None:
    assert not served(THREE, THREE.truth[None, :]).any()


HOLDING = replace(yes_or_no([0, 1, 0, 1], [0.3], [0.6]), unit=np.array([0, 1, 5, 5]))
"""Of four firms the last two are one enterprise group."""


def test_a_firm_is_served_against_a_group_by_a_world_in_which_none_of_its_firms_changed() -> None:
    singly = np.array([[1, 1, 1, 1], [1, 1, 0, 0]])
    # Against each of the two there is a world, against both together none.
    assert served(replace(HOLDING, unit=None), singly)[0].tolist() == [True, False, False, False]
    assert not served(HOLDING, singly).any()
    assert served(HOLDING, np.append(singly, [[1, 0, 0, 1]], axis=0))[0].tolist() == [True, False, False, False]


def test_firms_of_a_group_are_no_insiders_against_one_another() -> None:
    worlds = np.array([[0, 1, 1, 0]])
    assert served(HOLDING, worlds)[0].tolist() == [False, False, True, True]
    assert served(replace(HOLDING, unit=None), worlds)[0].tolist() == [False] * 4


def test_what_is_left_against_a_group_is_left_against_all_of_its_firms() -> None:
    unserved = Unserved(HOLDING, np.array([[1, 1, 1, 1], [1, 0, 0, 1]]))
    assert unserved.insiders(0, 0).tolist() == [False, False, False, False]
    assert unserved.insiders(0, 2).tolist() == [True, False, False, False]
    assert unserved.take(np.array([[0, 0, 1, 1]])).tolist() == [[0, 0, 1, 1]]
    assert unserved.insiders(0, 2).tolist() == [False] * 4
    one = Unserved(HOLDING, np.array([[1, 0, 1, 1]]))
    assert one.insiders(0, 0).tolist() == [False, True, True, True]


def test_odds_are_even_where_the_worlds_know_no_more_of_a_firm_than_of_others() -> None:
    worlds = np.array([np.roll([1, 0, 0], turn) for turn in range(3)])
    # Known: 2 of 3 say no, 2.5 to 4; guessed from two others, 4/3 + 1/2 to 2/3 + 1/2.
    expected = (2.5 / 4) / ((4 / 3 + 0.5) / (2 / 3 + 0.5))
    assert np.isclose(odds_ratios(THREE, worlds)[0, 0], expected)


def test_odds_rise_where_a_firm_never_changes() -> None:
    worlds = np.array([[0, 1, 0], [0, 0, 1]] * 500)
    ratios = odds_ratios(THREE, worlds)[0]
    assert ratios[0] > 100
    assert ratios[1] < 2.0


def test_what_no_world_serves_shrinks_by_each_world_that_serves_somebody() -> None:
    unserved = Unserved(THREE, np.array([[1, 0, 0]]))
    assert unserved.rows() == [(0, 0), (0, 1), (0, 2)]
    assert unserved.insiders(0, 0).tolist() == [False, True, False]
    useless, useful = [1, 0, 0], [1, 1, 1]
    assert unserved.take(np.array([useless, useful])).tolist() == [useful]
    assert unserved.rows() == [(0, 1), (0, 2)]
    assert not unserved.insiders(0, 0).any()
    assert unserved.firms().tolist() == [1, 2]


def test_rows_that_lack_the_fewest_insiders_come_first() -> None:
    unserved = Unserved(THREE, np.array([[0, 1, 1], [1, 1, 1]]))
    assert unserved.rows() == [(0, 0), (0, 1)]
    assert [int(unserved.insiders(0, firm).sum()) for firm in (2, 0, 1)] == [0, 1, 2]
