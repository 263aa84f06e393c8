"""What is typed is kept: unreadable texts, drafts that overtake each other, ways off a page, a script that sends it."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from survey.models import Case, Paradata, Response
from survey.terms import ResponseStatus
from tests.views.firms import SCRIPT, draft, enter, save, send, state_of

pytestmark = pytest.mark.django_db


def answers() -> Any:
    return Response.objects.get(is_current=True).answers


def reply(firm: Client, state: Any, **typed: Any) -> Any:
    return send(firm, state, **typed).json()


def test_draft_with_an_unreadable_text_says_so_and_keeps_it(firm: Client) -> None:
    reply = draft(firm, state_of(firm, "firm"), employees="many", email="a@b.cn")
    assert re.fullmatch(r"Saved \d\d:\d\d; 1 answer not understood", reply["said"])
    assert reply["unread"] == {"employees": "Enter a number in digits, such as 1250."}
    assert answers() == {"email": "a@b.cn", "employees__raw": {"employees": ["many"]}}


def test_another_device_shows_the_unreadable_text_and_marks_its_field(firm: Client, case: Case) -> None:
    draft(firm, state_of(firm, "firm"), employees="many")
    colleague = Client()
    colleague.cookies["django_language"] = "en"
    enter(colleague, case)
    html = colleague.get("/form/page/firm/").content.decode()
    assert 'value="many"' in html
    assert '<a href="#id_employees">1. Question employees: enter a number in digits, such as 1250.</a>' in html
    assert "; 1 answer not understood</p>" in html


def test_long_text_is_kept_whole(firm: Client) -> None:
    draft(firm, state_of(firm, "words"), page="words", comment="x" * 9000)
    assert "x" * 9000 in firm.get("/form/page/words/").content.decode()


def test_unreadable_text_is_seen_at_the_check_and_keeps_from_submitting(firm: Client) -> None:
    save(firm, "firm", employees="20", has_cloud="no")
    save(firm, "choices", cost="4")
    save(firm, "words")
    draft(firm, state_of(firm, "firm"), employees="many", has_cloud="no")
    html = firm.get("/form/check/").content.decode()
    assert "many (not understood)" in html
    assert "submit-form" not in html
    firm.post(reverse("respondent:submit"), {"submission_key": "k", "revision": Response.objects.get().revision})
    assert Response.objects.get().status == ResponseStatus.DRAFT
    save(firm, "firm", employees="21", has_cloud="no")
    firm.post(reverse("respondent:submit"), {"submission_key": "k", "revision": Response.objects.get().revision})
    assert (Response.objects.get().status, answers()["employees"]) == (ResponseStatus.SUBMITTED, 21)
    assert "employees__raw" not in answers()


def test_draft_that_overtakes_its_own_earlier_one_is_no_conflict(firm: Client) -> None:
    state = state_of(firm, "firm")
    draft(firm, state, employees="1")
    reply = draft(firm, state, employees="12", sent=json.dumps([{"employees": ["1"]}]))
    assert (reply["state"], answers()) == ("saved", {"employees": 12})


@pytest.mark.parametrize("sent", ["{", "[1]", '[{"employees": 5}]', "[[", '{"employees": ["1"]}'])
def test_forged_drafts_change_nothing(firm: Client, sent: str) -> None:
    state = state_of(firm, "firm")
    draft(firm, state, employees="1")
    assert draft(firm, state, employees="12", sent=sent) == {"state": "conflict"}


def test_draft_of_a_stale_page_never_takes_a_colleagues_answer_back(firm: Client) -> None:
    stale = state_of(firm, "firm")
    save(firm, "firm", employees="20", has_cloud="no", email="a@b.cn")
    reply = draft(firm, stale, employees="20", has_cloud="no")
    state = {**stale, **{name: reply[name] for name in ("revision", "base", "asked", "shown")}}
    assert draft(firm, state, employees="21", has_cloud="no")["state"] == "saved"
    assert answers() == {"employees": 21, "has_cloud": "no", "email": "a@b.cn"}


def test_follow_up_that_a_draft_brings_while_the_page_is_sent_is_no_error(firm: Client) -> None:
    state = state_of(firm, "firm")
    saved = draft(firm, state, employees="2", has_cloud="yes")
    pressed = {**state, **{name: saved[name] for name in ("revision", "base", "shown")}}
    assert reply(firm, pressed, employees="2", has_cloud="yes") == {
        "state": "go",
        "next": "/form/page/firm/#question-cloud_share",
    }


def test_verify_box_follows_the_figure(firm: Client) -> None:
    typed: dict[str, Any] = {"has_cloud": "no", "reason__v_staff": ""}
    draft(firm, state_of(firm, "firm"), employees="5000", **typed)
    boxes = draft(firm, state_of(firm, "firm"), employees="7000", **typed)["boxes"]
    assert boxes["v_staff"]["figures"] == [["Question employees", "7,000 people"]]
    assert draft(firm, state_of(firm, "firm"), employees="70", **typed)["boxes"] == {}
    draft(firm, state_of(firm, "firm"), employees="5000", **typed)
    assert draft(firm, state_of(firm, "firm"), employees="many", **typed)["boxes"] == {}


@pytest.mark.parametrize(
    ("place", "address"),
    [("hub", "/form/"), ("notice", "/form/notice/"), ("print", "/form/print/"), ("before", "/form/page/firm/"),
     ("leave", "/"), ("nowhere", "/form/")],
)  # fmt: skip
def test_way_off_the_page_saves_it_first(firm: Client, place: str, address: str) -> None:
    assert save(firm, "choices", cost="4", go=place)["Location"] == address
    assert (answers(), Paradata.objects.count()) == ({"cost": "4"}, 0)


def test_leaving_ends_the_session(firm: Client) -> None:
    save(firm, "firm", employees="20", go="leave")
    assert firm.get("/form/")["Location"] == "/"


def test_way_off_the_page_says_what_was_not_understood(firm: Client) -> None:
    html = save(firm, "firm", employees="many", go="hub")
    assert "1 answer was not understood; it is kept as you typed it" in firm.get(html["Location"]).content.decode()
    assert 'value="many"' in firm.get("/form/page/firm/").content.decode()


def test_links_beside_the_questions_are_buttons_of_the_page(firm: Client) -> None:
    html = firm.get("/form/page/choices/").content.decode()
    assert sorted(re.findall(r'form="page-form" name="go" value="(\w+)"', html)) == sorted(
        ["hub", "leave", "before", "notice", "print"]
    )
    beside = re.findall(r'<a [^>]*href="(/[^"]*)"', html)
    assert [address for address in beside if not address.startswith("/static/")] == []


def test_script_is_told_where_to_go_on(firm: Client) -> None:
    state = state_of(firm, "firm")
    assert reply(firm, state, employees="20", has_cloud="no") == {"state": "go", "next": "/form/page/choices/"}
    assert list(Paradata.objects.values_list("event", flat=True)) == ["saved"]


def test_script_leaves_to_the_browser_what_stands_against_the_page(firm: Client) -> None:
    state = state_of(firm, "firm")
    said = reply(firm, state, employees="many", has_cloud="no")
    again = {**state, **{name: said[name] for name in ("revision", "base", "shown")}, "again": "1"}
    html = save(firm, "firm", again, employees="many", has_cloud="no").content.decode()
    assert (said["state"], "<title>Error: " in html) == ("stay", True)
    assert Paradata.objects.count() == 1


def test_script_that_meets_another_answer_leaves_the_choice_to_the_page(firm: Client) -> None:
    stale = state_of(firm, "firm")
    save(firm, "firm", employees="20", has_cloud="no")
    assert reply(firm, stale, employees="30", has_cloud="no")["state"] == "conflict"
    assert save(firm, "firm", {**stale, "again": "1"}, employees="30", has_cloud="no").status_code == 409


def test_script_submits_and_is_told_of_the_receipt(firm: Client) -> None:
    save(firm, "firm", employees="20", has_cloud="no")
    save(firm, "choices", cost="4")
    save(firm, "words")
    form = {"submission_key": "k", "revision": Response.objects.get().revision}
    replies = [firm.post(reverse("respondent:submit"), form, **SCRIPT).json() for _ in range(2)]
    assert replies == [{"state": "go", "next": "/form/receipt/"}] * 2
