"""The list of sections and what stands around it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from survey.models import Case, Survey, Wave
from survey.services.fieldwork.cases import return_for_correction
from survey.terms import Role, WaveStatus
from tests.answered_case import submitted_case
from tests.views.firms import save

pytestmark = pytest.mark.django_db


def states(client: Client) -> Any:
    return re.findall(r'<span class="state (\w+)">', client.get("/form/").content.decode())


def test_sections_show_their_state(firm: Client) -> None:
    assert states(firm) == ["not_started", "not_started"]
    save(firm, "firm", employees="20", has_cloud="no")
    assert states(firm) == ["in_progress", "not_started"]
    save(firm, "choices", cost="4")
    assert states(firm) == ["complete", "not_started"]


def test_section_that_was_begun_opens_at_its_next_open_page(firm: Client) -> None:
    save(firm, "firm", employees="20", has_cloud="no")
    assert [row["page"] for row in firm.get("/form/").context["rows"]] == ["choices", "words"]


def test_optional_page_is_complete_once_saved(firm: Client) -> None:
    save(firm, "words")
    assert states(firm)[1] == "complete"


def test_button_leads_to_the_next_open_page(firm: Client) -> None:
    save(firm, "firm", employees="20", has_cloud="no")
    assert '<a class="btn btn-primary" href="/form/page/choices/">' in firm.get("/form/").content.decode()


def test_button_leads_to_the_check_when_nothing_is_open(firm: Client) -> None:
    save(firm, "firm", employees="20", has_cloud="no")
    save(firm, "choices", cost="4")
    save(firm, "words")
    assert '<a class="btn btn-primary" href="/form/check/">' in firm.get("/form/").content.decode()


def test_statutory_header_stands_on_hub_check_and_print(firm: Client) -> None:
    for path in ("/form/", "/form/check/", "/form/print/", "/form/notice/"):
        assert "2026-1" in firm.get(path).content.decode()


def test_print_holds_every_question_whatever_the_route(firm: Client) -> None:
    html = firm.get("/form/print/").content.decode()
    for code in ("employees", "cloud_share", "bill", "proof"):
        assert f"Question {code}" in html


def test_print_gives_tables_cells_to_write_in_and_says_how_to_answer(firm: Client) -> None:
    html = firm.get("/form/print/").content.decode()
    assert html.count('<th scope="col">Option y1</th>') == 1
    assert '<tr><th scope="row">Option wanted</th><td></td><td></td></tr>' in html
    assert '<tr><th scope="row">Option own</th><td>%</td></tr>' in html
    assert "Number the most important answers from 1 to 3" in html
    assert "Choose at most 2 answers." in html


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"status": WaveStatus.CLOSED.value}, "Collection has closed"),
        ({"status": WaveStatus.PLANNED.value}, "This survey has not opened yet"),
        ({"opens_at": timezone.now() + timedelta(days=1)}, "This survey has not opened yet"),
    ],
)
def test_firm_is_told_why_it_cannot_answer(firm: Client, change: dict[str, Any], title: str) -> None:
    Wave.objects.update(**change)
    html = firm.get("/form/").content.decode()
    assert title in html
    assert "hub-list" not in html


def test_demonstration_is_marked(firm: Client, case: Case) -> None:
    assert "fictitious" not in firm.get("/form/").content.decode()
    case.wave.survey.is_demonstration = True
    case.wave.survey.save()
    assert "Demonstration: the firms and their answers are fictitious." in firm.get("/form/").content.decode()


def test_question_that_the_office_asks_about_stands_there(
    firm: Client, case: Case, office_user: Callable[[Role | str], User]
) -> None:
    officer = office_user(Role.FIELD_OFFICER)
    return_for_correction(response=submitted_case(case), note="", about={"employees": "Really 20?"}, actor=officer)
    assert [(line["item"], line["is_done"]) for line in firm.get("/form/").context["asked_about"]] == [
        ("employees", False)
    ]
    save(firm, "firm", employees="25", has_cloud="no")
    assert [line["is_done"] for line in firm.get("/form/").context["asked_about"]] == [True]


def test_notice_stands_there_until_the_firm_has_begun_where_the_first_page_has_none(firm: Client, case: Case) -> None:
    """With one survey in the field the first page shows its notice already, with two none."""
    assert 'id="notice"' not in firm.get("/form/").content.decode()
    another_survey(case.wave)
    assert 'id="notice"' in firm.get("/form/").content.decode()
    save(firm, "firm", employees="20", has_cloud="no")
    assert 'id="notice"' not in firm.get("/form/").content.decode()


def test_notice_is_gone_once_nothing_can_be_answered(firm: Client) -> None:
    Wave.objects.update(status=WaveStatus.CLOSED.value)
    assert 'id="notice"' not in firm.get("/form/").content.decode()


def another_survey(wave: Wave) -> None:
    """A second survey that collects at the same time."""
    survey = Survey.objects.get(pk=wave.survey_id)
    survey.pk, survey.code = None, "second"
    survey.save()
    Wave.objects.create(
        survey=survey, code="s1", title=wave.title, status=WaveStatus.OPEN.value, version=wave.version,
        opens_at=wave.opens_at, closes_at=wave.closes_at,
    )  # fmt: skip
