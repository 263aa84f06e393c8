"""Scales have an order and fit their items; themes gather items of one scale of which a step is marked."""

from dataclasses import replace
from typing import Any

from survey.instrument.plan.known import Known
from survey.instrument.plan.lint_scales import scale_findings, theme_findings
from survey.instrument.plan.plan import AnalysisPlan
from tests.instrument.plan.small import DEMAND, FRAME, PLAN, QUESTIONNAIRE, TREND


def known(plan: AnalysisPlan) -> Known:
    return Known(questionnaire=QUESTIONNAIRE, plan=plan, frame=FRAME)


def of_scale(**changes: Any) -> list[tuple[str, str]]:
    """Code and value of what is found of another scale in its place."""
    plan = replace(PLAN, scales=(replace(TREND, **changes),))
    return [(one.code, one.value) for one in scale_findings(known(plan))]


def of_theme(plan: AnalysisPlan = PLAN, **changes: Any) -> list[tuple[str, str]]:
    asked = known(replace(plan, themes=(replace(DEMAND, **changes),)))
    return [(one.code, one.value) for one in theme_findings(asked)]


def test_order_of_the_options_of_an_item_is_free() -> None:
    assert of_scale(steps=tuple(reversed(TREND.steps))) == []


def test_single_step_has_no_order_and_fits_no_item() -> None:
    assert of_scale(steps=TREND.steps[:1]) == [
        ("scale_without_order", "1"),
        ("scale_other_options", "orders"),
        ("scale_other_options", "stocks"),
    ]


def test_marked_step_has_to_be_one_of_the_scale() -> None:
    assert of_scale(marked=("up", "higher")) == [("marked_unknown", "higher")]


def test_item_that_is_not_asked_is_told_and_nothing_else_of_it() -> None:
    assert of_scale(items=("orders", "sales")) == [("plan_unknown_item", "sales")]


def test_item_on_two_scales_is_told_with_the_other_one() -> None:
    plan = replace(PLAN, scales=(TREND, replace(TREND, code="again", items=("orders",))))
    twice = [one for one in scale_findings(known(plan)) if one.code == "scale_item_twice"]
    assert [(one.place.code, one.value, dict(one.parameters)["other"]) for one in twice] == [
        ("trend", "orders", "again"),
    ]


def test_theme_without_a_scale_is_not_told_that_its_items_are_off_it() -> None:
    assert of_theme(scale="mood") == [("plan_unknown_scale", "mood")]


def test_theme_of_a_scale_without_a_mark_would_belong_to_no_firm() -> None:
    assert of_theme(replace(PLAN, scales=(replace(TREND, marked=()),))) == [("theme_without_mark", "trend")]


def test_each_item_of_a_theme_is_asked_on_its_scale() -> None:
    assert of_theme(items=("orders", "exports", "sales")) == [
        ("theme_off_scale", "exports"),
        ("plan_unknown_item", "sales"),
    ]
