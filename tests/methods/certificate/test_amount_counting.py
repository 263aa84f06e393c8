from dataclasses import replace

import numpy as np
import pytest

from survey.instrument.plan.plan import Threshold
from survey.instrument.plan.weighting import WeighedDown, Weighting
from survey.methods.arrays import Floats
from survey.methods.certificate.amount_proof import provable
from survey.methods.certificate.amount_worlds import AmountEffort, amount_worlds
from survey.methods.clearing.clearing import clear, clearing_of
from survey.methods.outliers.decisions import cutoff_name
from survey.methods.production import Prepared, prepare
from survey.methods.tables.vocabulary import Vocabulary
from tests.methods.certificate.amounts_told import asked_of, read
from tests.methods.certificate.wave_and_question import rng
from tests.methods.clearing.surveyed import WORDS, collected

FIRMS = np.full((4, 2), 15)
VALUES: Floats = np.asarray(np.round(np.exp(rng().normal(3, 0.5, 120)), 1), np.float64)
QUICK = AmountEffort(chains=16, rounds=2)
CUTOFF = 35.0


def by(*weighed_down: WeighedDown) -> Vocabulary:
    """A survey whose plan weighs down so."""
    weighting = Weighting(weighed_down=weighed_down)
    return replace(WORDS, plan=replace(WORDS.plan, threshold=Threshold(firms=10), weighting=weighting))


def of_analysts() -> dict[str, np.ndarray]:
    """Amounts of which analysts weighed down those above a cut-off."""
    return {"revenue": VALUES, cutoff_name("revenue"): np.where(VALUES > CUTOFF, CUTOFF, np.nan)}


WAVES = {
    "by a stated limit": (by(WeighedDown(item="revenue", limit=20.0)), {"revenue": VALUES}),
    "by the best limit": (by(WeighedDown(item="revenue")), {"revenue": VALUES}),
    "by analysts": (by(), of_analysts()),
    "by both": (by(WeighedDown(item="revenue", limit=20.0)), of_analysts()),
}


def wave_of(name: str) -> tuple[Prepared, Vocabulary]:
    words, values = WAVES[name]
    return prepare(collected(FIRMS, values=values), words), words


@pytest.mark.parametrize("name", WAVES)
def test_what_is_weighed_down_counts_as_its_wave_counts_it(name: str) -> None:
    wave, words = wave_of(name)
    amounts, _told, levels = read(wave, words)
    known = wave.extract.values["revenue"]
    assert (known < VALUES).any()
    np.testing.assert_allclose(amounts.counting("revenue").of_worlds(VALUES[None, :]).values[0], known)
    np.testing.assert_allclose(levels.counted[0], known)
    # The firms reported these, and could have reported others by a part of them.
    assert levels.values[0].tolist() == VALUES.tolist()


@pytest.mark.parametrize("name", WAVES)
def test_every_world_in_which_the_rule_is_run_again_gives_the_whole_cube(name: str) -> None:
    wave, words = wave_of(name)
    question = asked_of(wave, words)
    worlds = np.concatenate(amount_worlds(question, QUICK, rng()).worlds)
    truth = clear(wave, words).to_dict()
    assert len(worlds) > 10
    for values in question.reported(worlds[::4])["revenue"]:
        again = prepare(replace(wave.collected, values={**wave.collected.values, "revenue": values}), words)
        assert clear(again, words).to_dict() == truth


def test_amounts_that_are_weighed_down_are_proved() -> None:
    wave, words = wave_of("by both")
    assert set(provable(clearing_of(wave, words), words)) == {"revenue"}


def test_amounts_that_nobody_weighs_down_count_as_they_are() -> None:
    wave = prepare(collected(FIRMS, values={"revenue": VALUES}), by())
    amounts, _told, levels = read(wave, by())
    assert levels.counted is levels.values or (levels.counted == levels.values).all()
    assert amounts.counting("revenue").of_worlds(2 * VALUES[None, :]).values[0].tolist() == (2 * VALUES).tolist()
