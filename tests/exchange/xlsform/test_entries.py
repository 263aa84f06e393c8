"""Repeats of questions of any kind: asked entry by entry, as often as the form says."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from survey.exchange.xlsform import Reading
from survey.instrument.routing.route import Route, route_of
from survey.terms import ItemType
from tests.exchange.markdown_forms import items

TWO = {"plant_more_1": "yes", "staff_1": 30, "own_1": "yes", "plant_more_2": "yes", "staff_2": 200, "own_2": "no"}


@pytest.fixture
def route(read: Callable[[str], Reading]) -> Callable[[dict[str, Any]], Route]:
    """What is asked of the form with entries, given some answers."""
    content = read("entries").questionnaire
    assert content
    return lambda answers: route_of(content, answers, {}, date(2026, 1, 1))


def asked(route: Route) -> list[str]:
    return [entry.item.code for page in route.pages for entry in page.items]


def test_entry_keeps_the_kinds_and_rules_of_its_questions(read: Callable[[str], Reading]) -> None:
    found = items(read("entries"))
    parts = [found[f"{name}_2"] for name in ("pname", "own", "since", "staff")]
    assert [(part.type, part.relevant, part.constraint) for part in parts] == [
        (ItemType.TEXT, "", ""),
        (ItemType.SINGLE, "", ""),
        (ItemType.DATE, "${own_2} = 'yes'", ". <= today()"),
        (ItemType.INTEGER, "", ". > 0"),
    ]
    assert found["own_2"].text.en == "Own ${pname_2}?"


def test_open_repeat_asks_before_each_entry(route: Callable[[dict[str, Any]], Route]) -> None:
    assert asked(route({}))[0:2] == ["plant_more_1", "k"]
    assert asked(route(TWO))[:10] == [
        *("plant_more_1", "pname_1", "own_1", "since_1", "staff_1", "plant_more_2"),
        *("pname_2", "own_2", "staff_2", "plant_more_3"),
    ]


def test_what_has_no_room_is_asked_in_words(route: Callable[[dict[str, Any]], Route]) -> None:
    everything = {f"plant_more_{number}": "yes" for number in range(1, 11)}
    assert ("plant_further" in asked(route(everything)), "plant_further" in asked(route(TWO))) == (True, False)
    assert ("child_further" in asked(route({"k": 11})), "child_further" in asked(route({"k": 10}))) == (True, False)


def test_counted_repeat_has_as_many_entries_as_were_said(route: Callable[[dict[str, Any]], Route]) -> None:
    assert [code for code in asked(route({"k": 2})) if code.startswith("cname")] == ["cname_1", "cname_2"]


def test_title_that_shows_later_answers_is_the_name_of_the_repeat(read: Callable[[str], Reading]) -> None:
    content = read("entries").questionnaire
    assert content
    pages = {page.code: page.title.en for section in content.sections for page in section.pages}
    assert pages["child_2"] == "child (2)"


def test_repeat_within_a_repeat_is_asked_in_each_entry(route: Callable[[dict[str, Any]], Route]) -> None:
    expected = [f"chief_{line}_{shift}" for line in (1, 2, 3) for shift in (1, 2)]
    assert [code for code in asked(route({})) if code.startswith("chief")] == expected


def test_table_within_a_repeat_is_asked_in_each_entry(read: Callable[[str], Reading]) -> None:
    found = items(read("entries"))
    tables = [found[f"tool_{line}"] for line in (1, 2, 3)]
    assert [(table.type, len(table.rows), len(table.options)) for table in tables] == [(ItemType.TABLE, 2, 1)] * 3


def test_rules_outside_read_all_entries_and_those_inside_their_neighbours(
    route: Callable[[dict[str, Any]], Route],
) -> None:
    answers = route(TWO).answers
    names = ("total", "plants", "large", "no_2", "before_2")
    assert {name: answers.get(name) for name in names} == {
        "total": 230,
        "plants": 2,
        "large": 1,
        "no_2": 2,
        "before_2": 30,
    }
