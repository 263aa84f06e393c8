from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.instrument.plan.frame_numbers import EMPLOYEES
from survey.methods.certificate import certified
from survey.methods.certificate.amount_proof import ProvedAmounts
from survey.methods.certificate.answered import Answered
from survey.methods.certificate.certificate import Certificate, Failure, ItemProof, Proof, Rung
from survey.methods.certificate.certified import (
    ALONE,
    clear_certified,
    cleared_again,
    failing_items,
    items_together,
    joined,
    steps_of_item,
    subjects_of_item,
    telling_of,
    tightened,
)
from survey.methods.certificate.from_clearing import figures_shown_otherwise, view_of
from survey.methods.certificate.item_questions import column_of
from survey.methods.certificate.outstanding import distances, shares_in_groups
from survey.methods.certificate.worlds import Effort
from survey.methods.clearing.clearing import cleared_cube, clearing_of, states_of
from survey.methods.clearing.differences import EarlierCut
from survey.methods.clearing.steps import LADDER
from survey.methods.production import prepare
from survey.terms import IndicatorKind, Presentation
from tests.methods.certificate.wave_and_question import rng
from tests.methods.clearing.surveyed import WORDS, collected, prepared
from tests.methods.words import block

FIRMS = np.full((4, 2), 15)
PREPARED = prepared(FIRMS)
LIMIT = 0.3
"""Of how far a firm may stand out: in a wave of 120 firms of much the same weight some do by more."""
QUICK = Effort(chains=16, looks=2, returns=1, rounds=20, halves=2, aims=2)
NOTHING = Effort(chains=1, looks=1, returns=0, rounds=0, halves=0, aims=0)
"""By which nothing is proved."""


def test_an_item_is_told_in_coarser_steps_in_every_group_and_so_are_its_themes() -> None:
    clearing = clearing_of(PREPARED, WORDS)
    told = tightened(clearing, WORDS, {"B1": Rung(steps=1)})
    everybody = clearing.cube.number[()]
    steps = [(one.decisions[code].steps[everybody]) for code in ("B1", "core_theme", "B2") for one in (clearing, told)]
    assert steps == [0.02, 0.05, 0.02, 0.05, 0.02, 0.02]


def test_what_was_withheld_before_keeps_the_step_of_before() -> None:
    clearing = clearing_of(PREPARED, WORDS)
    decision = tightened(clearing, WORDS, {"B1": Rung(steps=1)}).decisions["B1"]
    everybody = clearing.cube.number[()]
    assert (decision.keeps(everybody), decision.steps[everybody]) == (0.02, 0.05)
    assert clearing.decisions["B1"].keeps(everybody) == 0.02


def test_past_the_last_step_an_item_is_told_of_all_firms_alone() -> None:
    told = tightened(clearing_of(PREPARED, WORDS), WORDS, {"B1": Rung(steps=ALONE)})
    assert len(told.decisions["B1"].withheld) == len(told.cube.domains) - 1
    assert told.cube.number[()] not in told.decisions["B1"].withheld


def test_groups_in_which_two_firms_weigh_much_go_first() -> None:
    clearing = clearing_of(PREPARED, WORDS)
    heaviest = clearing.decisions["B1"].heaviest
    limit = float(np.median(heaviest))
    told = tightened(clearing, WORDS, {"B1": Rung(heaviest=limit)})
    gone = told.decisions["B1"].withheld - clearing.decisions["B1"].withheld
    assert gone == set(np.flatnonzero(heaviest > limit).tolist()) - clearing.decisions["B1"].withheld
    assert gone
    assert told.decisions["core_theme"].withheld >= gone
    view = view_of(told, cleared_cube(told))
    keeps = {
        one.keeps for one in view.withheld() if column_of(one.asked) == "B1" and told.cube.number[one.domain] in gone
    }
    assert keeps == {0.0}
    assert told.decisions["B2"].withheld == clearing.decisions["B2"].withheld


