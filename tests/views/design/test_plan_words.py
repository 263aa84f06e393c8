"""Parts of a plan in one line each."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils.translation import override

from survey.complaints import Place
from survey.instrument.lint.catalogue import finding
from survey.instrument.plan.known import Known
from survey.instrument.plan.plan import MethodNote
from survey.instrument.schema import Text
from survey.terms import IndicatorKind
from survey.views.design.plan_words import ABOUT, PLAN_PARTS, part_line, plan_complaint_line, table_line
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
)

KNOWN = Known(questionnaire=QUESTIONNAIRE, plan=PLAN, frame=FRAME)


@pytest.mark.parametrize(
    ("kind", "part", "about"),
    [
        ("scale", TREND, "up ✓ – same – down · 2 items"),
        ("scale", replace(TREND, items=("orders",), marked=()), "up – same – down · 1 item"),
        ("theme", DEMAND, "trend: orders · at the head"),
        ("theme", replace(DEMAND, is_headline=False, items=tuple("abcdefg")), "trend: a, b, c, d, e, f …"),
        ("indicator", INDEX, "Index of weighted parts · 0.7 new_orders + 0.3 −stock_index · reference 50"),
        ("indicator", INDICATORS[4], "Ratio of totals · turnover / staff"),
        ("indicator", indicator("a", IndicatorKind.SHARE, item="b", options=("x", "y")), "Share of firms · b = x, y"),
        ("group", SECTOR, "frame: industry · Mining / Manufacturing"),
        ("group", EXPORTS, "answer: exports"),
        ("note", MethodNote(text=Text("", "N"), paragraph=Text("", "p" * 121)), "p" * 119 + "…"),
        ("note", MethodNote(text=Text("", "N"), paragraph=Text("", "p" * 120)), "p" * 120),
    ],
)
@override("en")
def test_part_is_said_in_one_line(kind: str, part: Any, about: str) -> None:
    assert part_line(kind, part, "en") == {"code": getattr(part, "code", ""), "name": part.text.en, "about": about}


@override("en")
def test_every_kind_of_part_that_is_listed_has_its_line() -> None:
    assert ABOUT.keys() <= PLAN_PARTS.keys()
    assert ABOUT["table"](TABLES[0], "en").split(" · ")[2:] == ["orders, stocks", "by sector"]


@override("en")
def test_table_says_its_rows_and_its_group() -> None:
    ranked, chosen = (table_line(one, KNOWN, "en") for one in (TABLES[0], TABLES[3]))
    assert (ranked["rows"], ranked["split"], ranked["title"]) == (2, "Sector", "ranked")
    assert (chosen["rows"], chosen["split"]) == (2, "")


@override("en")
def test_table_without_a_title_is_called_by_its_item() -> None:
    assert table_line(replace(TABLES[3], text=Text()), KNOWN, "en")["title"] == "causes"
    assert table_line(replace(TABLES[0], text=Text(), split="age"), KNOWN, "en")["title"] == "ranked"
    assert table_line(replace(TABLES[0], split="age"), KNOWN, "en")["split"] == "age"


@override("en")
def test_finding_names_the_kind_of_the_part_before_its_code() -> None:
    wrong = finding("theme_empty", ("theme", "demand"), "items", "")
    line = plan_complaint_line(wrong)
    assert line.place.startswith("Theme demand")
    other = replace(wrong, place=Place(kind="item", code="orders"))
    assert not plan_complaint_line(other).place.startswith("Theme")
