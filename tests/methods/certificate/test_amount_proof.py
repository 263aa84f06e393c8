from dataclasses import replace

import numpy as np
import pytest

from survey.instrument.schema import Item, Option, Text
from survey.methods.certificate.amount_proof import columns_of_numbers, provable, prove_amounts, proved_statistics
from survey.methods.certificate.amount_worlds import AmountEffort
from survey.methods.certificate.certificate import Proof, Rung
from survey.methods.certificate.rungs import tightened
from survey.methods.clearing.clearing import clearing_of
from survey.methods.production import Prepared
from survey.terms import ItemType
from tests.methods.certificate.amounts_told import read, wave_of
from tests.methods.certificate.wave_and_question import rng
from tests.methods.clearing.surveyed import WORDS
from tests.methods.words import asking

EFFORT = AmountEffort(chains=32, looks=2, rounds=12)


@pytest.fixture(scope="module")
def skew() -> Prepared:
    return wave_of(np.round(np.exp(rng().normal(3, 0.5, 120)), 1))


def two_large() -> Prepared:
    """All firms have 5 but two of the first group, which have 100: where one has more the other has to have less."""
    values = np.full(120, 5.0)
    values[:2] = 100.0
    return wave_of(values, weight=1.0)


def test_amounts_of_many_like_firms_are_proved_where_less_is_told_of_errors(skew: Prepared) -> None:
    told = tightened(clearing_of(skew, WORDS), WORDS, {"revenue": Rung(digits=1)})
    found = prove_amounts(told, WORDS, rng(), effort=EFFORT)
    [proof] = found.items
    assert (proof.item, proof.answers) == ("revenue", 240)
    assert proof.served > 220
    assert proof.kept == proof.withheld


def test_a_firm_of_two_that_have_nearly_all_is_not_served_against_the_other() -> None:
    found = prove_amounts(clearing_of(two_large(), WORDS), WORDS, rng(), effort=EFFORT)
    assert {(one.proof, one.item) for one in found.failures} == {(Proof.WORLD, "revenue")}


def test_what_two_firms_have_nearly_alone_is_proved_where_little_is_told() -> None:
    wave = two_large()
    told = tightened(clearing_of(wave, WORDS), WORDS, {"revenue": Rung(digits=2, steps=99)})
    assert prove_amounts(told, WORDS, rng(), effort=EFFORT).failures == []


def test_groups_in_which_two_firms_have_much_go() -> None:
    clearing = clearing_of(two_large(), WORDS)
    before = clearing.decisions["revenue"]
    told = tightened(clearing, WORDS, {"revenue": Rung(largest=0.2)}).decisions["revenue"]
    gone = told.withheld - before.withheld
    everybody = clearing.cube.number[()]
    assert gone == before.above(0.2) - before.withheld - {everybody}
    assert gone
    assert told.relieved == gone


def test_a_withheld_figure_is_to_stay_open_by_a_part_of_the_largest_amount() -> None:
    values = np.full(120, 10.0)
    # The first 15 firms are the first group; one of them has nearly all that it has.
    values[0] = 5000.0
    _amounts, told, _levels = read(wave_of(values, weight=1.0))
    keeps = {(one.asked.name, one.domain): one.keeps for one in told.withheld}
    assert max(keep for (name, _domain), keep in keeps.items() if name == "total") == pytest.approx(0.1 * 5000)


def test_columns_of_numbers_are_those_that_hold_one_by_itself() -> None:
    rows = (Option(code="a", text=Text()), Option(code="b", text=Text()))
    columns = (Option(code="x", text=Text()),)
    items = (
        Item(code="one", type=ItemType.MONEY, text=Text()),
        Item(code="parts", type=ItemType.SHARES, text=Text(), rows=rows),
        Item(code="grid", type=ItemType.NUMBER_TABLE, text=Text(), rows=rows, options=columns),
    )
    words = replace(WORDS, questionnaire=asking(*items))
    assert set(columns_of_numbers(words)) == {"one", "parts__a", "parts__b", "grid__a__x", "grid__b__x"}


def test_all_statistics_of_a_column_are_proved(skew: Prepared) -> None:
    clearing = clearing_of(skew, WORDS)
    assert set(provable(clearing, WORDS)) == {"revenue"}
    assert proved_statistics(clearing, WORDS) == {"revenue:mean", "revenue:median:0.5", "revenue:total"}


def test_same_seed_gives_the_same_proof(skew: Prepared) -> None:
    clearing = clearing_of(skew, WORDS)
    effort = AmountEffort(chains=8, looks=1, rounds=1)
    first, again = (prove_amounts(clearing, WORDS, rng(), effort=effort) for _ in range(2))
    assert (first.items, first.failures) == (again.items, again.failures)
