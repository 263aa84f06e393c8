"""What the shipped questionnaire asks of the firm that is asked everything, counted and not timed."""

import json
from dataclasses import replace

from benchmarks.effort import ANSWERS, effort, shipped_questionnaire, taps_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.route import RouteItem, route_of
from survey.instrument.schema import Item, Questionnaire
from survey.terms import ItemType
from tests.instrument.tiny import TODAY, item, options
from tests.shipped import Content

LONGEST = json.loads(ANSWERS.read_text("utf-8"))


def taps(asked: Item, value: object) -> int:
    return taps_of(RouteItem(item=asked, options=asked.options, required=True), {asked.code: value})


def told(questionnaire: Questionnaire) -> tuple[list[str], list[Item], object]:
    """Pages, items and edit rules; lists that are looked up are those of the database."""
    items = [
        replace(part, options=() if kind_of(part).looks_up else part.options) for part in questionnaire.items.values()
    ]
    return list(questionnaire.pages), items, questionnaire.edit_rules


def test_effort_stays_within_its_limits(content: Content) -> None:
    found = effort(content.questionnaire, LONGEST)
    assert (found.taps, found.pages, found.questions) == (109, 15, 67)
    assert found.minutes <= 12


def test_longest_route_asks_every_question(content: Content) -> None:
    assert route_of(content.questionnaire, LONGEST, {}, TODAY).items.keys() == content.questionnaire.items.keys()


def test_fixtures_are_read_as_the_database_compiles_them(content: Content) -> None:
    assert told(shipped_questionnaire()) == told(content.questionnaire)


def test_number_is_a_tap_into_its_field_and_a_key_for_each_digit() -> None:
    assert taps(item("n"), 125) == 4
    assert taps(item("n", prefill="frame_employees"), 125) == 0


def test_choice_is_one_tap_for_each_answer() -> None:
    assert taps(item("s", ItemType.SEVERITY), "4") == 1
    assert taps(item("m", ItemType.MULTIPLE, options=options("a", "b")), ["a", "b"]) == 2
    assert taps(item("r", ItemType.RANKING, options=options("a", "b", "c")), ["c", "a"]) == 2
