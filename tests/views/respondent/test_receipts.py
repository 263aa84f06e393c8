"""Receipt, copy to sign, e-mail and feedback."""

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from survey.models import Case, Feedback, Response
from tests.answered_case import submitted_case
from tests.views.firms import save

pytestmark = pytest.mark.django_db
SIGNED = (
    "Head of the firm",
    "Head of statistics",
    "Filled in by",
    "Telephone",
    "Date of the return",
    "Seal of the firm",
)


def test_copy_is_signed_before_submitting(firm: Client, case: Case) -> None:
    save(firm, "firm", employees="20", has_cloud="no")
    html = firm.get("/form/answers/").content.decode()
    assert [
        part for part in ("Not submitted", "20 people", case.sample_unit.unit.name, *SIGNED) if part not in html
    ] == []
    assert "Some answers are still missing" in html


def test_copy_of_a_submission_bears_its_receipt(firm: Client, case: Case) -> None:
    response = submitted_case(case)
    html = firm.get("/form/answers/").content.decode()
    assert (str(response.receipt_number) in html, "Not submitted" in html) == (True, False)


def test_there_is_no_copy_of_nothing(firm: Client) -> None:
    assert firm.get("/form/answers/")["Location"] == "/form/"


def test_receipt_has_the_lines_to_sign_and_no_mail_where_none_is_sent(firm: Client, case: Case) -> None:
    submitted_case(case)
    html = firm.get("/form/receipt/").content.decode()
    assert [part for part in SIGNED if part not in html] == []
    assert "Receipt by e-mail" not in html


def test_receipt_is_mailed_without_answers(firm: Client, case: Case, settings: Settings) -> None:
    settings.SENDS_MAIL = True
    response = submitted_case(case)
    assert firm.post("/form/receipt/mail/", {"address": "clerk@example.com"})["Location"] == "/form/receipt/"
    (sent,) = mail.outbox
    assert (sent.to, str(response.receipt_number) in sent.body, "20 people" in sent.body) == (
        ["clerk@example.com"], True, False,
    )  # fmt: skip


def test_wrong_address_is_complained_about_and_kept(firm: Client, case: Case, settings: Settings) -> None:
    settings.SENDS_MAIL = True
    submitted_case(case)
    answer = firm.post("/form/receipt/mail/", {"address": "clerk"})
    assert (answer.status_code, 'value="clerk"' in answer.content.decode(), mail.outbox) == (422, True, [])


def test_nothing_is_mailed_before_the_submission(firm: Client, settings: Settings) -> None:
    settings.SENDS_MAIL = True
    firm.post("/form/receipt/mail/", {"address": "clerk@example.com"})
    assert mail.outbox == []


def test_feedback_is_asked_once_after_the_receipt(firm: Client, case: Case) -> None:
    submitted_case(case)
    assert "How much work was it?" in firm.get("/form/receipt/").content.decode()
    for _ in range(2):
        firm.post("/form/feedback/", {"burden": "4", "difficulty": "nonsense", "remark": "Which year?\x00"})
    assert list(Feedback.objects.values_list("burden", "difficulty", "remark")) == [("4", "", "Which year?")]
    assert "How much work was it?" not in firm.get("/form/receipt/").content.decode()
    assert Response.objects.get().answers == {"employees": 20, "has_cloud": "no", "cost": "4"}


def test_feedback_waits_for_the_submission(firm: Client) -> None:
    firm.post("/form/feedback/", {"burden": "4"})
    assert Feedback.objects.count() == 0
