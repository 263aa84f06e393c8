"""Two designers with one part of the plan open: what was typed belongs to the part that it was typed for."""

import pytest
from django.utils import translation

from survey.instrument.plan.plan import AnalysisPlan, MethodNote, Threshold
from survey.instrument.schema import Option, Text
from survey.views.design.plan_stale import both_values, known_as, place_of

PARTS = [Option(code=code, text=Text(code, code)) for code in ("a", "b", "c")]


@pytest.mark.parametrize(
    ("place", "name", "now"),
    [
        (1, "b", 1),
        # Somebody took out one before it, or moved it.
        (2, "b", 1),
        (0, "c", 2),
        (9, "a", 0),
        (1, "gone", None),
        # A page that names no part is of the time before parts had names.
        (1, "", 1),
        (3, "", None),
    ],
)
def test_part_is_found_by_its_name_wherever_it_stands_now(place: int, name: str, now: int | None) -> None:
    assert place_of(PARTS, place, name) == now


def test_note_is_known_by_its_heading() -> None:
    note = MethodNote(text=Text("标题", "Heading"), paragraph=Text("一段", "Paragraph"))
    assert (known_as(note), known_as(PARTS[0])) == ("标题", "a")


def test_both_values_of_what_differs_stand_side_by_side() -> None:
    stored, typed = (AnalysisPlan(threshold=Threshold(firms=firms)) for firms in (5, 7))
    with translation.override("en"):
        [line] = both_values(stored, typed)
        assert (line.stored, line.typed) == ("5", "7")
        assert both_values(stored, stored) == []
