"""Repeats of a fixed number whose questions are of any kind load as one table."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from survey.exchange.xlsform import Reading
from survey.instrument.edits.rules import check_all
from survey.instrument.routing.route import route_of
from survey.terms import ItemType
from tests.exchange.markdown_forms import items

Read = Callable[[str], Reading]


def test_columns_are_of_the_kinds_of_their_questions(read: Read) -> None:
    plant = items(read("small_table"))["plant"]
    assert plant.type is ItemType.TABLE
    assert [row.code for row in plant.rows] == ["r1", "r2"]
    assert [(column.code, column.type, [choice.code for choice in column.choices]) for column in plant.options] == [
        ("pname", ItemType.TEXT, []),
        ("link", ItemType.SINGLE, ["wired", "air"]),
        ("since", ItemType.DATE, []),
        ("staff", ItemType.INTEGER, []),
        ("power", ItemType.DECIMAL, []),
    ]


@pytest.mark.parametrize(
    ("row", "is_met"),
    [
        ({"staff": 5, "power": 5.0, "since": "2026-01-31"}, True),
        ({"pname": "x"}, True),
        ({"since": "2026-02-01"}, False),
        ({"staff": 0}, False),
        ({"staff": 5, "power": 4.0}, False),
    ],
)
def test_rules_of_its_questions_hold_in_each_row(read: Read, row: dict[str, Any], is_met: bool) -> None:
    content = read("small_table").questionnaire
    assert content
    found = check_all(content, {"plant": {"r1": {"pname": "a"}, "r2": row}}, {}, {}, date(2026, 1, 31))
    assert (list(found.hard) == []) is is_met


def test_bare_name_outside_is_the_first_row_and_a_sum_takes_all(read: Read) -> None:
    found = items(read("small_table"))
    assert (found["all"].calculation, found["why"].relevant) == ("sum(${plant__staff})", "${plant__r1__link} = 'air'")
    assert found["why"].text.en == "Why ${plant__r1__pname}?"


@pytest.mark.parametrize(("link", "asked"), [("air", True), ("wired", False)])
def test_condition_on_a_cell_leads_the_route(read: Read, link: str, asked: bool) -> None:
    content = read("small_table").questionnaire
    assert content
    route = route_of(content, {"plant": {"r1": {"link": link}}}, {}, date(2026, 1, 1))
    assert ("why" in {one.item.code for page in route.pages for one in page.items}) is asked


def test_heading_that_shows_an_answer_beside_it_is_asked_entry_by_entry(read: Read) -> None:
    found = items(read("entries_with_titles"))
    assert (found["own_1"].text.en, found["own_2"].text.en) == ("Own ${pname_1}?", "Own ${pname_2}?")


def test_required_questions_are_required_columns(read: Read) -> None:
    content = read("required_columns").questionnaire
    assert content
    plant = content.items["plant"]
    found = check_all(content, {"plant": {"r1": {"pname": "a", "staff": 1}}}, {}, {}, date(2026, 1, 31))
    assert ([column.required for column in plant.options], plant.required) == ([True, False, True], "true()")
    assert [failure.fields for failure in found.hard] == [("plant__r2__pname", "plant__r2__staff")]
