"""The review names every question on the route with its answer, and counts what stands in the way of submitting."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from survey.instrument.edits.rules import EditFailure, EditReport
from survey.models import Case
from survey.selectors.respondent.session import filling_of
from survey.terms import EditLevel
from survey.views.respondent.review import review_sections
from tests.views.firms import save

pytestmark = pytest.mark.django_db


def sections(firm: Client, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = firm.get(f"/form/check/{query}").context["sections"]
    return found


def lines(firm: Client, query: str = "") -> dict[str, dict[str, Any]]:
    return {line["item"]: line for section in sections(firm, query) for line in section["lines"]}


def test_line_has_number_wording_and_answer_of_what_is_asked(firm: Client) -> None:
    save(firm, "firm", employees="1200", has_cloud="no")
    found = lines(firm)
    assert (found["employees"]["number"], found["employees"]["label"]) == (1, "Question employees")
    assert re.sub(r"\s", " ", found["employees"]["answer"]) == "1,200 people"
    assert ("cloud_share" in found, "bill" in found, found["cost"]["answer"]) == (False, False, "")
    assert (found["employees"]["required"], found["email"]["required"]) == (True, False)


def test_section_counts_its_open_questions(firm: Client) -> None:
    save(firm, "firm", employees="20")
    assert [section["open"] for section in sections(firm)] == [2, 0]
    save(firm, "firm", employees="20", has_cloud="no")
    assert [section["open"] for section in sections(firm)] == [1, 0]


def test_question_that_the_person_comes_from_is_marked_and_its_section_open(firm: Client) -> None:
    found = sections(firm, "?seen=remark")
    assert [section["is_open"] for section in found] == [False, True]
    assert [code for code, line in lines(firm, "?seen=remark").items() if line["is_seen"]] == ["remark"]
    assert [section["is_open"] for section in sections(firm)] == [False, False]


def test_text_that_was_not_understood_is_shown_as_it_was_typed(firm: Client) -> None:
    save(firm, "firm", employees="20", has_cloud="no")
    save(firm, "firm", employees="many", has_cloud="no", go="hub")
    assert lines(firm)["employees"]["answer"].startswith("many")


def test_reason_stands_beside_the_answer_that_it_settles(firm: Client) -> None:
    save(firm, "firm", employees="5000", has_cloud="no", reason__v_staff="We took over two subsidiaries.")
    found = lines(firm)
    assert (found["employees"]["reason"], found["cost"]["reason"]) == ("We took over two subsidiaries.", "")


def test_rule_about_two_questions_is_one_thing_to_mend(case: Case) -> None:
    broken = EditFailure(
        rule="h", level=EditLevel.HARD, items=("cost", "employees"), code="rule", parameters={}, values={}
    )
    shown = review_sections(filling_of(case, timezone.now()), EditReport(failures=(broken,)))
    assert [section["open"] for section in shown] == [1, 0]