def test_items_that_failed_are_those_that_could_be_proved_if_less_were_told() -> None:
    failures = tuple(Failure(proof=Proof.WORLD, item=item, part=part) for item, part in (("b", "x"), ("b", "y")))
    told = Failure(proof=Proof.COVERED, item="a", number=60)
    made = Certificate(firms=60, cuts=1, seed=1, limit=20.0, effort=QUICK, items=(), failures=(told, *failures))
    assert failing_items(made) == ["b"]


def test_steps_are_as_wide_as_the_heaviest_firms_of_a_group_are_heavy() -> None:
    clearing = clearing_of(PREPARED, WORDS)
    told = tightened(clearing, WORDS, {"B1": Rung(width=1.0)})
    steps, heaviest = told.decisions["B1"].steps, clearing.decisions["B1"].heaviest
    assert steps.tolist() == [
        next(one for one in LADDER if one >= max(step, heavy) - 1e-12)
        for step, heavy in zip(clearing.decisions["B1"].steps.tolist(), heaviest.tolist(), strict=True)
    ]
    assert told.decisions["B1"].steps.sum() > clearing.decisions["B1"].steps.sum()
    assert told.decisions["B1"].withheld == clearing.decisions["B1"].withheld


def test_groups_of_firms_that_stand_out_are_told_less() -> None:
    clearing = clearing_of(PREPARED, WORDS)
    told = tightened(clearing, WORDS, {"B1": Rung(apart=LIMIT)}).decisions["B1"]
    before = clearing.decisions["B1"]
    answered = clearing.estimates.prepared.extract.items["B1"].codes >= 0
    shares = shares_in_groups(clearing.cube, answered, clearing.estimates.prepared.extract.weight)
    is_told = [k for k in range(len(before.steps)) if k not in told.withheld and shares[:, k].any()]
    assert distances(shares[:, is_told], told.steps[is_told]).max() <= LIMIT + 1e-5
    assert (told.steps > before.steps).any()
    assert told.relieved == told.withheld - before.withheld
    assert clearing.cube.number[()] not in told.withheld


def test_groups_told_less_by_firms_are_told_less_by_the_size_of_these_firms_where_a_rung_says_so() -> None:
    by_employees = replace(
        block("staff", Presentation.HEADLINE, ("core_theme",)), statistic=IndicatorKind.EMPLOYEE_SHARE, scale="",
        ordered_by="",
    )  # fmt: skip
    words = replace(WORDS, plan=replace(WORDS.plan, blocks=(*WORDS.plan.blocks, by_employees)))
    employees = rng().uniform(50, 60, int(FIRMS.sum()))
    wave = collected(FIRMS, values={**collected(FIRMS).values, EMPLOYEES: employees})
    clearing = clearing_of(prepare(wave, words), words)
    (by_size,) = [code for code in clearing.decisions if code.startswith("core_theme@")]
    without, told = (
        tightened(clearing, words, {"B1": Rung(apart=LIMIT, sizes=sizes)}).decisions for sizes in (False, True)
    )
    before = clearing.decisions[by_size]
    assert (without[by_size].withheld, without[by_size].steps.tolist()) == (before.withheld, before.steps.tolist())
    gone = told["core_theme"].relieved - before.withheld
    assert gone
    assert told[by_size].relieved == before.relieved | gone
    assert told[by_size].withheld == before.withheld | gone
    assert (told[by_size].steps >= told["core_theme"].steps).all()


def test_an_item_is_told_by_itself_and_its_themes() -> None:
    clearing = clearing_of(PREPARED, WORDS)
    assert sorted(subjects_of_item(clearing.decisions, WORDS, "B1")) == ["B1", "core_theme"]


def test_items_that_move_one_column_climb_together_and_others_by_themselves() -> None:
    def moving(item: str, *follow: str) -> Answered:
        nothing = np.zeros((1, 1), np.intp)
        return Answered(item=item, columns=(item,), codes=nothing, truth=nothing[0], follow=frozenset(follow))

    found = items_together([moving("a", "one"), moving("b", "two"), moving("c"), moving("d", "one", "two")])
    assert found == [("c",), ("a", "b", "d")]


