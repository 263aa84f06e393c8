"""Who skipped a question that the route led to, by its columns and those that follow from it."""

from dataclasses import replace

import numpy as np
import pytest

from survey.instrument.plan.plan import AnalysisPlan, Indicator, Theme
from survey.instrument.schema import Item, Option, Text
from survey.methods.asking import STATES, state_name
from survey.methods.coding import CHOSEN, NOT_CHOSEN
from survey.methods.extract import Coded, Extract
from survey.methods.production import Parameters, prepare, produce
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.tables.derived import with_derived
from survey.methods.tables.narrowed import with_shares_of_all
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.skipped import with_skips
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import IndicatorKind, ItemType, Missing
from tests.methods.tables.test_narrowed import NAMED, answered
from tests.methods.words import PLAN, WORDS, asking, severity

OPTIONS = (Option(code="a", text=Text("", "A")), Option(code="b", text=Text("", "B")))
SEVERAL = Item(code="several", type=ItemType.MULTIPLE, text=Text("", "Several"), options=OPTIONS)
STEPS = ("1", "5", "dont_know")


def skips(extract: Extract, words: Vocabulary) -> dict[str, list[int]]:
    """By column the rows of those that skipped."""
    derived = with_shares_of_all(with_derived(extract, words), planned_tables(words), words)
    return {name: np.flatnonzero(mask).tolist() for name, mask in with_skips(derived, words).skipped.items()}


def extract(rows: int, **columns: Coded | np.ndarray) -> Extract:
    items = {name: one for name, one in columns.items() if isinstance(one, Coded)}
    values = {name: one for name, one in columns.items() if not isinstance(one, Coded)}
    return Extract(stratum=np.zeros(rows, int), strata=("h",), weight=np.ones(rows), items=items, values=values)


def coded(codes: list[int], labels: tuple[str, ...]) -> Coded:
    return Coded(np.array(codes), labels)


def test_firm_led_past_a_question_did_not_skip_it_and_one_that_left_the_filter_open_was_not_asked() -> None:
    found = extract(4, has=coded([0, 0, 1, -1], ("yes", "no")), kind=coded([0, -1, -1, -1], ("a", "b")))
    of_all = {"kind#a#of_all": [1, 3], "kind#b#of_all": [1, 3]}
    assert skips(found, NAMED) == {"has": [3], "kind": [1], **of_all}


def test_number_is_skipped_where_it_was_asked_or_refused_and_not_where_it_does_not_apply() -> None:
    words = replace(
        NAMED, questionnaire=asking(Item(code="cost", type=ItemType.MONEY, text=Text())), plan=AnalysisPlan()
    )
    states = ["answered", "unanswered", "refused", "dont_know", "not_applicable", "not_asked"]
    column = coded([STATES.index(one) for one in states], STATES)
    found = extract(6, cost=np.array([1.0, *[np.nan] * 5]), **{state_name("cost"): column})
    assert skips(found, words) == {"cost": [1, 2, 3]}


def test_options_of_a_question_are_skipped_together_and_with_an_indicator_of_them() -> None:
    indicator = Indicator(code="any", text=Text(), kind=IndicatorKind.SHARE, item="several", options=("a", "b"))
    words = replace(NAMED, questionnaire=asking(SEVERAL), plan=AnalysisPlan(indicators=(indicator,)))
    labels = (NOT_CHOSEN, CHOSEN)
    found = extract(3, several__a=coded([1, 0, -1], labels), several__b=coded([0, 1, -1], labels))
    assert skips(found, words) == {"several__a": [2], "several__b": [2], "any": [2]}


def test_question_whose_silence_may_mean_that_it_does_not_apply_counts_nobody() -> None:
    item = replace(SEVERAL, missing=(Missing.NOT_APPLICABLE,))
    words = replace(NAMED, questionnaire=asking(item), plan=AnalysisPlan())
    assert skips(extract(2, several__a=coded([1, -1], (NOT_CHOSEN, CHOSEN))), words) == {}


def test_theme_is_skipped_where_its_open_answers_leave_it_undecided() -> None:
    """5 decides whatever is missing; "don't know" and a gap beside 1 leave it open."""
    words = replace(
        WORDS,
        questionnaire=asking(severity("B1", "Cost"), severity("B2", "Skills")),
        plan=AnalysisPlan(
            scales=PLAN.scales, themes=(Theme(code="t", text=Text(), scale="severity", items=("B1", "B2")),)
        ),
    )
    found = extract(4, B1=coded([1, 0, 0, 0], STEPS), B2=coded([-1, -1, 2, 0], STEPS))
    assert skips(found, words) == {"B1": [], "B2": [0, 1], "t": [1, 2]}


def test_published_share_of_firms_taken_whole_has_the_error_of_what_they_skipped() -> None:
    """Of 60 asked 40 said A and 10 B: (1 - 50/60) p (1 - p)/49 with p = 0.8."""
    collected = answered(60, 40)
    kind = collected.items["kind"].codes.copy()
    kind[40:50] = -1
    items = {**collected.items, "kind": Coded(kind, collected.items["kind"].labels)}
    whole = replace(collected, items=items, design_weight=np.ones(100))
    parameters = Parameters(DisclosureRule(threshold=10, show_unreliable=True))
    cell = produce(prepare(whole, NAMED, parameters), NAMED, planned_tables(NAMED))["kinds"].cell("a", "all")
    assert cell.estimate == pytest.approx(0.8)
    assert cell.se == pytest.approx(np.sqrt(10 / 60 * 0.8 * 0.2 / 49))
