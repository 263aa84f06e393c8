from typing import Any

import numpy as np
import pytest

from survey.methods.certificate import climbing, rungs
from survey.methods.certificate.amount_proof import ProvedAmounts
from survey.methods.certificate.certificate import Certificate, Failure, ItemProof, Proof, Rung
from survey.methods.certificate.certified import clear_certified
from survey.methods.certificate.from_clearing import figures_shown_otherwise, view_of
from survey.methods.certificate.rungs import cleared_again, tightened
from survey.methods.certificate.worlds import Effort
from survey.methods.clearing.clearing import cleared_cube, clearing_of, states_of
from survey.methods.clearing.differences import EarlierCut
from tests.methods.certificate.wave_and_question import rng
from tests.methods.clearing.surveyed import WORDS, prepared

PREPARED = prepared(np.full((4, 2), 15))
QUICK = Effort(chains=16, looks=2, returns=1, rounds=20, halves=2, aims=2)
NOTHING = Effort(chains=1, looks=1, returns=0, rounds=0, halves=0, aims=0)
"""By which nothing is proved."""


def test_an_item_of_which_nothing_is_told_less_has_no_rung_in_its_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for rung in (Rung(apart=100.0), Rung(steps=1)):
        monkeypatch.setattr(rungs, "RUNGS", (rung,))
        monkeypatch.setattr(rungs, "AMOUNT_RUNGS", (Rung(),))
        made.append(clear_certified(PREPARED, WORDS, rng(), seed=7, effort=NOTHING, rounds=0))
    assert [one.certificate.coarser for one in made] == [{}, {"B1": Rung(steps=1), "B2": Rung(steps=1)}]
    assert made[0].cube.to_dict() == cleared_cube(clearing_of(PREPARED, WORDS)).to_dict()


def test_a_certificate_leads_to_the_same_figures_again() -> None:
    made = clear_certified(PREPARED, WORDS, rng(), seed=7, effort=QUICK, rounds=1)
    again = cleared_again(PREPARED, WORDS, made.certificate.coarser)
    assert made.cube.to_dict() == again.to_dict()
    [amounts] = [one for one in made.certificate.items if one.is_amount]
    assert (amounts.item, amounts.answers, made.certificate.outside) == ("revenue", 240, ())
    assert amounts.served > 200


def test_certificate_counts_what_an_earlier_cut_told_otherwise() -> None:
    clearing = clearing_of(PREPARED, WORDS)
    states = states_of(PREPARED, WORDS)
    earlier = EarlierCut(cube=cleared_cube(clearing), states=states)
    made = clear_certified(PREPARED, WORDS, rng(), seed=7, before=[earlier], effort=NOTHING)
    assert made.certificate.coarser
    told = tightened(clearing_of(PREPARED, WORDS, [earlier]), WORDS, made.certificate.coarser)
    # Some stayed finer than their item is told now, by which they are as they were and no longer proved.
    stayed = view_of(told, made.cube).left
    assert stayed > 0
    assert made.certificate.left == stayed + figures_shown_otherwise(made.cube, [earlier.cube]) > stayed


def test_item_whose_theme_is_told_less_is_proved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A share of 6 % in steps of 2 % lies between 5 and 7, in steps of 5 % between 2.5 and 7.5 or beyond 7.5."""
    asked: list[Any] = []

    def proved(*_view: Any, only: Any, effort: Any, **_how: Any) -> Certificate:
        failures = () if asked or not only else (Failure(proof=Proof.WORLD, item="B1"),)
        asked.extend([only] if only else [])
        items = tuple(ItemProof(item=one, answers=9, served=9, assumed=0, worlds=1, withheld=0, kept=0, ratio=1.0)
                      for one in only)  # fmt: skip
        return Certificate(firms=9, cuts=1, seed=1, limit=20.0, effort=QUICK, items=items, failures=failures)

    monkeypatch.setattr(climbing, "certify", proved)
    monkeypatch.setattr(climbing, "prove_amounts", lambda *_wave, **_how: ProvedAmounts(items=[], failures=[]))
    monkeypatch.setattr(rungs, "RUNGS", (Rung(), Rung(steps=1)))
    made = clear_certified(PREPARED, WORDS, rng(), seed=7)
    assert [set(one) for one in asked] == [{"B1", "B2"}, {"B1", "B2"}]
    assert made.certificate.holds
    assert [one.item for one in made.certificate.items] == ["B1", "B2"]