def test_an_item_of_which_nothing_is_told_less_has_no_rung_in_its_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for rung in (Rung(apart=100.0), Rung(steps=1)):
        monkeypatch.setattr(certified, "RUNGS", (rung,))
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


def test_what_was_proved_again_takes_the_place_of_what_failed() -> None:
    items = [ItemProof(item=one, answers=9, served=n, assumed=0, worlds=1, withheld=0, kept=0, ratio=1.0)
             for one, n in (("a", 9), ("b", 8), ("b", 9))]  # fmt: skip
    failure = Failure(proof=Proof.WORLD, item="b")
    first, again = (
        Certificate(firms=9, cuts=1, seed=1, limit=20.0, effort=QUICK, items=tuple(one), failures=tuple(failed))
        for one, failed in ((items[:2], [failure]), (items[2:], []))
    )
    found = joined(first, again, {"b"})
    assert found.holds
    assert found.items == (items[0], items[2])


def test_tables_that_tell_of_an_item_are_those_of_its_themes_too() -> None:
    clearing = clearing_of(PREPARED, WORDS)
    told = telling_of(clearing, WORDS, {"B1"})
    view, part = (view_of(each, cleared_cube(each)) for each in (clearing, told))
    about = {one.statistic for one in view.figures if column_of(one.asked) in {"B1", "core_theme", "core_theme#of_all"}}
    assert about
    assert about <= {one.statistic for one in part.figures}
    assert len(told.planned) < len(clearing.planned)


def test_table_of_another_item_tells_of_this_one_where_both_move_a_theme() -> None:
    blocks = (*WORDS.plan.blocks, block("second", Presentation.RANKING, rows=("B2",)))
    of_theme = replace(WORDS, plan=replace(WORDS.plan, blocks=blocks))
    alone = replace(of_theme, plan=replace(of_theme.plan, themes=(), blocks=blocks[1:]))
    for words, tells in ((of_theme, True), (alone, False)):
        clearing = clearing_of(PREPARED, words)
        assert "second" in {plan.code for plan in clearing.planned}
        assert ("second" in {plan.code for plan in telling_of(clearing, words, {"B1"}).planned}) is tells


def test_what_is_told_of_an_item_changes_with_its_themes() -> None:
    first = clearing_of(PREPARED, WORDS)
    told = tightened(first, WORDS, {"B1": Rung(steps=1)})
    assert steps_of_item(first, WORDS, "B2") != steps_of_item(told, WORDS, "B2")
    assert steps_of_item(told, WORDS, "B2") == steps_of_item(
        tightened(first, WORDS, {"B1": Rung(steps=1)}), WORDS, "B2"
    )


def test_item_whose_theme_is_told_less_is_proved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A share of 6 % in steps of 2 % lies between 5 and 7, in steps of 5 % between 2.5 and 7.5 or beyond 7.5."""
    asked: list[Any] = []

    def proved(*_view: Any, only: Any, effort: Any, **_how: Any) -> Certificate:
        failures = () if asked or not only else (Failure(proof=Proof.WORLD, item="B1"),)
        asked.extend([only] if only else [])
        items = tuple(ItemProof(item=one, answers=9, served=9, assumed=0, worlds=1, withheld=0, kept=0, ratio=1.0)
                      for one in only)  # fmt: skip
        return Certificate(firms=9, cuts=1, seed=1, limit=20.0, effort=QUICK, items=items, failures=failures)

    monkeypatch.setattr(certified, "certify", proved)
    monkeypatch.setattr(certified, "prove_amounts", lambda *_wave, **_how: ProvedAmounts(items=[], failures=[]))
    monkeypatch.setattr(certified, "RUNGS", (Rung(), Rung(steps=1)))
    made = clear_certified(PREPARED, WORDS, rng(), seed=7)
    assert [set(one) for one in asked] == [{"B1", "B2"}, {"B1", "B2"}]
    assert made.certificate.holds
    assert [one.item for one in made.certificate.items] == ["B1", "B2"]
