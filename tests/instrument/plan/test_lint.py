"""What is found in an analysis plan before it is published."""

from dataclasses import replace
from typing import Any

import pytest

from survey.instrument.lint.catalogue import ENTRIES
from survey.instrument.lint.plan_entries import PLAN_ENTRIES
from survey.instrument.plan.default import FRAME_GROUPS
from survey.instrument.plan.lint import lint_plan
from survey.instrument.plan.plan import (
    NO_PLAN,
    AnalysisPlan,
    Group,
    GroupClass,
    IndexPart,
    Reference,
    Scale,
    Step,
    Theme,
    Threshold,
)
from survey.instrument.plan.weighting import FilledItem, StatedShare, WeighedDown, Weighting
from survey.instrument.schema import Text
from survey.terms import GroupSource, IndicatorKind, Presentation
from survey.weighting_terms import CalibrationMethod, EligibilityRule
from tests.instrument.plan.small import (
    DEMAND,
    EXPORTS,
    FRAME,
    INDEX,
    INDICATORS,
    PLAN,
    QUESTIONNAIRE,
    SECTOR,
    TABLES,
    TREND,
    indicator,
    table,
)

NAME = Text("名", "Name")
WEIGHTS = ("weighting", "")
STATED = Weighting(
    eligibility=EligibilityRule.STATED,
    stated=(StatedShare(within="small", share=0.7), StatedShare(share=0.9)),
    reason=NAME,
    filled=(FilledItem(item="turnover"),),
    weighed_down=(WeighedDown(item="turnover", limit=5.0),),
)
SHARE, MEAN = IndicatorKind.SHARE, IndicatorKind.MEAN


def found(plan: AnalysisPlan) -> list[tuple[str, tuple[str, str], str, str]]:
    """Code, place, field and value of every finding."""
    return [
        (one.code, (one.place.kind, one.place.code), one.place.field, one.value)
        for one in lint_plan(plan, QUESTIONNAIRE, FRAME)
    ]


def scaled(**changes: Any) -> AnalysisPlan:
    """The plan with another first scale."""
    return replace(PLAN, scales=(replace(TREND, **changes), *PLAN.scales[1:]))


def themed(**changes: Any) -> AnalysisPlan:
    return replace(PLAN, themes=(replace(DEMAND, **changes),))


def measured(code: str, kind: IndicatorKind, **parts: object) -> AnalysisPlan:
    """The plan with one more indicator."""
    return replace(PLAN, indicators=(*INDICATORS, indicator(code, kind, **parts)))


def indexed(*parts: IndexPart) -> AnalysisPlan:
    """The plan with other parts of its index, and a balance to make one of."""
    balance = indicator("order_balance", IndicatorKind.BALANCE, item="orders")
    return replace(PLAN, indicators=(*INDICATORS[:-1], balance, replace(INDEX, parts=parts)))


def grouped(**changes: Any) -> AnalysisPlan:
    return replace(PLAN, groups=(replace(SECTOR, **changes), EXPORTS))


def tabled(code: str, statistic: IndicatorKind, presentation: Presentation, **parts: object) -> AnalysisPlan:
    """The plan with one more table."""
    return replace(PLAN, blocks=(*TABLES, table(code, statistic, presentation, **parts)))


def part(indicator: str, weight: float, inverted: bool = False) -> IndexPart:
    return IndexPart(indicator=indicator, weight=weight, inverted=inverted)


def weighted(**changed: Any) -> AnalysisPlan:
    return replace(PLAN, weighting=replace(STATED, **changed))


ONE_STEP = (Step(code="up", text=NAME, score=1),)
UNSCORED = tuple(replace(step, score=None) for step in TREND.steps)
ALL_IN_ONE = (GroupClass(code="all", text=NAME, values=("B", "C")),)


def crossed(*crossings: tuple[str, str]) -> AnalysisPlan:
    """The plan with groups of every frame beside its own, and with these pairs of groups."""
    return replace(PLAN, groups=(*PLAN.groups, *FRAME_GROUPS[:2]), crossings=crossings)


