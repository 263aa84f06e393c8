"""One answer that several rules find unusual is explained once, and counted once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from survey.models import Response, SamplingFrame, Wave
from tests.answered_before import case_with_last_answers
from tests.views.firms import draft, enter, save, state_of

pytestmark = pytest.mark.django_db
UNUSUAL: dict[str, Any] = {"employees": "5000", "has_cloud": "no"}
"""More than the 1,000 that the questionnaire expects, and far from the 30 of the wave before."""
SHARED: dict[str, Any] = {"reason__employees__change": "停产后并购", "reason_also__employees__change": "v_staff"}


@pytest.fixture
def firm(client: Client, wave: Wave, frame: Callable[..., SamplingFrame]) -> Client:
    client.cookies["django_language"] = "en"
    enter(client, case_with_last_answers(wave, frame))
    return client


def reasons() -> Any:
    return Response.objects.get(case__wave__code="w1", is_current=True).reasons


def test_one_box_asks_once_and_says_all_that_is_unusual(firm: Client) -> None:
    html = save(firm, "firm", **UNUSUAL).content.decode()
    assert re.findall(r'data-rule="(\w+)"', html) == ["employees__change", "v_staff"]
    assert re.findall(r'<textarea[^>]* name="(reason\w+)"', html) == ["reason__employees__change"]
    assert re.findall(r'name="(reason_also\w+)" value="(\w+)"', html) == [("reason_also__employees__change", "v_staff")]


def test_its_reason_is_kept_for_each_rule(firm: Client) -> None:
    assert save(firm, "firm", **UNUSUAL, **SHARED).status_code == 302
    assert reasons() == {"v_staff": "停产后并购", "employees__change": "停产后并购"}


def test_what_is_no_rule_gets_no_reason(firm: Client) -> None:
    save(firm, "firm", **UNUSUAL, **{**SHARED, "reason_also__employees__change": "h_ratio"})
    assert reasons() == {"employees__change": "停产后并购"}


def test_two_reasons_given_before_stand_in_boxes_of_their_own_and_both_in_the_review(firm: Client) -> None:
    save(firm, "firm", **UNUSUAL, reason__v_staff="停产后并购", reason__employees__change="上年未并入")
    html = firm.get("/form/page/firm/").content.decode()
    assert re.findall(r'<textarea[^>]* name="(reason\w+)"', html) == ["reason__employees__change", "reason__v_staff"]
    found = firm.get("/form/check/").context["sections"]
    (line,) = (line for section in found for line in section["lines"] if line["item"] == "employees")
    assert line["reason"] == "上年未并入; 停产后并购"


def test_box_left_empty_is_complained_about_also_where_its_first_rule_is_met_again(firm: Client) -> None:
    sent: dict[str, Any] = {
        "employees": "90",
        "has_cloud": "no",
        "reason__v_staff": "",
        "reason_also__v_staff": "employees__change",
    }
    html = save(firm, "firm", **sent).content.decode()
    assert 'id="id_reason__employees__change_error"' in html


def test_script_is_told_of_each_rule_that_is_still_unusual(firm: Client) -> None:
    empty = {"reason__v_staff": "", "reason_also__v_staff": "employees__change"}
    state = state_of(firm, "firm")
    assert draft(firm, state, **UNUSUAL, **empty)["boxes"].keys() == {"v_staff", "employees__change"}
    again = draft(firm, state_of(firm, "firm"), employees="90", has_cloud="no", **empty)
    assert again["boxes"].keys() == {"employees__change"}


def test_check_counts_the_answer_once_and_lists_what_is_said_of_it(firm: Client) -> None:
    save(firm, "firm", **UNUSUAL)
    page = firm.get("/form/check/")
    assert [line["item"] for line in page.context["problems"]] == ["employees", "employees"]
    assert "1 answer has to be looked at before you can submit" in page.content.decode()


def test_check_names_answers_in_the_order_of_the_questions(firm: Client) -> None:
    save(firm, "firm", **UNUSUAL)
    save(firm, "words", phone="many", go="hub")
    page = firm.get("/form/check/")
    assert [line["item"] for line in page.context["problems"]] == ["employees", "employees", "phone"]
