from dataclasses import replace

import numpy as np
import pytest

from survey.methods.certificate.amount_figures import Amounts
from survey.methods.certificate.certificate import Rung
from survey.methods.certificate.rungs import tightened
from survey.methods.clearing.clearing import as_reported, clearable_tables, clearing_of
from survey.methods.clearing.decisions import decide
from survey.methods.clearing.subjects import subjects_of
from survey.methods.production import Prepared
from tests.methods.certificate.amounts_told import wave_of
from tests.methods.certificate.wave_and_question import rng
from tests.methods.clearing.surveyed import WORDS


@pytest.fixture(scope="module")
def skew() -> Prepared:
    """So skew that a few firms have most of some groups."""
    return wave_of(np.round(np.exp(rng().normal(3, 2.4, 120)), 1), weight=1.0)


def worlds(wave: Prepared, number: int = 60) -> np.ndarray:
    """Worlds in which some amounts are others, from hardly any to most."""
    values = wave.extract.values["revenue"]
    moved = rng().random((number, len(values))) < np.linspace(0.005, 0.6, number)[:, None]
    return np.where(moved, np.round(values * np.exp(rng().normal(0, 0.4, moved.shape)), 1), values)


@pytest.mark.parametrize("most", [None, 0.3])
def test_worlds_are_decided_as_the_rules_decide_them_when_they_are_run(skew: Prepared, most: float | None) -> None:
    clearing = tightened(clearing_of(skew, WORDS), WORDS, {"revenue": Rung(largest=most)})
    amounts = Amounts.of(clearing, WORDS)
    values = worlds(skew)

    def decided(revenue: np.ndarray) -> tuple[frozenset[int], frozenset[int]]:
        reported = as_reported(skew)
        extract = replace(reported, values={**reported.values, "revenue": revenue})
        subjects = subjects_of(reported, clearable_tables(WORDS), WORDS.is_quantity)
        rule = skew.parameters.protection
        found = decide(extract, subjects, clearing.cube, amounts.units, rule)["revenue"]
        return found.withheld, found.above(float("inf") if most is None else most)

    truth = decided(skew.extract.values["revenue"])
    # Both kinds are among these worlds, and each is told from the other.
    same = [decided(one) == truth for one in values]
    assert 0 < sum(same) < len(same)
    assert amounts.dominance(["revenue"]).alike({"revenue": values}).tolist() == same


def test_a_world_in_which_others_dominate_the_same_groups_is_decided_alike(skew: Prepared) -> None:
    amounts = Amounts.of(clearing_of(skew, WORDS), WORDS)
    twice = 2 * skew.extract.values["revenue"]
    assert amounts.dominance(["revenue"]).alike({"revenue": twice[None, :]}).tolist() == [True]
