"""Stored answers in words."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from survey.forms.page.answer_texts import answer_text
from survey.forms.page.wording import Wording
from survey.instrument.kinds.written_numbers import grouped
from survey.instrument.schema import Option, Text
from survey.terms import ItemType
from tests.every_type import EVERY_TYPE

LOOK_UPS = {ItemType.DISTRICT: (Option(code="440305", text=Text("南山区", "Nanshan")),)}
CASES = [
    ("employees", {"employees": 12345}, "12,345 people"),
    ("bill", {"bill": 1234.5, "bill__estimated": True}, "1,234.5 × 10,000 yuan (estimate)"),
    ("bill", {"bill": "refused"}, "Prefer not to say"),
    ("cost", {"cost": "4"}, "Serious"),
    ("place", {"place": "other", "place__other": "Mars"}, "Option other (Mars)"),
    ("protocols", {"protocols": ["modbus", "can"]}, "Option modbus, Option can"),
    ("demands", {"demands": ["c", "a"]}, "1. Option c\n2. Option a"),
    ("mix", {"mix": {"own": 60.0, "rented": 40.0}}, "Option own: 60 %\nOption rented: 40 %"),
    ("racks", {"racks": {"wanted": {"y1": 3.0}}}, "Option wanted, Option y1: 3"),
    ("district", {"district": "440305"}, "Nanshan"),
    ("since", {"since": "2026-03-31"}, "2026-03-31"),
    ("proof", {"proof": "ab12.pdf"}, "Attached file (PDF)"),
    ("remark", {}, ""),
]


@pytest.mark.parametrize(("code", "answers", "expected"), CASES)
def test_answer_reads_in_words(code: str, answers: dict[str, Any], expected: str) -> None:
    with translation.override("en"):
        assert answer_text(EVERY_TYPE.items[code], answers, Wording("en"), LOOK_UPS) == expected


@pytest.mark.parametrize(("number", "expected"), [(1234567, "1,234,567"), (0.5, "0.5"), (3.0, "3"), (-0.0, "0")])
def test_number_is_grouped_without_needless_decimals(number: float, expected: str) -> None:
    assert grouped(number) == expected


def test_figures_of_a_table_have_their_unit_and_the_punctuation_of_the_language() -> None:
    racks = replace(EVERY_TYPE.items["racks"], unit=Text("架", "racks"))
    with translation.override("zh-hans"):
        written = answer_text(racks, {"racks": {"wanted": {"y1": 1300.0}}}, Wording("zh-hans"))
    assert written == "选项 wanted，选项 y1：1,300 架"
