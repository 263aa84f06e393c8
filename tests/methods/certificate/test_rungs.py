from dataclasses import replace

import numpy as np

from survey.instrument.plan.frame_numbers import EMPLOYEES
from survey.methods.certificate.certificate import Rung
from survey.methods.certificate.from_clearing import view_of
from survey.methods.certificate.item_questions import column_of
from survey.methods.certificate.outstanding import distances, shares_in_groups
from survey.methods.certificate.rungs import ALONE, steps_of_item, subjects_of_item, tightened
from survey.methods.clearing.clearing import cleared_cube, clearing_of
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


def test_what_is_told_of_an_item_changes_with_its_themes() -> None:
    first = clearing_of(PREPARED, WORDS)
    told = tightened(first, WORDS, {"B1": Rung(steps=1)})
    assert steps_of_item(first, WORDS, "B2") != steps_of_item(told, WORDS, "B2")
    assert steps_of_item(told, WORDS, "B2") == steps_of_item(
        tightened(first, WORDS, {"B1": Rung(steps=1)}), WORDS, "B2"
    )
