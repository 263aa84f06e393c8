"""The answers of the wave before beside the questions, and "no change"."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from survey.models import Response, SamplingFrame, Wave
from survey.services.answers.responses import submit_response
from tests.answered_before import case_with_last_answers
from tests.views.firms import enter, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(client: Client, wave: Wave, frame: Callable[..., SamplingFrame]) -> Client:
    """A firm that answered 30 employees in the wave before."""
    client.cookies["django_language"] = "en"
    enter(client, case_with_last_answers(wave, frame))
    return client


def current() -> Response:
    return Response.objects.get(case__wave__code="w1", is_current=True)


def html_of(firm: Client, page: str) -> str:
    return firm.get(f"/form/page/{page}/").content.decode()


def test_last_answer_stands_beside_numbers_and_choices_that_show_it(firm: Client) -> None:
    assert "Last time: 30 people" in html_of(firm, "firm")
    assert "Last time: Option home" in html_of(firm, "choices")
    assert html_of(firm, "firm").count("Last time") == 1


def test_no_change_takes_the_answer_over_and_shows_the_page_again(firm: Client) -> None:
    assert save(firm, "firm", same__employees="1", employees="9")["Location"] == "/form/page/firm/#question-employees"
    assert (current().answers, current().taken_over) == ({"employees": 30}, ["employees"])
    assert 'name="taken__employees" value="1"' in html_of(firm, "firm")


def test_what_the_script_filled_in_is_taken_over_as_well(firm: Client) -> None:
    save(firm, "choices", place="home", taken__place="1")
    assert current().taken_over == ["place"]


def test_answer_changed_afterwards_is_not_taken_over(firm: Client) -> None:
    save(firm, "firm", same__employees="1")
    save(firm, "firm", employees="31", taken__employees="1")
    assert (current().answers["employees"], current().taken_over) == (31, [])


def test_same_number_typed_by_hand_is_an_answer_of_now(firm: Client) -> None:
    save(firm, "firm", employees="30")
    assert current().taken_over == []


def test_no_change_of_an_item_that_does_not_show_it_takes_nothing(firm: Client) -> None:
    save(firm, "firm", same__has_cloud="1", taken__has_cloud="1")
    assert current().answers == {}


def test_draft_keeps_what_was_taken_over_until_it_is_submitted(firm: Client) -> None:
    state: dict[str, Any] = {"employees": "30", "taken__employees": "1", "has_cloud": "no"}
    save(firm, "firm", **state)
    save(firm, "choices", cost="4")
    save(firm, "words")
    response = submit_response(case=current().case, submission_key="k")
    assert response.taken_over == ["employees"]


def test_large_change_asks_for_a_reason(firm: Client) -> None:
    html = save(firm, "firm", employees="61", has_cloud="no").content.decode()
    assert "61 is a large change from 30 of the previous survey" in html
    reason = "We bought the plant next door"
    assert save(firm, "firm", employees="61", has_cloud="no", reason__employees__change=reason).status_code == 302
    assert current().reasons == {"employees__change": reason}


def test_notice_says_that_earlier_answers_are_shown(firm: Client) -> None:
    assert "Your earlier answers" in firm.get("/form/notice/").content.decode()


def test_register_is_named_where_a_value_comes_from_it(firm: Client) -> None:
    assert "From our register. Correct it if it has changed." in html_of(firm, "firm")


@pytest.mark.parametrize(
    ("page", "scripts"), [("firm", ["last_time"]), ("choices", ["last_time", "ranking"]), ("words", [])]
)
def test_page_loads_the_scripts_of_what_it_asks_alone(firm: Client, page: str, scripts: list[str]) -> None:
    assert re.findall(r"js/(last_time|ranking)[.\w]*\.js", html_of(firm, page)) == scripts
