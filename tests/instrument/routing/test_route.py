import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.instrument.expressions.evaluation import Scope
from survey.instrument.routing.route import prefilled, route_of
from survey.instrument.schema import Option
from survey.terms import ItemType, Missing
from tests.instrument.strategies import documents, questionnaires
from tests.instrument.tiny import TODAY, item, one_page, options, page, questionnaire, text
from tests.instrument.whole_pages import prune

SKIP = one_page(
    item("uses", ItemType.YES_NO, required="true()"),
    item("cost", ItemType.MONEY, relevant="${uses} = 'yes'", can_estimate=True),
    item("why", ItemType.TEXT, relevant="${cost} > 100", required="${uses} = 'yes'"),
)
PAGES = questionnaire(
    page("first", item("size")),
    page("second", item("more"), relevant="${size} > 1"),
    page("third", item("last")),
)


def asked(form: Any, answers: Any, facts: Any = None) -> Any:
    return list(route_of(form, answers, facts or {}, TODAY).items)


def pages(answers: Any) -> Any:
    return [part.page.code for part in route_of(PAGES, answers, {}, TODAY).pages]


def test_irrelevant_item_is_not_asked() -> None:
    assert asked(SKIP, {}) == ["uses"]
    assert asked(SKIP, {"uses": "yes"}) == ["uses", "cost"]
    assert asked(SKIP, {"uses": "yes", "cost": 200.0}) == ["uses", "cost", "why"]


def test_answer_off_the_route_counts_for_nothing() -> None:
    answers = {"uses": "no", "cost": 200.0, "cost__estimated": True, "why": "x", "stray": 1}
    assert asked(SKIP, answers) == ["uses"]
    assert prune(SKIP, answers, {}, TODAY) == {"uses": "no"}


def test_pruning_keeps_companions_of_kept_answers() -> None:
    answers = {"uses": "yes", "cost": 5.0, "cost__estimated": True}
    assert prune(SKIP, answers, {}, TODAY) == answers
    assert prune(SKIP, {**answers, "cost": "refused"}, {}, TODAY) == {"uses": "yes", "cost": "refused"}


def test_required_is_an_expression() -> None:
    route = route_of(SKIP, {"uses": "yes", "cost": 200.0}, {}, TODAY)
    assert [part.required for part in route.items.values()] == [True, False, True]


def test_rule_on_a_later_item_reads_it_as_unanswered() -> None:
    form = one_page(item("early", relevant="${late} > 1"), item("late"))
    assert asked(form, {"early": 1, "late": 5}) == ["late"]


def test_irrelevant_page_is_passed_over() -> None:
    assert pages({"size": 1}) == ["first", "third"]
    assert pages({"size": 2}) == ["first", "second", "third"]


def test_pages_have_neighbours_on_the_route() -> None:
    route = route_of(PAGES, {"size": 1}, {}, TODAY)
    after, before = route.page_after("first"), route.page_before("third")
    assert after is not None
    assert before is not None
    assert (after.page.code, before.page.code) == ("third", "first")
    assert (route.page_after("third"), route.page_before("first")) == (None, None)
    assert route.page("second") is None


def test_option_is_offered_where_its_rule_holds() -> None:
    big = Option(code="big", text=text("big"), relevant="${frame_employees} > 100")
    form = one_page(item("kind", ItemType.MULTIPLE, options=(*options("any"), big)))
    answers = {"kind": ["any", "big"]}
    assert prune(form, answers, {"frame_employees": 500}, TODAY) == answers
    assert prune(form, answers, {"frame_employees": 5}, TODAY) == {"kind": ["any"]}
    assert prune(form, {"kind": ["big"]}, {}, TODAY) == {}


def test_standard_options_stand_where_an_item_has_none() -> None:
    route = route_of(one_page(item("pain", ItemType.SEVERITY)), {}, {}, TODAY)
    assert [option.code for option in route.items["pain"].options] == ["1", "2", "3", "4", "5"]


def test_missing_code_stays_where_it_is_offered() -> None:
    form = one_page(item("pain", ItemType.SEVERITY, missing=(Missing.NOT_APPLICABLE,)))
    assert prune(form, {"pain": "not_applicable"}, {}, TODAY) == {"pain": "not_applicable"}
    assert prune(form, {"pain": "refused"}, {}, TODAY) == {}


def test_calculation_is_a_value_and_not_a_question() -> None:
    form = one_page(
        item("a"),
        item("double", ItemType.CALCULATION, calculation="${a} * 2"),
        item("b", relevant="${double} > 5"),
    )
    assert asked(form, {"a": 3}) == ["a", "b"]
    assert prune(form, {"a": 3, "double": 99}, {}, TODAY) == {"a": 3, "double": 6}
    assert prune(form, {}, {}, TODAY) == {}


def test_value_calculated_once_stays() -> None:
    form = one_page(item("a"), item("start", ItemType.CALCULATION, calculation="once(${a}) + 1"))
    first = prune(form, {"a": 1}, {}, TODAY)
    assert first == {"a": 1, "start": 2}
    assert prune(form, {**first, "a": 50}, {}, TODAY) == {"a": 50, "start": 2}


def test_item_is_prefilled_from_the_frame() -> None:
    scope = Scope(answers={"a": 2}, facts={"frame_employees": 30}, today=TODAY)
    assert prefilled(item("staff", prefill="frame_employees"), scope) == 30
    assert prefilled(item("staff", prefill="${a} * ${frame_employees}"), scope) == 60
    assert prefilled(item("staff", prefill="frame_nothing"), scope) is None
    assert prefilled(item("staff"), scope) is None


def test_route_cannot_be_changed() -> None:
    route = route_of(SKIP, {"uses": "yes"}, {}, TODAY)
    with pytest.raises(TypeError):
        route.answers["uses"] = "no"  # type: ignore[index]


@given(st.data())
def test_any_route_ends_and_pruning_is_idempotent(data: Any) -> None:
    form = data.draw(questionnaires())
    answers = data.draw(documents(form))
    facts = data.draw(st.sampled_from([{}, {"frame_revenue": 5.0}]))
    pruned = prune(form, answers, facts, TODAY)
    assert prune(form, pruned, facts, TODAY) == pruned
    assert route_of(form, pruned, facts, TODAY) == route_of(form, answers, facts, TODAY)
    assert {key.partition("__")[0] for key in pruned} <= set(form.items)


def calls_for_route_of(count: int) -> int:
    """Functions that are called for the route of a page whose every question waits for the one before."""
    waiting = [
        item(f"i{index}", relevant=f"${{i{index - 1}}} > 0 and coalesce(${{i0}}, 0) >= 1", required="true()")
        for index in range(1, count)
    ]
    form = one_page(item("i0"), *waiting)
    answers = dict.fromkeys(form.items, 1)
    # What is parsed is kept.
    route_of(form, answers, {}, TODAY)
    called, before = list[str](), sys.getprofile()
    sys.setprofile(lambda frame, event, argument: called.append(event) if event == "call" else None)
    try:
        route_of(form, answers, {}, TODAY)
    finally:
        sys.setprofile(before)
    return len(called)


def test_work_for_a_route_grows_with_its_items_alone() -> None:
    """Counted, since what a clock says hangs on what else the machine does."""
    few, many = calls_for_route_of(100), calls_for_route_of(200)
    assert (few < 150 * 100, many < 2.1 * few) == (True, True)
