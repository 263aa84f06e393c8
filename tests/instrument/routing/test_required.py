"""An answer may be required under a condition: then it must be given, and only then."""

from typing import Any

import pytest

from survey.instrument.edits.rules import check_all, check_page
from survey.instrument.routing.route import route_of
from survey.terms import ItemType
from tests.instrument.tiny import TODAY, item, one_page

FORM = one_page(
    item("uses", ItemType.YES_NO),
    item("why", ItemType.TEXT, required="${uses} = 'no'"),
    item("staff", required="${frame_employees} > 100"),
)
LARGE, SMALL = {"frame_employees": 500}, {"frame_employees": 5}
CASES: list[tuple[dict[str, Any], dict[str, int], list[str]]] = [
    ({}, SMALL, []),
    ({"uses": "yes"}, SMALL, []),
    ({"uses": "no"}, SMALL, ["why"]),
    ({"uses": "yes"}, LARGE, ["staff"]),
    ({"uses": "no"}, LARGE, ["why", "staff"]),
    ({"uses": "no", "why": "dear", "staff": 7}, LARGE, []),
]


@pytest.mark.parametrize(("answers", "facts", "missed"), CASES)
def test_answer_is_missed_where_its_condition_holds(
    answers: dict[str, Any], facts: dict[str, int], missed: list[str]
) -> None:
    found = check_all(FORM, answers, facts, {}, TODAY)
    assert [failure.rule for failure in found.blocking] == [f"{code}__required" for code in missed]


@pytest.mark.parametrize(("answers", "facts", "missed"), CASES)
def test_page_misses_the_same_answers_as_the_whole(
    answers: dict[str, Any], facts: dict[str, int], missed: list[str]
) -> None:
    page = next(iter(FORM.pages))
    found = check_page(FORM, page, answers, facts, {}, TODAY)
    assert [failure.rule for failure in found.blocking] == [f"{code}__required" for code in missed]


def test_route_marks_as_required_what_its_condition_says() -> None:
    route = route_of(FORM, {"uses": "no"}, SMALL, TODAY)
    assert {code: asked.required for code, asked in route.items.items()} == {
        "uses": False,
        "why": True,
        "staff": False,
    }
