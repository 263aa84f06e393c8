"""Waves of amounts of which none changes alone: three parts that make a hundred, and two that a rule adds up."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.instrument.plan.plan import PlannedBlock, Threshold
from survey.instrument.schema import EditRule, Item, Option, Text
from survey.methods.certificate.amount_figures import Amounts, amount_columns
from survey.methods.certificate.amount_proof import columns_together, provable, prove_amounts, question_of, tied_with
from survey.methods.certificate.amount_question import AmountQuestion
from survey.methods.certificate.amount_ties import Tie, ties_of
from survey.methods.certificate.amount_worlds import AmountEffort, amount_worlds
from survey.methods.certificate.certificate import Rung
from survey.methods.certificate.rungs import tightened
from survey.methods.clearing.clearing import Clearing, clear, clearing_of
from survey.methods.production import Prepared, prepare
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import EditLevel, IndicatorKind, ItemType, Presentation
from tests.methods.certificate.wave_and_question import rng
from tests.methods.clearing.surveyed import WORDS, collected
from tests.methods.words import asking

FIRMS = np.full((4, 2), 15)
QUICK = AmountEffort(chains=16, looks=1, rounds=1, aims=24)
CHANCE = np.random.default_rng(5)
PARTS = np.round(100 * CHANCE.dirichlet((5, 4, 3), 120)).T
PARTS[2] = 100 - PARTS[0] - PARTS[1]
HOME, ABROAD = np.round(np.exp(CHANCE.normal(4, 0.4, (2, 120))))
ITEM = Item(
    code="parts",
    type=ItemType.SHARES,
    text=Text("", "Parts"),
    rows=tuple(Option(code=code, text=Text("", code)) for code in "abc"),
)
THREE = ("parts__a", "parts__b", "parts__c")
ADDED = ("home", "abroad", "sales")


def money(code: str) -> Item:
    return Item(code=code, type=ItemType.MONEY, text=Text("", code))


def asked(*items: Item, blocks: tuple[PlannedBlock, ...], rules: tuple[EditRule, ...] = ()) -> Vocabulary:
    """The survey with other questions, and tables of these alone."""
    questionnaire = replace(asking(*items), edit_rules=rules)
    plan = replace(WORDS.plan, scales=(), themes=(), blocks=blocks, threshold=Threshold(firms=10))
    return replace(WORDS, questionnaire=questionnaire, plan=plan)


def table(code: str, kind: IndicatorKind, **more: Any) -> PlannedBlock:
    shape = Presentation.CHOICES if "item" in more else Presentation.HEAT_MAP
    return PlannedBlock(code=code, text=Text("", code), presentation=shape, statistic=kind, **more)


WHOLE = asked(ITEM, blocks=(table("shares", IndicatorKind.MEAN, item="parts"),))
RULE = EditRule(
    code="sum", level=EditLevel.HARD, items=ADDED, condition="${sales} = ${home} + ${abroad}", message=Text("", "Sum")
)
SUM = asked(
    *map(money, ADDED),
    blocks=tuple(
        table(kind.value, kind, rows=ADDED, split="size")
        for kind in (IndicatorKind.MEAN, IndicatorKind.TOTAL, IndicatorKind.MEDIAN)
    ),
    rules=(RULE,),
)
UNTOLD = replace(
    SUM, plan=replace(SUM.plan, blocks=(table("means", IndicatorKind.MEAN, rows=ADDED[:1], split="size"),))
)
VALUES = {
    id(WHOLE): dict(zip(THREE, PARTS, strict=True)),
    id(SUM): dict(zip(ADDED, (HOME, ABROAD, HOME + ABROAD), strict=True)),
    id(UNTOLD): dict(zip(ADDED, (HOME, ABROAD, HOME + ABROAD), strict=True)),
}
NAMES = {"parts of a whole": WHOLE, "a whole and its parts": SUM, "a part of what is not told": UNTOLD}


def wave_of(words: Vocabulary, **other: np.ndarray) -> Prepared:
    return prepare(collected(FIRMS, items={}, values={**VALUES[id(words)], **other}), words)


def told(words: Vocabulary) -> Clearing:
    """As little of errors is told as on the first rung, by which most columns are proved."""
    clearing = clearing_of(wave_of(words), words)
    return tightened(clearing, words, {column: Rung(digits=1) for column in provable(clearing, words)})


def asked_of(clearing: Clearing, words: Vocabulary) -> AmountQuestion:
    amounts = Amounts.of(clearing, words)
    [tie] = ties_of(amounts.reported, words, 0.1)
    columns = amount_columns(clearing)
    return question_of(amounts, words, {one: amounts.told(one, columns.get(one, ())) for one in tie.columns}, tie)


def test_parts_of_a_whole_and_what_a_rule_adds_up_are_tied() -> None:
    found = {name: ties_of(wave_of(words).extract, words, 0.1) for name, words in NAMES.items()}
    assert found["parts of a whole"] == [Tie(columns=dict.fromkeys(THREE, ITEM), is_whole=True)]
    assert [tuple(one.columns) for one in found["a whole and its parts"]] == [ADDED]
    assert [one.is_whole for one in found["a whole and its parts"]] == [False]


def test_a_rule_that_leaves_numbers_free_ties_none() -> None:
    free = replace(SUM.questionnaire, edit_rules=(replace(RULE, condition="${home} <= ${sales} + ${abroad}"),))
    assert ties_of(wave_of(SUM).extract, replace(SUM, questionnaire=free), 0.1) == []


def test_columns_that_are_tied_are_proved_again_together() -> None:
    clearing = told(SUM)
    assert tied_with(clearing, SUM, "home") == frozenset(ADDED)
    free = replace(SUM, questionnaire=replace(SUM.questionnaire, edit_rules=()))
    assert tied_with(clearing, free, "home") == {"home"}


def test_columns_that_are_tied_climb_together() -> None:
    assert columns_together(told(WHOLE), WHOLE) == [THREE]
    assert columns_together(told(SUM), SUM) == [ADDED]


@pytest.mark.parametrize("name", NAMES)
def test_what_adds_up_adds_up_in_every_answer_that_a_firm_could_have_given(name: str) -> None:
    words = NAMES[name]
    question = asked_of(told(words), words)
    assert question.sensitive.any(axis=1).tolist() == {
        "a part of what is not told": [True, True, False, False, False, False]
    }.get(name, [True] * 6)
    for firm in range(0, 120, 10):
        for answer in np.flatnonzero(question.given.possible[firm]).tolist():
            world = question.truth.copy()
            world[firm] = answer
            values = [one[0, firm] for one in question.reported(world[None, :]).values()]
            assert min(values) >= 0
            if words is WHOLE:
                assert sum(values) == pytest.approx(100)
            else:
                assert values[2] == pytest.approx(values[0] + values[1])


@pytest.mark.parametrize("name", NAMES)
def test_a_walk_of_tied_columns_begins_at_all_that_is_told(name: str) -> None:
    question = asked_of(told(NAMES[name]), NAMES[name])
    assert question.worlds(np.ones((1, 120), bool)).off.sum() == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_world_of_tied_columns_gives_the_whole_cube(name: str) -> None:
    words = NAMES[name]
    clearing = clearing_of(wave_of(words), words)
    question = asked_of(clearing, words)
    worlds = np.concatenate(amount_worlds(question, QUICK, rng()).worlds)
    truth = clear(wave_of(words), words).to_dict()
    assert len(worlds) > 5
    chosen = worlds[:: max(len(worlds) // 3, 1)]
    for k in range(len(chosen)):
        values = {column: one[0] for column, one in question.reported(chosen[k : k + 1]).items()}
        assert any((one != VALUES[id(words)][column]).any() for column, one in values.items())
        assert clear(wave_of(words, **values), words).to_dict() == truth


def test_all_columns_that_are_told_are_proved_at_once() -> None:
    for words, columns in ((WHOLE, THREE), (UNTOLD, ADDED[:1])):
        found = prove_amounts(told(words), words, rng(), effort=AmountEffort(chains=16, rounds=3, aims=96))
        assert tuple(one.item for one in found.items) == columns
        assert sum(one.served for one in found.items) > 0.8 * sum(one.answers for one in found.items) > 0


def test_parts_that_a_condition_reads_are_left_out() -> None:
    asks = replace(WHOLE.questionnaire, edit_rules=(replace(RULE, condition="${parts__a} > 5"),))
    words = replace(WHOLE, questionnaire=asks)
    assert set(provable(told(WHOLE), WHOLE)) == set(THREE)
    assert provable(told(WHOLE), words) == {}
