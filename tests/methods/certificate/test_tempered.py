import numpy as np

from survey.methods.arrays import Ints
from survey.methods.certificate.item_question import ItemQuestion
from survey.methods.certificate.tempered import TemperedWalk, prices
from tests.methods.certificate.wave_and_question import rng, yes_or_no


def heavy_and_light() -> ItemQuestion:
    """One firm of weight 3 that said yes and six of weight 1 that said no: no other number of weights is told."""
    return yes_or_no([1, *[0] * 6], [0.28], [0.39], weight=[3.0, *[1.0] * 6])


def worlds_of(question: ItemQuestion, rounds: int) -> Ints:
    return TemperedWalk(question, rng()).run(rounds, question.movable)


def test_a_heavy_firm_answers_otherwise_where_others_make_up_for_it() -> None:
    worlds = worlds_of(heavy_and_light(), 200)
    assert set(worlds[worlds[:, 0] == 0].sum(axis=1)) == {3}
    assert heavy_and_light().holds(worlds).all()


def test_every_world_is_found() -> None:
    """The heavy firm said yes in one world, no in the twenty in which three of the six said yes."""
    assert len(np.unique(worlds_of(heavy_and_light(), 2000), axis=0)) == 21


def test_an_answer_that_is_told_of_everybody_stays() -> None:
    assert (worlds_of(yes_or_no([1] * 12, [0.95], [1.0]), 50) == 1).all()


def test_firms_without_an_answer_are_left_as_they_are() -> None:
    assert (worlds_of(yes_or_no([-1, *[0, 1] * 6], [0.4], [0.6]), 50)[:, 0] == -1).all()


def test_no_round_gives_no_world() -> None:
    assert worlds_of(heavy_and_light(), 0).shape == (0, 7)


def test_the_more_figures_the_more_rungs() -> None:
    assert [len(prices(figures)) for figures in (1, 100, 400)] == [5, 11, 20]


def test_prices_fall_from_never_to_the_cheapest() -> None:
    ladder = prices(100)
    assert (np.diff(ladder) < 0).all()
    assert (ladder[0], round(float(ladder[-1]), 9)) == (1e6, 5.5)


def test_firms_that_are_not_free_stand_still() -> None:
    free = np.array([True, False, *[True] * 10])
    worlds = TemperedWalk(yes_or_no([0, 1] * 6, [0.5], [0.5]), rng(), free).run(50, np.array([0, 1]))
    assert set(worlds[:, 1]) == {1}
    assert set(worlds[:, 0]) == {0, 1}


def test_others_make_up_for_what_a_firm_is_made_to_answer() -> None:
    walk = TemperedWalk(heavy_and_light(), rng(), np.array([False, *[True] * 6]))
    walk.put(0, 0)
    worlds = walk.run(50, np.empty(0, int))
    assert set(worlds[:, 0]) == {0}
    assert set(worlds.sum(axis=1)) == {3}


def test_worlds_come_in_portions_of_rounds_and_are_those_of_the_whole_walk() -> None:
    question = heavy_and_light()
    portions = list(TemperedWalk(question, rng()).found(50, question.movable, 20))
    assert len(portions) == 3
    assert np.concatenate(portions).tolist() == worlds_of(question, 50).tolist()


def test_rungs_that_are_further_apart_are_fewer_and_lead_to_the_same_price() -> None:
    assert (len(prices(400)), len(prices(400, 2))) == (20, 11)
    assert prices(400, 2)[[0, -1]].tolist() == prices(400)[[0, -1]].tolist()
