import numpy as np

from survey.methods.certificate.item_question import ItemQuestion
from survey.methods.certificate.worlds import Walk
from tests.methods.certificate.wave_and_question import rng, yes_or_no


def heavy_and_light() -> ItemQuestion:
    """One firm of weight 3 that said yes and six of weight 1 that said no; a third of all weights is told exactly."""
    return yes_or_no([1, *[0] * 6], [1 / 3], [1 / 3], weight=[3.0, *[1.0] * 6])


def walk_of_all(chains: int) -> Walk:
    return Walk(heavy_and_light(), np.ones((chains, 7), bool), rng())


def test_a_heavy_firm_alone_never_answers_otherwise() -> None:
    assert (walk_of_all(16).run(400)[:, 0] == 1).all()


def test_a_heavy_firm_answers_otherwise_with_others_that_make_up_for_it() -> None:
    walk = walk_of_all(64)
    walk.trade(400, np.array([0]))
    worlds = walk.worlds.answers
    assert set(worlds[worlds[:, 0] == 0].sum(axis=1)) == {3}
    assert heavy_and_light().holds(worlds).all()


def test_all_worlds_are_equally_likely_in_the_end() -> None:
    """The heavy firm said yes in one world, no in the twenty in which three of the six said yes."""
    walk = walk_of_all(2000)
    walk.trade(400, np.arange(7))
    assert abs((walk.worlds.answers[:, 0] == 1).mean() - 1 / 21) < 0.015
