"""Two people on one page: what is taken, what stays, what is asked."""

from typing import Any

import pytest

from survey.instrument.answers import parse_page
from survey.instrument.document.merging import Conflict, merge_page
from tests.every_type import CHOICES, FIRM


def merged(stored: Any, typed: Any, base: Any, is_stale: bool = True, page: Any = FIRM) -> Any:
    raw = {name: [value] for name, value in typed.items()}
    return merge_page(stored, page, parse_page(page, raw), base=base, is_stale=is_stale)


def test_fresh_page_replaces_its_answers_and_no_others() -> None:
    assert merged({"employees": 1, "cost": "2"}, {"employees": "3"}, {"employees": 1}, is_stale=False).answers == {
        "cost": "2",
        "employees": 3,
    }


def test_emptied_field_removes_the_answer() -> None:
    assert merged({"employees": 1}, {}, {"employees": 1}, is_stale=False).answers == {}


@pytest.mark.parametrize(
    ("stored", "typed", "base", "answers", "conflicts"),
    [
        ({"employees": 2}, {"employees": "1"}, {"employees": 1}, {"employees": 2}, 0),
        ({"employees": 1}, {"employees": "3"}, {"employees": 1}, {"employees": 3}, 0),
        ({"employees": 3}, {"employees": "3"}, {"employees": 1}, {"employees": 3}, 0),
        ({"employees": 2}, {"employees": "3"}, {"employees": 1}, {"employees": 2}, 1),
        ({"employees": 2}, {"employees": "3"}, {}, {"employees": 2}, 1),
        ({"employees": 2}, {}, {"employees": 1}, {"employees": 2}, 1),
        ({}, {"employees": "3"}, {"employees": 1}, {}, 1),
        ({"employees": 2}, {"employees": "3"}, None, {"employees": 2}, 1),
        ({}, {"employees": "3"}, {}, {"employees": 3}, 0),
    ],
)
def test_stale_page_never_overwrites_a_newer_answer(
    stored: Any, typed: Any, base: Any, answers: Any, conflicts: Any
) -> None:
    outcome = merged(stored, typed, base)
    assert (outcome.answers, len(outcome.conflicts)) == (answers, conflicts)


def test_conflict_holds_both_answers() -> None:
    outcome = merged({"employees": 2}, {"employees": "3"}, {"employees": 1})
    assert outcome.conflicts == (Conflict(item="employees", stored={"employees": 2}, typed={"employees": 3}),)


def test_companion_alone_is_a_difference() -> None:
    stored = {"place": "other", "place__other": "Mars"}
    outcome = merged(stored, {"place": "other", "place__other": "Venus"}, {"place": "home"}, page=CHOICES)
    assert [conflict.item for conflict in outcome.conflicts] == ["place"]


def test_other_items_of_a_stale_page_are_saved() -> None:
    outcome = merged({"employees": 2}, {"employees": "3", "email": "a@b.cn"}, {"employees": 1})
    assert outcome.answers == {"employees": 2, "email": "a@b.cn"}


def test_refused_input_keeps_the_stored_answer() -> None:
    assert merged({"employees": 2}, {"employees": "many"}, {"employees": 2}, is_stale=False).answers == {"employees": 2}