WRONG = [
    (scaled(steps=ONE_STEP), "scale_without_order", ("scale", "trend"), "steps", "1"),
    (scaled(steps=(*TREND.steps, *ONE_STEP)), "plan_code_twice", ("scale", "trend"), "steps", "up"),
    (scaled(marked=("higher",)), "marked_unknown", ("scale", "trend"), "marked", "higher"),
    (scaled(marked_text=Text()), "marked_without_words", ("scale", "trend"), "marked_text", ""),
    (scaled(items=("orders", "stocks", "sales")), "plan_unknown_item", ("scale", "trend"), "items", "sales"),
    (scaled(items=("orders", "stocks", "exports")), "scale_other_options", ("scale", "trend"), "items", "exports"),
    (replace(PLAN, scales=(TREND, replace(TREND, code="again", items=("orders",)))),
     "scale_item_twice", ("scale", "trend"), "items", "orders"),
    (replace(PLAN, scales=(TREND, Scale(code="idle", text=NAME, items=(), steps=TREND.steps))),
     "scale_unused", ("scale", "idle"), "items", ""),
    (themed(scale="mood"), "plan_unknown_scale", ("theme", "demand"), "scale", "mood"),
    (themed(items=()), "theme_empty", ("theme", "demand"), "items", ""),
    (themed(items=("sales",)), "plan_unknown_item", ("theme", "demand"), "items", "sales"),
    (themed(items=("exports",)), "theme_off_scale", ("theme", "demand"), "items", "exports"),
    (scaled(marked=()), "theme_without_mark", ("theme", "demand"), "scale", "trend"),
    (themed(code="staff"), "plan_code_of_item", ("theme", "staff"), "code", "staff"),
    (themed(code="new_orders"), "plan_code_twice", ("indicator", "new_orders"), "code", "new_orders"),
    (themed(code="new orders"), "plan_code_form", ("theme", "new orders"), "code", "new orders"),
    (themed(text=Text()), "plan_no_text", ("theme", "demand"), "text", ""),
    (themed(text=Text("需求")), "missing_translation", ("theme", "demand"), "text", "en"),
    (scaled(steps=(replace(TREND.steps[0], text=Text("", "Up")), *TREND.steps[1:])),
     "missing_translation", ("scale", "trend"), "text", "zh"),
    (measured("x", SHARE, options=("yes",)), "indicator_without_item", ("indicator", "x"), "item", ""),
    (measured("x", SHARE, item="sales", options=("a",)), "plan_unknown_item", ("indicator", "x"), "item", "sales"),
    (measured("x", SHARE, item="exports"), "indicator_without_options", ("indicator", "x"), "options", ""),
    (measured("x", SHARE, item="exports", options=("si",)), "plan_unknown_option", ("indicator", "x"), "options", "si"),
    (measured("x", SHARE, item="exports", options=("yes",), base=("no",)),
     "indicator_outside_base", ("indicator", "x"), "base", "yes"),
    (measured("x", SHARE, item="staff", options=("1",)), "indicator_not_closed", ("indicator", "x"), "item", "staff"),
    (measured("x", MEAN, item="exports"), "indicator_not_a_number", ("indicator", "x"), "item", "exports"),
    (measured("x", IndicatorKind.RATIO, item="staff"),
     "indicator_without_denominator", ("indicator", "x"), "denominator", ""),
    (measured("x", IndicatorKind.RATIO, item="staff", denominator="remark"),
     "indicator_not_a_number", ("indicator", "x"), "denominator", "remark"),
    (measured("x", IndicatorKind.BALANCE, item="exports"),
     "indicator_without_scale", ("indicator", "x"), "item", "exports"),
    (scaled(steps=UNSCORED), "scale_without_scores", ("indicator", "new_orders"), "item", "trend"),
    (measured("x", MEAN, item="staff", reference=Reference(value=9, text=NAME)),
     "reference_without_source", ("indicator", "x"), "reference", "9"),
    (indexed(), "index_without_parts", ("indicator", "pmi"), "parts", ""),
    (indexed(part("new_orders", 0.7), part("stock_index", 0.2)),
     "index_weights", ("indicator", "pmi"), "parts", "0.9"),
    (indexed(part("new_orders", 1.2), part("stock_index", -0.2)),
     "index_weight", ("indicator", "pmi"), "parts", "-0.2"),
    (indexed(part("new_orders", 0.7), part("sales", 0.3)),
     "plan_unknown_indicator", ("indicator", "pmi"), "parts", "sales"),
    (indexed(part("new_orders", 0.7), part("mean_staff", 0.3)),
     "index_part_kind", ("indicator", "pmi"), "parts", "mean_staff"),
    (indexed(part("new_orders", 0.7), part("order_balance", 0.3)),
     "index_mixed", ("indicator", "pmi"), "parts", ""),
    (indexed(part("order_balance", 1, inverted=True)),
     "index_balance_inverted", ("indicator", "pmi"), "parts", "order_balance"),
    (grouped(variable="colour"), "group_unknown_variable", ("group", "sector"), "variable", "colour"),
    (grouped(source=GroupSource.ITEM, variable="sales"),
     "plan_unknown_item", ("group", "sector"), "variable", "sales"),
    (grouped(source=GroupSource.ITEM, variable="remark"),
     "group_item_open", ("group", "sector"), "variable", "remark"),
    (grouped(source=GroupSource.ITEM, variable="causes"),
     "group_item_open", ("group", "sector"), "variable", "causes"),
    (grouped(classes=SECTOR.classes[:1]), "group_value_left_out", ("group", "sector"), "classes", "C"),
    (grouped(classes=(*SECTOR.classes, *ALL_IN_ONE)), "group_value_twice", ("group", "sector"), "classes", "B"),
    (grouped(classes=(*SECTOR.classes, GroupClass(code="more", text=NAME, values=("Z",)))),
     "group_value_unknown", ("group", "sector"), "classes", "Z"),
    (grouped(classes=(*SECTOR.classes, replace(SECTOR.classes[0], values=()))),
     "plan_code_twice", ("group", "sector"), "classes", "mining"),
    (crossed(("size", "age")), "plan_unknown_group", ("plan", ""), "crossings", "age"),
    (crossed(("size", "by_exports")), "crossing_of_answers", ("plan", ""), "crossings", "by_exports"),
    (crossed(("industry", "sector")), "crossing_of_one_variable", ("plan", ""), "crossings", "industry × sector"),
    (crossed(("size", "sector"), ("sector", "size")), "crossing_twice", ("plan", ""), "crossings", "sector × size"),
    (tabled("t", SHARE, Presentation.CHOICES), "table_empty", ("table", "t"), "rows", ""),
    (tabled("t", SHARE, Presentation.CHOICES, item="sales"), "plan_unknown_item", ("table", "t"), "item", "sales"),
    (tabled("t", SHARE, Presentation.RANKING, rows=("orders",), scale="mood"),
     "plan_unknown_scale", ("table", "t"), "scale", "mood"),
    (tabled("t", MEAN, Presentation.HEAT_MAP, rows=("staff",), split="age"),
     "plan_unknown_group", ("table", "t"), "split", "age"),
    (tabled("t", SHARE, Presentation.RANKING, rows=("sales",)), "plan_unknown_row", ("table", "t"), "rows", "sales"),
    (tabled("t", SHARE, Presentation.RANKING, rows=("orders",)),
     "table_without_base", ("table", "t"), "rows", "orders"),
    (tabled("t", MEAN, Presentation.INDICATORS, rows=("orders",)), "table_row_kind", ("table", "t"), "rows", "orders"),
    (tabled("t", MEAN, Presentation.INDICATORS, rows=("pmi",)), "table_row_kind", ("table", "t"), "rows", "pmi"),
    (tabled("t", MEAN, Presentation.INDICATORS, rows=("staff",), ordered_by="best"),
     "plan_unknown_table", ("table", "t"), "ordered_by", "best"),
    (tabled("t", MEAN, Presentation.INDICATORS, rows=("staff",), ordered_by="themes"),
     "order_without_ranking", ("table", "t"), "ordered_by", "themes"),
    (replace(PLAN, names={"sales": NAME}), "name_unused", ("name", "sales"), "", "sales"),
    (replace(PLAN, filters={"${a} = 1": NAME}), "filter_unused", ("filter", "${a} = 1"), "", "${a} = 1"),
    (replace(PLAN, threshold=Threshold(firms=2)), "threshold_low", ("threshold", ""), "firms", "2"),
    (replace(PLAN, threshold=Threshold(p=0)), "threshold_range", ("threshold", ""), "p", "0"),
    (replace(PLAN, threshold=Threshold(dominant=0)), "threshold_range", ("threshold", ""), "dominant", "0"),
    (replace(PLAN, threshold=Threshold(dominant=21)), "threshold_range", ("threshold", ""), "dominant", "21"),
    (weighted(stated=()), "weighting_no_share", WEIGHTS, "stated", ""),
    (weighted(stated=(StatedShare(share=1.5),)), "weighting_share_range", WEIGHTS, "stated", "1.5"),
    (weighted(stated=(StatedShare(), StatedShare())), "weighting_class_twice", WEIGHTS, "stated", ""),
    (weighted(reason=Text("", "")), "weighting_no_reason", WEIGHTS, "reason", ""),
    (weighted(least_answers=1), "weighting_least_answers", WEIGHTS, "least_answers", "1"),
    (weighted(largest_factor=1.0), "weighting_times", WEIGHTS, "largest_factor", "1"),
    (weighted(largest_weight=0.5), "weighting_times", WEIGHTS, "largest_weight", "0.5"),
    (weighted(margins=()), "weighting_no_margin", WEIGHTS, "margins", ""),
    (weighted(calibration=CalibrationMethod.POSTSTRATIFY), "weighting_one_margin", WEIGHTS, "margins", "2"),
    (weighted(low=1.5), "weighting_bounds", WEIGHTS, "low", "1.5 – 3"),
    (weighted(filled=(FilledItem(item="orders"),)), "weighting_no_number", WEIGHTS, "filled", "orders"),
    (weighted(weighed_down=(WeighedDown(item="staff"),) * 2), "weighting_item_twice", WEIGHTS, "weighed_down", "staff"),
    (weighted(weighed_down=(WeighedDown(item="staff", limit=-1),)),
     "weighting_limit", WEIGHTS, "weighed_down", "-1"),
]  # fmt: skip


