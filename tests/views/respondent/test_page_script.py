"""What the script of a page is told: where to go, what the page posts from now on, and what was not understood."""

import json

import pytest
from django.test import Client

from survey.models import Response
from tests.views.firms import draft, save, send, state_of

pytestmark = pytest.mark.django_db


def test_page_that_is_complete_is_left_for_the_next_one(firm: Client) -> None:
    answer = send(firm, state_of(firm, "firm"), employees="20", has_cloud="no")
    assert (answer.status_code, answer.json()) == (200, {"state": "go", "next": "/form/page/choices/"})


def test_page_that_something_stands_against_stays_and_posts_what_is_stored(firm: Client) -> None:
    reply = send(firm, state_of(firm, "firm"), employees="20").json()
    assert (reply["state"], reply["revision"], json.loads(reply["base"])) == ("stay", 1, {"employees": 20})


def test_page_that_meets_another_answer_stays_as_old_as_it_is(firm: Client) -> None:
    state = state_of(firm, "firm")
    save(firm, "firm", employees="20", has_cloud="no")
    answer = send(firm, state, employees="30", has_cloud="no")
    assert (answer.status_code, answer.json()["state"]) == (409, "conflict")
    assert "revision" not in answer.json()


def test_draft_brings_the_page_up_to_date_with_its_own_answers(firm: Client) -> None:
    reply = draft(firm, state_of(firm, "firm"), employees="20")
    assert (reply["revision"], json.loads(reply["base"])) == (Response.objects.get().revision, {"employees": 20})
    assert (reply["unread"], reply["boxes"]) == ({}, {})
    assert reply["asked"].split() == ["employees", "email", "has_cloud"]
    assert reply["said"] == f"Saved {reply['at']}"


def test_draft_of_a_page_that_lacks_a_colleagues_answer_stays_as_old_as_it_is(firm: Client) -> None:
    state = state_of(firm, "firm")
    save(firm, "firm", employees="20", has_cloud="no", email="a@b.cn")
    reply = draft(firm, state, employees="20", has_cloud="no")
    assert reply["revision"] == int(state["revision"])
    assert json.loads(reply["base"]) == {"employees": 20, "has_cloud": "no"}


def test_text_that_cannot_be_read_is_named_at_its_question(firm: Client) -> None:
    reply = draft(firm, state_of(firm, "firm"), employees="many", email="a@b.cn")
    assert reply["unread"] == {"employees": "Enter a number in digits, such as 1250."}


def test_box_with_a_reason_follows_the_figure_and_is_gone_without_one(firm: Client) -> None:
    typed = {"employees": "5000", "has_cloud": "no"}
    state = state_of(firm, "firm")
    assert draft(firm, state, **typed)["boxes"] == {}
    boxes = draft(firm, state_of(firm, "firm"), **typed, reason__v_staff="")["boxes"]
    assert {rule: box["figures"] for rule, box in boxes.items()} == {
        "v_staff": [["Question employees", "5,000 people"]]
    }
    assert draft(firm, state_of(firm, "firm"), employees="50", has_cloud="no", reason__v_staff="")["boxes"] == {}
