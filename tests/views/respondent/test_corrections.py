"""A firm corrects what it submitted, and answers what the office asks about it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from survey.models import Case, Response, Wave
from survey.services.fieldwork.access_codes import revoke_code
from survey.services.fieldwork.cases import return_for_correction
from survey.terms import Role
from tests.answered_case import submitted_case
from tests.views.firms import enter, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(case: Case) -> Response:
    return submitted_case(case)


@pytest.fixture
def firm(client: Client, submitted: Response) -> Client:
    client.cookies["django_language"] = "en"
    enter(client, submitted.case)
    return client


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


def current() -> Response:
    return Response.objects.get(is_current=True)


def submit(client: Client) -> Any:
    html = client.get("/form/check/").content.decode()
    return client.post("/form/submit/", dict(re.findall(r'name="(submission_key|revision)" value="([^"]*)"', html)))


def test_firm_takes_back_corrects_and_submits_again(firm: Client, submitted: Response) -> None:
    assert "Take back and correct" in firm.get("/form/").content.decode()
    firm.post("/form/take-back/", {"receipt": submitted.receipt_number})
    assert "You took back the submission" in firm.get("/form/").content.decode()
    save(firm, "firm", employees="22", has_cloud="no")
    assert submit(firm)["Location"] == "/form/receipt/"
    html = firm.get("/form/receipt/").content.decode()
    rows = re.findall(r"<tr><td>([^<]*)</td><td>[^<]*</td><td>(?:<strong>)?([^<]*)", html)
    assert rows == [
        (current().receipt_number, "This version counts"),
        (submitted.receipt_number, "Taken back by the firm"),
    ]


def test_firm_leaves_it_as_it_was_submitted(firm: Client, submitted: Response) -> None:
    firm.post("/form/take-back/", {"receipt": submitted.receipt_number})
    save(firm, "firm", employees="22", has_cloud="no")
    firm.post("/form/put-back/")
    assert current() == submitted
    assert "submitted. Thank you" in firm.get("/form/").content.decode()


def test_wave_can_refuse_taking_back(firm: Client, submitted: Response) -> None:
    Wave.objects.update(may_take_back=False)
    assert "Take back and correct" not in firm.get("/form/").content.decode()
    firm.post("/form/take-back/", {"receipt": submitted.receipt_number})
    assert (current(), current().status) == (submitted, "submitted")


def test_another_firm_takes_nothing_back(firm: Client, submitted: Response) -> None:
    other = Case.objects.exclude(pk=submitted.case_id).order_by("pk")[0]
    enter(firm, Case.objects.select_related("wave__survey").get(pk=other.pk))
    firm.post("/form/take-back/", {"receipt": submitted.receipt_number})
    firm.post("/form/put-back/")
    assert Response.objects.get(pk=submitted.pk).status == "submitted"


def test_revoked_code_takes_nothing_back(firm: Client, submitted: Response, officer: User) -> None:
    revoke_code(case=submitted.case, actor=officer)
    firm.post("/form/take-back/", {"receipt": submitted.receipt_number})
    assert current().status == "submitted"


@pytest.mark.parametrize("path", ["take-back", "put-back", "reply", "receipt/mail", "feedback"])
def test_corrections_are_posted(firm: Client, path: str) -> None:
    assert firm.get(f"/form/{path}/").status_code == 405


def test_note_stands_at_its_question_and_on_the_hub(firm: Client, submitted: Response, officer: User) -> None:
    return_for_correction(response=submitted, note="", about={"employees": "Really 20?"}, actor=officer)
    page = firm.get("/form/page/firm/").content.decode()
    assert page.index('id="question-employees"') < page.index("Really 20?") < page.index('id="question-email"')
    hub = firm.get("/form/").content.decode()
    assert ("Really 20?" in hub, "Still to do" in hub) == (True, True)


def test_note_has_to_be_answered_before_submitting_again(firm: Client, submitted: Response, officer: User) -> None:
    return_for_correction(response=submitted, note="", about={"employees": "Really 20?"}, actor=officer)
    assert 'id="submit-form"' not in firm.get("/form/check/").content.decode()
    firm.post("/form/submit/", {"submission_key": "again", "revision": str(current().revision)})
    assert current().status == "draft"
    save(firm, "firm", employees="20", has_cloud="no", reason__employees__note="核实无误")
    assert 'id="submit-form"' not in firm.get("/form/check/").content.decode()
    save(firm, "firm", employees="20", has_cloud="no", reason_code__employees__note="stoppage")
    assert "Done" in firm.get("/form/").content.decode()
    assert submit(firm)["Location"] == "/form/receipt/"
    assert current().reasons == {"employees__note": "#stoppage"}


def test_changed_figure_answers_its_note(firm: Client, submitted: Response, officer: User) -> None:
    return_for_correction(response=submitted, note="", about={"employees": "Really 20?"}, actor=officer)
    save(firm, "firm", employees="25", has_cloud="no")
    assert submit(firm)["Location"] == "/form/receipt/"


def test_untouched_return_is_submitted_with_a_reply_alone(firm: Client, submitted: Response, officer: User) -> None:
    return_for_correction(response=submitted, note="Please look again.", actor=officer)
    assert 'id="submit-form"' not in firm.get("/form/check/").content.decode()
    firm.post("/form/reply/", {"reason____note": "正确"})
    assert 'id="submit-form"' not in firm.get("/form/check/").content.decode()
    firm.post("/form/reply/", {"reason____note": "停产两个月"})
    assert submit(firm)["Location"] == "/form/receipt/"


def test_reason_that_is_not_listed_is_not_kept(firm: Client, submitted: Response, officer: User) -> None:
    return_for_correction(response=submitted, note="", about={"employees": "Really 20?"}, actor=officer)
    save(firm, "firm", employees="20", has_cloud="no", reason_code__employees__note="nonsense")
    assert current().reasons == {}


def test_firm_that_takes_back_is_told_what_to_do(firm: Client, submitted: Response) -> None:
    posted = {"receipt": submitted.receipt_number}
    page = firm.post("/form/take-back/", posted, follow=True).content.decode()
    assert "Your answers are open again. Correct them, then submit once more." in page
