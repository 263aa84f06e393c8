"""A wave of which one answer in six was not given and filled in, from the nearest firm or by a ratio."""

from dataclasses import replace

import numpy as np
import pytest

from survey.instrument.plan.plan import Threshold
from survey.instrument.plan.weighting import FilledItem, WeighedDown, Weighting
from survey.methods.certificate.amount_proof import provable, proved_statistics
from survey.methods.certificate.amount_worlds import AmountEffort, amount_worlds
from survey.methods.clearing.clearing import clear, clearing_of
from survey.methods.production import Prepared, prepare
from survey.methods.tables.vocabulary import Vocabulary
from survey.weighting_terms import FillingRule
from tests.methods.certificate.amounts_told import asked_of, read
from tests.methods.certificate.wave_and_question import rng
from tests.methods.clearing.surveyed import WORDS, collected

FIRMS = np.full((4, 2), 15)
STAFF = np.round(np.exp(rng().normal(4, 0.4, 120)))
ANSWERED = np.round(STAFF * np.exp(np.random.default_rng(3).normal(0, 0.3, 120)), 1)
GAPS = np.random.default_rng(4).random(120) < 1 / 6
REPORTED = np.where(GAPS, np.nan, ANSWERED)
QUICK = AmountEffort(chains=16, looks=1, rounds=1, aims=24)


def by(rule: FillingRule, *weighed_down: WeighedDown) -> Vocabulary:
    """A survey whose plan fills gaps so."""
    weighting = Weighting(filled=(FilledItem(item="revenue", filling=rule),), weighed_down=weighed_down)
    return replace(WORDS, plan=replace(WORDS.plan, threshold=Threshold(firms=10), weighting=weighting))


SURVEYS = {
    "from the nearest": by(FillingRule.NEAREST),
    "by a ratio": by(FillingRule.RATIO),
    "from the nearest, and weighed down": by(FillingRule.NEAREST, WeighedDown(item="revenue", limit=30.0)),
}


def wave_of(words: Vocabulary, reported: np.ndarray = REPORTED) -> Prepared:
    return prepare(collected(FIRMS, values={"revenue": reported}, numbers={"employees": STAFF}), words)


@pytest.mark.parametrize("name", SURVEYS)
def test_what_is_filled_in_counts_as_its_wave_counts_it(name: str) -> None:
    words = SURVEYS[name]
    wave = wave_of(words)
    amounts, _told, levels = read(wave, words)
    counting = amounts.counting("revenue")
    assert wave.filled["revenue"].tolist() == GAPS.tolist()
    np.testing.assert_allclose(counting.of_worlds(REPORTED[None, :]).values[0], wave.extract.values["revenue"])
    np.testing.assert_allclose(levels.counted[0], wave.extract.values["revenue"])
    # A firm that gave no answer could have given no other one.
    assert levels.asked.tolist() == (~GAPS).tolist()
    assert not levels.possible[GAPS].any()


@pytest.mark.parametrize("name", SURVEYS)
def test_everything_that_is_told_of_filled_amounts_is_what_the_wave_gives(name: str) -> None:
    words = SURVEYS[name]
    amounts, told, _levels = read(wave_of(words), words)
    numbers = amounts.numbers(list(told.asked.values()), {"revenue": amounts.counting("revenue").truth})
    assert (told.untold, {one.asked.name for one in told.told}) == (0, {"mean", "median", "total"})
    assert all(one.holds(numbers[one.asked.key]).all() for one in told.told)


@pytest.mark.parametrize("name", SURVEYS)
def test_a_walk_of_filled_amounts_begins_at_all_that_is_told(name: str) -> None:
    question = asked_of(wave_of(SURVEYS[name]), SURVEYS[name])
    worlds = question.worlds(np.ones((1, 120), bool))
    assert question.board.medians.told.any()
    assert np.flatnonzero(worlds.off[0]).tolist() == []


@pytest.mark.parametrize("name", SURVEYS)
def test_every_world_that_is_filled_in_again_gives_the_whole_cube(name: str) -> None:
    words = SURVEYS[name]
    wave = wave_of(words)
    question = asked_of(wave, words)
    worlds = np.concatenate(amount_worlds(question, QUICK, rng()).worlds)
    truth, moved = clear(wave, words).to_dict(), 0
    assert len(worlds) > 10
    for values in question.reported(worlds[::8])["revenue"]:
        again = wave_of(words, values)
        moved += int((again.extract.values["revenue"] != wave.extract.values["revenue"])[GAPS].any())
        assert clear(again, words).to_dict() == truth
    # In such worlds what was filled in is another amount as well.
    assert moved > 0


def test_filled_amounts_are_proved() -> None:
    clearing = clearing_of(wave_of(SURVEYS["by a ratio"]), SURVEYS["by a ratio"])
    assert set(provable(clearing, WORDS)) == {"revenue"}
    assert proved_statistics(clearing, WORDS) == {"revenue:mean", "revenue:median:0.5", "revenue:total"}
