import numpy as np
import pytest

from survey.methods.arrays import Floats, Ints
from survey.methods.certificate.item_question import ItemQuestion
from survey.methods.certificate.tempering import exchange, temper
from survey.methods.certificate.worlds import Walk
from tests.methods.certificate.wave_and_question import rng, yes_or_no

TOLD = [0.28], [0.39]
UNIT = np.array([[1.0], [1.0]])


def heavy_and_light() -> ItemQuestion:
    """One firm of weight 3 that said yes and six of weight 1 that said no."""
    return yes_or_no([1, *[0] * 6], *TOLD, weight=[3.0, *[1.0] * 6])


def tempered(question: ItemQuestion, worlds: int, price: float, steps: int = 400) -> tuple[Ints, Floats]:
    walk, chance = Walk(question, np.ones((worlds, question.firms), bool), rng()), rng().random((worlds, steps, 6))
    chance[:, :, -1] = rng().exponential(size=chance.shape[:2])
    off = np.zeros(worlds)
    temper(walk.board, walk.worlds, question.movable, UNIT, np.full(worlds, price), off, chance)
    return walk.worlds.answers, off


def test_how_far_off_a_world_is_follows_from_its_answers() -> None:
    """Yes is told of 2.52 to 3.51 of nine; one step off is a weight of 1."""
    answers, off = tempered(heavy_and_light(), 200, 2.0)
    yes = answers @ np.array([3.0, *[1.0] * 6])
    assert np.allclose(off, np.maximum(np.maximum(9 * 0.28 - yes, yes - 9 * 0.39), 0.0), atol=1e-6)


@pytest.mark.parametrize("price", [0.5, 2.0])
def test_worlds_are_as_likely_as_their_price_says(price: float) -> None:
    answers, _off = tempered(heavy_and_light(), 4000, price)
    every = (np.arange(128)[:, None] >> np.arange(7)) & 1
    yes = every @ np.array([3.0, *[1.0] * 6])
    likely = np.exp(-price * np.maximum(np.maximum(9 * 0.28 - yes, yes - 9 * 0.39), 0.0))
    assert abs(answers[:, 0].mean() - float((every[:, 0] * likely).sum() / likely.sum())) < 0.02
    # Where all is as told the price is nothing: of 21 such worlds the heavy firm says yes in one.
    as_told = answers[np.isin(answers @ np.array([3.0, *[1.0] * 6]), [3.0])]
    assert abs((as_told[:, 0] == 1).mean() - 1 / 21) < 0.015


def test_what_may_never_be_left_is_not() -> None:
    answers, off = tempered(heavy_and_light(), 20, 1e6)
    assert (answers == heavy_and_light().truth).all()
    assert off.max() < 1e-6


@pytest.mark.parametrize(("chance", "places"), [(1.9, [0, 1]), (2.1, [1, 0])])
def test_neighbours_change_places_where_chance_pays_for_it(chance: float, places: list[int]) -> None:
    """The dearer place costs 2 more for each step off, and the world that would come to it is one step off."""
    steep, rung = np.array([3.0, 1.0]), np.arange(2)
    exchange(steep, np.array([0.0, 1.0]), rung, 0, np.array([chance, 0.0]))
    assert rung.tolist() == places
    assert steep[rung].tolist() == [3.0, 1.0]
