"""Themes worked by hand: a firm counts where its answers decide, and firms are weighed by their employees."""

from dataclasses import replace

import numpy as np
import pytest

from survey.instrument.plan.frame_numbers import EMPLOYEES, REVENUE
from survey.instrument.plan.plan import Group
from survey.instrument.schema import Item, Text
from survey.methods.asking import STATES, state_name
from survey.methods.collected import Collected
from survey.methods.extract import Coded, Extract
from survey.methods.production import prepare, produce
from survey.methods.tables.derived import REST, with_derived
from survey.methods.tables.table import Statistic
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import GroupSource, IndicatorKind, ItemType, Presentation
from tests.methods.test_production import EVERYTHING_SHOWN, seven_firms
from tests.methods.words import PLAN, WORDS, asking, block, tables

STEPS = (*"12345", "not_applicable", "dont_know")


def column(*answers: str) -> Coded:
    return Coded(np.array([STEPS.index(one) if one else -1 for one in answers]), STEPS)


def theme(first: Coded, second: Coded, asked_second: list[str] | None = None) -> list[int]:
    rows = len(first.codes)
    items = {"B1": first, "B2": second}
    if asked_second:
        items[state_name("B2")] = Coded(np.array([STATES.index(one) for one in asked_second]), STATES)
    groups = {name: Coded(np.zeros(rows, int), ("x",)) for name in ("industry", "size")}
    extract = Extract(stratum=np.zeros(rows, int), strata=("h",), weight=np.ones(rows), items=items, domains=groups)
    return list(map(int, with_derived(extract, WORDS).items["core_theme"].codes))


def test_theme_counts_a_firm_only_if_its_answers_decide() -> None:
    """One mark decides; none is known where both are answered; one unmarked and one open is outside the base."""
    assert theme(column("5", "1", "1", ""), column("", "2", "", "")) == [1, 0, -1, -1]


def test_dont_know_leaves_a_theme_open() -> None:
    assert theme(column("1", "4"), column("dont_know", "dont_know")) == [-1, 1]


def test_item_that_does_not_apply_leaves_nothing_open() -> None:
    assert theme(column("1", "not_applicable"), column("not_applicable", "not_applicable")) == [0, -1]


def test_item_that_was_not_asked_leaves_nothing_open() -> None:
    assert theme(column("1", "1"), column("", ""), ["not_asked", "unanswered"]) == [0, -1]


def weighed(kind: IndicatorKind) -> Vocabulary:
    """Words with a table of the theme and one of the marked items."""
    of_theme = replace(block("sized", Presentation.INDICATORS, ("core_theme",)), scale="", ordered_by="")
    of_items = replace(block("items", Presentation.INDICATORS), ordered_by="")
    blocks = tuple(replace(one, statistic=kind) for one in (of_theme, of_items))
    return replace(WORDS, plan=replace(PLAN, blocks=(*PLAN.blocks, *blocks)))


def sized_firms() -> Collected:
    sizes = {EMPLOYEES: np.array([100.0, 10, 5, 5, 20]), REVENUE: np.array([1.0, 2, 3, 4, 5])}
    return replace(seven_firms(), values=sizes)


def test_share_of_employees_counts_firms_by_their_size() -> None:
    """Weights 4, 4, 2, 2, 2; the theme holds in all firms but the last: (400 + 40 + 10 + 10) / 500."""
    words = weighed(IndicatorKind.EMPLOYEE_SHARE)
    made = produce(prepare(sized_firms(), words, EVERYTHING_SHOWN), words, tables(words, "sized", "core"))
    cell = made["sized"].cell("core_theme", "all")
    assert made["sized"].spec.statistic is Statistic.EMPLOYEE_SHARE
    assert cell.estimate is not None
    assert cell.estimate == pytest.approx(460 / 500)
    assert made["core"].cell("core_theme", "all").estimate == pytest.approx(12 / 14)
    assert cell.ci_low is not None
    assert cell.ci_high is not None
    assert 0 < cell.ci_low < cell.estimate < cell.ci_high < 1


def test_share_of_revenue_of_marked_steps_keeps_the_base_of_the_item() -> None:
    """B2: 5, 5, does not apply, 1, 1: (4 + 8) / (4 + 8 + 8 + 10)."""
    words = weighed(IndicatorKind.REVENUE_SHARE)
    table = produce(prepare(sized_firms(), words, EVERYTHING_SHOWN), words, tables(words, "items"))["items"]
    assert table.cell("B2", "4+5").estimate == pytest.approx(12 / 30)


def test_share_of_employees_that_few_firms_make_up_is_withheld() -> None:
    words = weighed(IndicatorKind.EMPLOYEE_SHARE)
    rule = replace(EVERYTHING_SHOWN.protection, dominance=0.2)
    prepared = prepare(sized_firms(), words, replace(EVERYTHING_SHOWN, protection=rule))
    assert produce(prepared, words, tables(words, "items"))["items"].cell("B1", "4+5").is_withheld


def test_group_by_an_answer_has_those_that_gave_it_and_a_rest_of_those_that_gave_none() -> None:
    """Answers yes, no, none, yes, and that of a firm out of scope, which is in no group."""
    uses = Group(code="uses_it", text=Text("", "Uses it"), source=GroupSource.ITEM, variable="uses")
    item = Item(code="uses", type=ItemType.YES_NO, text=Text("", "Uses"))
    words = replace(
        WORDS, plan=replace(PLAN, groups=(uses,), blocks=(block("by_use", Presentation.HEAT_MAP, split="uses_it"),))
    )
    words = replace(words, questionnaire=asking(*words.questionnaire.items.values(), item))
    items = {item: column(*"11111") for item in ("B1", "B2")}
    items["uses"] = Coded(np.array([0, 1, -1, 0, 0]), ("yes", "no"))
    extract = Extract(stratum=np.zeros(5, int), strata=("h",), weight=np.ones(5), items=items, respondents=4)
    found = with_derived(extract, words).domains["uses_it"]
    assert (found.codes.tolist(), found.labels) == ([0, 1, 2, 0, -1], ("yes", "no", REST))
