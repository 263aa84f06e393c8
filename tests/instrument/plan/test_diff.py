"""What differs between two plans."""

from dataclasses import replace

import pytest

from survey.instrument.diff import ChangeKind, Difference
from survey.instrument.plan.diff import diff_plans
from survey.instrument.plan.plan import NO_PLAN, AnalysisPlan, IndexPart, MethodNote, Threshold
from survey.instrument.schema import Text
from tests.instrument.plan.small import DEMAND, EXPORTS, INDEX, INDICATORS, PLAN, SECTOR, TABLES, TREND

NOTE = MethodNote(text=Text("说明", "Note"), paragraph=Text("文字", "Words"))


def changed(part: str, code: str, field: str, old: str, new: str) -> Difference:
    return Difference(kind=ChangeKind.CHANGED, part=part, code=code, field=field, old=old, new=new)


def test_equal_plans_have_no_differences() -> None:
    assert diff_plans(PLAN, PLAN) == ()


def test_new_plan_adds_every_part_of_it() -> None:
    added = [(change.kind, change.part, change.code) for change in diff_plans(NO_PLAN, AnalysisPlan(scales=(TREND,)))]
    assert added == [(ChangeKind.ADDED, "scale", "trend")]


@pytest.mark.parametrize(
    ("new", "change"),
    [
        (replace(PLAN, themes=()), Difference(kind=ChangeKind.REMOVED, part="theme", code="demand", old="需求")),
        (replace(PLAN, groups=(EXPORTS, SECTOR)), Difference(kind=ChangeKind.MOVED, part="group", code="by_exports", field="order")),
        (replace(PLAN, themes=(replace(DEMAND, text=Text("需求", "Orders")),)),
         changed("theme", "demand", "text.en", "Demand", "Orders")),
        (replace(PLAN, blocks=(replace(TABLES[0], split=""), *TABLES[1:])),
         changed("table", "ranked", "split", "sector", "")),
        (replace(PLAN, scales=(replace(TREND, marked=("up", "same")),)),
         changed("scale", "trend", "marked", "up", "up same")),
        (replace(PLAN, threshold=Threshold(firms=5)), changed("threshold", "", "firms", "10", "5")),
        (replace(PLAN, names={"orders": Text("订单", "Demand")}),
         changed("name", "orders", "text.en", "Orders", "Demand")),
        (replace(PLAN, row_text=Text("", "a problem")), changed("plan", "row_text", "text.en", "", "a problem")),
        (replace(PLAN, notes=(NOTE,)), Difference(kind=ChangeKind.ADDED, part="note", code="1", new="说明")),
    ],
)  # fmt: skip
def test_difference_is_told_with_its_place(new: AnalysisPlan, change: Difference) -> None:
    assert diff_plans(PLAN, new) == (change,)


def test_parts_of_an_index_are_written_with_their_weights() -> None:
    index = replace(INDEX, parts=(IndexPart(indicator="new_orders", weight=1.0),))
    (change,) = diff_plans(PLAN, replace(PLAN, indicators=(*INDICATORS[:-1], index)))
    assert (change.old, change.new) == ("new_orders 0.7; stock_index 0.3 True", "new_orders 1")
