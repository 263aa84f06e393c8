"""What could not be read stays beside the answer, and counts for nothing until it is mended."""

from datetime import date
from typing import Any

from survey.instrument.answers import parse_page
from survey.instrument.document.merging import merge_page
from survey.instrument.document.unread import LONGEST_UNREAD, fields_shown, typed_document, typed_words
from survey.instrument.edits.rules import check_all
from survey.instrument.routing.progress import is_page_complete
from survey.instrument.routing.route import route_of
from tests.every_type import EVERY_TYPE, FIRM

TODAY = date(2026, 3, 31)
EMPLOYEES = FIRM.items[0]


def merged(stored: Any, raw: Any, base: Any, **state: Any) -> Any:
    return merge_page(stored, FIRM, parse_page(FIRM, raw), base=base, is_stale=True, raw=raw, **state)


def failures(answers: Any) -> list[tuple[str, str]]:
    return [(failure.rule, failure.code) for failure in check_all(EVERY_TYPE, answers, {}, {}, TODAY).failures]


def test_text_that_cannot_be_read_stays_beside_the_answer() -> None:
    outcome = merged({"employees": 50}, {"employees": ["many"]}, {"employees": 50})
    assert outcome.answers == {"employees": 50, "employees__raw": {"employees": ["many"]}}


def test_mended_text_is_gone() -> None:
    stored = {"employees": 50, "employees__raw": {"employees": ["many"]}}
    assert merged(stored, {"employees": ["60"]}, stored).answers == {"employees": 60}


def test_every_field_of_the_question_is_kept() -> None:
    raw = {"employees": ["x"], "employees__missing": ["dont_know"], "email": ["a@b.cn"]}
    kept = typed_document(FIRM.items, parse_page(FIRM, raw), raw, {})
    assert kept["employees__raw"] == {"employees": ["x"], "employees__missing": ["dont_know"]}


def test_what_a_database_cannot_hold_is_left_out_and_no_more_than_is_bearable_kept() -> None:
    raw = {"employees": ["\0\ud800" + "x" * (LONGEST_UNREAD + 1)]}
    kept = typed_document(FIRM.items, parse_page(FIRM, raw), raw, {})
    assert kept["employees__raw"] == {"employees": ["x" * LONGEST_UNREAD]}


def test_text_of_a_stale_page_against_a_newer_answer_is_a_conflict() -> None:
    outcome = merged({"employees": 20}, {"employees": ["many"]}, {})
    assert [typed_words(EMPLOYEES, conflict.typed) for conflict in outcome.conflicts] == ["many"]


def test_form_shows_the_text_and_not_the_answer() -> None:
    assert fields_shown(EMPLOYEES, {"employees": 5, "employees__raw": {"employees": ["many"]}}) == {
        "employees": ["many"]
    }
    assert fields_shown(EMPLOYEES, {"employees": 5, "employees__raw": "forged"}) == {"employees": ["5"]}


def test_text_that_cannot_be_read_is_an_error_and_nothing_is_said_of_the_answer_of_before() -> None:
    answers = {"employees": 5000, "has_cloud": "no", "cost": "4"}
    assert failures(answers) == [("v_staff", "edit_rule")]
    unread = {**answers, "employees__raw": {"employees": ["many"]}}
    assert failures(unread) == [("employees__unread", "not_a_number")]


def test_page_with_such_a_text_is_not_complete() -> None:
    answers = {"employees": 20, "has_cloud": "no", "email__raw": {"email": ["nobody"]}}
    route = route_of(EVERY_TYPE, answers, {}, TODAY)
    page = route.page("firm")
    assert page is not None
    assert (is_page_complete(route, page, {"firm"}), route.answers) == (False, {"employees": 20, "has_cloud": "no"})


def test_text_that_nobody_touched_does_not_stand_against_a_colleagues_answer() -> None:
    base = {"employees": 10, "employees__raw": {"employees": ["many"]}}
    outcome = merged({"employees": 20}, {"employees": ["many"]}, base)
    assert (outcome.answers, outcome.conflicts) == ({"employees": 20}, ())


def test_forged_base_never_becomes_an_answer() -> None:
    raw = {"employees": ["many"]}
    outcome = merge_page(
        {"employees": 5}, FIRM, parse_page(FIRM, raw), base={"employees": {"a": 1}}, is_stale=False, raw=raw
    )
    assert outcome.answers["employees"] == 5


def test_own_draft_without_an_answer_is_nobody_elses() -> None:
    outcome = merged({"employees": 1}, {"employees": ["12"]}, {}, sent=({"employees": 1},))
    assert (outcome.answers, outcome.conflicts) == ({"employees": 12}, ())


def test_taking_back_what_an_own_draft_brought_is_a_change() -> None:
    outcome = merged({"employees": 12}, {"employees": ["10"]}, {"employees": 10}, sent=({"employees": 12},))
    assert outcome.answers == {"employees": 10}


def test_own_draft_does_not_hide_a_colleagues_answer() -> None:
    outcome = merged({"employees": 30}, {"employees": ["12"]}, {}, sent=({"employees": 1},))
    assert [conflict.stored for conflict in outcome.conflicts] == [{"employees": 30}]
