"""Check, submission, receipt and copy; and a response that came back for correction."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from survey.models import Case, Response
from survey.services.fieldwork.cases import return_for_correction
from survey.terms import CaseStatus, ResponseStatus, Role
from tests.every_type import ROUTE_WITHOUT_CLOUD
from tests.views.firms import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(firm: Client) -> Client:
    for page, typed in ROUTE_WITHOUT_CLOUD.items():
        save(firm, page, **typed)
    return firm


def submission(client: Client) -> Any:
    html = client.get("/form/check/").content.decode()
    return dict(re.findall(r'<input type="hidden" name="(submission_key|revision)" value="([^"]*)">', html))


def submit(client: Client) -> Any:
    return client.post("/form/submit/", submission(client))


def test_check_lists_open_pages_and_offers_no_submission(firm: Client) -> None:
    save(firm, "firm", employees="20")
    html = firm.get("/form/check/").content.decode()
    assert '<a href="/form/page/choices/?from=check">Choices</a> <span class="unbroken">– 1 question</span>' in html
    assert 'id="submit-form"' not in html


def test_check_shows_every_answer_with_a_way_to_change_it(done: Client) -> None:
    html = done.get("/form/check/").content.decode()
    assert "20 people" in html
    assert '<a href="/form/page/choices/?from=check&amp;about=cost#question-cost">Change' in html
    assert 'id="submit-form"' in html


def test_change_returns_to_its_row_in_an_open_section(done: Client) -> None:
    page: Any = {"from": "check", "about": "cost"}
    assert save(done, "choices", cost="3", **page)["Location"] == "/form/check/?seen=cost#row-cost"
    html = done.get("/form/check/?seen=cost").content.decode()
    opened = re.findall(r'<details class="review-section" open>\s*<summary><span class="title">([^<]*)', html)
    assert (opened, html.count('id="row-cost" class="seen"')) == (["1. First part"], 1)


def test_review_is_folded_and_names_questions_by_the_numbers_of_paper(done: Client) -> None:
    html = done.get("/form/check/").content.decode()
    assert ("<details" in html, '<details class="review-section" open' in html) == (True, False)
    paper = re.search(r"<h3>(\d+)\. Question cost", done.get("/form/print/").content.decode())
    page = re.search(
        r'<span class="question-number">(\d+)\.</span> Question cost', done.get("/form/page/choices/").content.decode()
    )
    row = re.search(r'id="row-cost">\s*<dt><span class="question-number">(\d+)\.', html)
    assert [found and found[1] for found in (paper, page, row)] == ["5", "5", "5"]


def test_return_to_a_row_ignores_an_item_of_another_page(done: Client) -> None:
    posted: Any = {"from": "check", "about": "employees"}
    assert save(done, "choices", cost="3", **posted)["Location"] == "/form/check/"


def test_check_names_what_has_to_be_explained(done: Client) -> None:
    save(done, "firm", employees="5000", has_cloud="no")
    html = done.get("/form/check/").content.decode()
    assert "Question employees: Unusually many people." in html
    assert 'id="submit-form"' not in html


def test_check_heads_what_a_rule_says_with_a_colon_of_the_language(done: Client) -> None:
    save(done, "firm", employees="5000", has_cloud="no")
    done.cookies["django_language"] = "zh-hans"
    assert "问题 employees：人数异常" in done.get("/form/check/").content.decode()


def test_submission_leads_to_the_receipt(done: Client, case: Case) -> None:
    assert submit(done)["Location"] == "/form/receipt/"
    html = done.get("/form/receipt/").content.decode()
    response = Response.objects.get()
    for part in (case.sample_unit.unit.name, str(case.wave.survey), str(response.receipt_number)):
        assert part in html


def test_second_click_gives_the_same_receipt(done: Client) -> None:
    posted = submission(done)
    for _ in range(3):
        assert done.post("/form/submit/", posted)["Location"] == "/form/receipt/"
    assert Response.objects.filter(status=ResponseStatus.SUBMITTED).count() == 1


def test_incomplete_answers_lead_back_to_the_check(firm: Client) -> None:
    save(firm, "firm", employees="20")
    response = firm.post("/form/submit/", {"submission_key": "k", "revision": "1"})
    assert (response["Location"], Response.objects.get().status) == ("/form/check/", ResponseStatus.DRAFT)


def test_answers_changed_by_a_colleague_are_checked_again(done: Client) -> None:
    posted = submission(done)
    save(done, "firm", employees="21", has_cloud="no")
    assert done.post("/form/submit/", posted)["Location"] == "/form/check/"
    assert "Check them once more" in done.get("/form/check/").content.decode()


@pytest.mark.parametrize(
    "posted", [{}, {"revision": "x"}, {"revision": "²"}, {"submission_key": "\x00", "revision": "1"}]
)
def test_malformed_submission_leads_back_to_the_check(done: Client, posted: dict[str, str]) -> None:
    assert done.post("/form/submit/", posted)["Location"] == "/form/check/"
    assert Response.objects.get().status == ResponseStatus.DRAFT


def test_submitted_answers_can_be_read_but_not_changed(done: Client) -> None:
    submit(done)
    assert "20 people" in done.get("/form/answers/").content.decode()
    assert done.get("/form/page/firm/")["Location"] == "/form/"
    assert done.get("/form/check/")["Location"] == "/form/"


def test_receipt_waits_for_the_submission(done: Client) -> None:
    assert done.get("/form/receipt/")["Location"] == "/form/"
    assert "Not submitted" in done.get("/form/answers/").content.decode()


def test_returned_answers_are_corrected_and_submitted_again(
    done: Client, office_user: Callable[[Role | str], User]
) -> None:
    submit(done)
    first = Response.objects.get()
    return_for_correction(response=first, note="Please check the employees.", actor=office_user(Role.FIELD_OFFICER))
    assert "Please check the employees." in done.get("/form/").content.decode()
    save(done, "firm", employees="22", has_cloud="no")
    assert submit(done)["Location"] == "/form/receipt/"
    second = Response.objects.get(is_current=True)
    assert (first.answers["employees"], second.answers["employees"]) == (20, 22)
    assert second.receipt_number != first.receipt_number
    assert Case.objects.get(pk=first.case_id).status == CaseStatus.SUBMITTED


def test_old_submission_sent_again_does_not_submit_the_correction(
    done: Client, office_user: Callable[[Role | str], User]
) -> None:
    posted = submission(done)
    done.post("/form/submit/", posted)
    return_for_correction(response=Response.objects.get(), note="Check.", actor=office_user(Role.FIELD_OFFICER))
    done.post("/form/submit/", posted)
    assert Response.objects.get(is_current=True).status == ResponseStatus.DRAFT
