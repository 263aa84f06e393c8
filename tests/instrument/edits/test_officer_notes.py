"""Notes of an officer as edits of the response that was sent back."""

from datetime import date
from typing import Any

from survey.instrument.edits.officer_notes import OfficerNotes, without_replies
from survey.instrument.edits.rules import check_all, check_page
from survey.instrument.routing.route import route_of
from tests.every_type import EVERY_TYPE

TODAY = date(2026, 3, 31)
SENT = {"employees": 20, "has_cloud": "no", "cost": "4"}


def standing(answers: dict[str, Any], notes: OfficerNotes, **reasons: str) -> list[str]:
    report = check_all(EVERY_TYPE, answers, {}, reasons, TODAY, notes=notes)
    return [failure.rule for failure in report.verify]


def test_note_stands_until_its_answer_is_changed() -> None:
    notes = OfficerNotes(about={"employees": "Really 20?"}, returned=SENT)
    assert standing(SENT, notes) == ["employees__note"]
    assert standing({**SENT, "cost": "3"}, notes) == ["employees__note"]
    assert standing({**SENT, "employees": 21}, notes) == []


def test_note_is_settled_by_a_reason_and_by_no_phrase() -> None:
    notes = OfficerNotes(about={"employees": "Really 20?"}, returned=SENT)
    assert standing(SENT, notes, employees__note="核实无误") == ["employees__note"]
    assert standing(SENT, notes, employees__note="#season") == []


def test_each_note_needs_an_answer_of_its_own() -> None:
    notes = OfficerNotes(about={"employees": "?", "cost": "?"}, whole="See below.", returned=SENT)
    assert standing({**SENT, "cost": "3"}, notes) == ["employees__note"]


def test_return_as_a_whole_stands_until_anything_is_changed_or_explained() -> None:
    notes = OfficerNotes(whole="Please look again.", returned=dict(route_of(EVERY_TYPE, SENT, {}, TODAY).answers))
    assert standing(SENT, notes) == ["__note"]
    assert standing({**SENT, "cost": "3"}, notes) == []
    assert standing(SENT, notes, __note="停产") == []


def test_page_checks_the_notes_at_its_own_questions() -> None:
    notes = OfficerNotes(about={"employees": "?", "cost": "?"}, returned=SENT)
    report = check_page(EVERY_TYPE, "firm", SENT, {}, {}, TODAY, notes=notes)
    assert [failure.items for failure in report.verify] == [("employees",)]


def test_replies_of_a_return_before_answer_no_new_note() -> None:
    assert without_replies({"employees__note": "停产", "__note": "x", "rule": "merger"}) == {"rule": "merger"}