def test_sound_plan_has_no_findings() -> None:
    assert found(PLAN) == []
    assert found(weighted()) == []


def test_plan_without_content_has_no_findings() -> None:
    assert found(NO_PLAN) == []


@pytest.mark.parametrize(("plan", "code", "place", "field", "value"), WRONG)
def test_wrong_plan_is_found_with_its_place(
    plan: AnalysisPlan, code: str, place: tuple[str, str], field: str, value: str
) -> None:
    assert (code, place, field, value) in found(plan)


def test_every_finding_about_plans_has_an_example() -> None:
    assert {code for _, code, *_ in WRONG} - {"missing_translation"} == set(PLAN_ENTRIES)


@pytest.mark.parametrize(("plan", "code", "place", "field", "value"), WRONG)
def test_finding_says_what_to_do(plan: AnalysisPlan, code: str, place: tuple[str, str], field: str, value: str) -> None:
    for finding in lint_plan(plan, QUESTIONNAIRE, FRAME):
        assert "%(" not in finding.message() + finding.repair()
        assert finding.weight is ENTRIES[finding.code].weight


def test_weights_in_thirds_add_up() -> None:
    assert found(indexed(part("new_orders", 0.333), part("stock_index", 0.333), part("exporting", 0.334))) == []


def test_values_of_a_frame_that_is_not_known_are_not_checked() -> None:
    plan = grouped(classes=SECTOR.classes[:1])
    assert lint_plan(plan, QUESTIONNAIRE, {"industry": ()}) == ()


def test_table_may_name_a_derived_group_and_scale() -> None:
    plan = AnalysisPlan(blocks=(table("t", MEAN, Presentation.HEAT_MAP, rows=("staff",), split="size"),))
    assert found(plan) == []


def test_theme_of_another_scale_is_told_by_its_items() -> None:
    asked = Theme(code="t", text=NAME, scale="trend", items=("orders", "exports"))
    assert found(replace(PLAN, themes=(asked,), blocks=())) == [("theme_off_scale", ("theme", "t"), "items", "exports")]


def test_group_by_an_answer_is_checked_against_its_options() -> None:
    classes = (GroupClass(code="one", text=NAME, values=("yes",)),)
    group = Group(code="sector", text=NAME, source=GroupSource.ITEM, variable="exports", classes=classes)
    assert found(replace(PLAN, groups=(group,))) == [("group_value_left_out", ("group", "sector"), "classes", "no")]
