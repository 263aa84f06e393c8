"""The offline form on the web: the firm, an officer, the wrong person, nobody."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from survey.models import Case, LateDraft, Response, StaffAction, Wave
from survey.terms import ResponseStatus, Role
from tests.exchange.forms_filled_in import WITHOUT_CLOUD, cell_of, fill_in, handed_out
from tests.views.fieldwork.workbooks import OFFLINE, WORKBOOK, upload
from tests.views.firms import enter

pytestmark = pytest.mark.usefixtures("in_english")


def office(case: Case, workbook: bool = False) -> Any:
    return reverse("case_offline_workbook" if workbook else "case_offline", args=[case.pk])


def test_firm_downloads_fills_in_uploads_and_gets_its_receipt(client: Client, case: Case) -> None:
    enter(client, case)
    assert OFFLINE in client.get("/form/").content.decode()
    answer = client.get(WORKBOOK)
    assert "no-store" in answer["Cache-Control"]
    book = fill_in(load_workbook(BytesIO(answer.content)), WITHOUT_CLOUD)
    assert upload(client, OFFLINE, book)["Location"] == "/form/receipt/"
    response = Response.objects.get()
    assert (response.status, response.channel) == (ResponseStatus.SUBMITTED, "workbook")


def test_file_is_named_after_the_firm(client: Client, case: Case) -> None:
    unit = case.sample_unit.unit
    unit.name = ' 示例/电子: "一" 有限公司.'
    unit.save()
    enter(client, case)
    name = unquote(client.get(WORKBOOK)["Content-Disposition"].partition("utf-8''")[2])
    assert name == "w1 示例 电子 一 有限公司.xlsx"


@pytest.mark.usefixtures("proof_required")
def test_reason_for_no_file_can_be_given_in_the_workbook(client: Client, case: Case) -> None:
    enter(client, case)
    book = fill_in(handed_out(case), {**WITHOUT_CLOUD, "field:proof__missing": "Prefer not to say"})
    assert upload(client, OFFLINE, book)["Location"] == "/form/receipt/"
    assert Response.objects.get().answers["proof"] == "refused"


@pytest.mark.usefixtures("proof_required")
def test_missing_file_can_be_attached_on_the_questionnaire_page_as_well(client: Client, case: Case) -> None:
    enter(client, case)
    answer = upload(client, OFFLINE, fill_in(handed_out(case), WITHOUT_CLOUD))
    assert reverse("respondent:check") in answer.content.decode()
    page = client.get("/form/page/words/?from=check").content.decode()
    assert 'type="file" id="id_proof"' in page


def test_form_uploaded_again_after_submission_leads_to_the_same_receipt(client: Client, case: Case) -> None:
    enter(client, case)
    book = fill_in(handed_out(case), WITHOUT_CLOUD)
    assert [upload(client, OFFLINE, book)["Location"] for _time in range(2)] == ["/form/receipt/"] * 2
    assert Response.objects.count() == 1


def test_another_form_after_submission_is_refused_with_a_sentence(client: Client, case: Case) -> None:
    enter(client, case)
    first, second = (fill_in(handed_out(case), WITHOUT_CLOUD) for _form in range(2))
    upload(client, OFFLINE, first)
    answer = upload(client, OFFLINE, second)
    assert (answer.status_code, "have been submitted already" in answer.content.decode()) == (422, True)


def test_form_after_the_deadline_is_kept_and_refused_with_a_sentence(client: Client, case: Case) -> None:
    enter(client, case)
    book = fill_in(handed_out(case), WITHOUT_CLOUD)
    Wave.objects.update(closes_at=timezone.now())
    answer = upload(client, OFFLINE, book)
    assert (answer.status_code, "Collection has closed" in answer.content.decode()) == (422, True)
    assert (LateDraft.objects.count(), Response.objects.count()) == (1, 0)


def test_large_upload_is_refused_unread(client: Client, case: Case) -> None:
    enter(client, case)
    answer = client.post(OFFLINE, {"file": SimpleUploadedFile("form.xlsx", bytes(5_000_001))})
    assert "larger than 5 MB" in answer.content.decode()


def test_form_of_another_firm_is_refused_with_a_sentence(client: Client, case: Case) -> None:
    enter(client, case)
    answer = upload(client, OFFLINE, handed_out(Case.objects.exclude(pk=case.pk)[0]))
    assert "made for another firm" in answer.content.decode()


def test_upload_without_a_file_asks_for_it(client: Client, case: Case) -> None:
    enter(client, case)
    answer = client.post(OFFLINE)
    assert (answer.status_code, "Choose the workbook" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("address", [OFFLINE, WORKBOOK])
def test_without_a_code_there_is_no_form(client: Client, case: Case, address: str) -> None:
    assert client.get(address)["Location"] == "/"


@pytest.mark.parametrize("address", [OFFLINE, WORKBOOK])
def test_after_the_deadline_there_is_no_form(client: Client, case: Case, address: str) -> None:
    enter(client, case)
    Wave.objects.update(closes_at=timezone.now())
    assert client.get(address)["Location"] == "/form/"


def test_download_refuses_a_post(client: Client, case: Case) -> None:
    enter(client, case)
    assert client.post(WORKBOOK).status_code == 405


def test_officer_uploads_for_the_firm_and_stands_in_the_history(client: Client, case: Case, officer: Any) -> None:
    answer = upload(client, office(case), fill_in(handed_out(case), WITHOUT_CLOUD))
    assert answer["Location"] == reverse("case_detail", args=[case.pk])
    assert Response.objects.get().status == ResponseStatus.SUBMITTED
    assert StaffAction.objects.get(verb="take_offline_form").actor == officer
    assert "Offline form uploaded for the firm" in client.get(answer["Location"]).content.decode()


@pytest.mark.usefixtures("proof_required")
def test_officer_attaches_the_file_of_the_firm(client: Client, case: Case, officer: Any) -> None:
    book = fill_in(handed_out(case), WITHOUT_CLOUD)
    assert 'name="attach__proof"' in upload(client, office(case), book).content.decode()
    assert upload(client, office(case), book, proof="scan.pdf")["Location"] == reverse("case_detail", args=[case.pk])
    assert Response.objects.get().channel == "workbook"


def test_download_of_an_officer_is_written_down(client: Client, case: Case, officer: Any) -> None:
    assert load_workbook(BytesIO(client.get(office(case, workbook=True)).content))
    assert StaffAction.objects.get(verb="download_offline_form").actor == officer


def test_officer_reads_what_is_to_be_mended(client: Client, case: Case, officer: Any) -> None:
    answer = upload(client, office(case), fill_in(handed_out(case), {**WITHOUT_CLOUD, "item:email": "nobody"}))
    assert (answer.status_code, [line["cell"] for line in answer.context["to_correct"]]) == (
        422,
        [cell_of(handed_out(case), "item:email")],
    )


def test_closed_case_takes_no_form(client: Client, case: Case, officer: Any) -> None:
    Case.objects.filter(pk=case.pk).update(is_closed=True)
    answer = upload(client, office(case), fill_in(handed_out(case), WITHOUT_CLOUD))
    assert ("The case is closed" in answer.content.decode(), Response.objects.count()) == (True, 0)
    assert client.get(office(case, workbook=True)).status_code == 302


@pytest.mark.parametrize("workbook", [False, True])
@pytest.mark.parametrize("role", [Role.DESIGNER, Role.ANALYST, Role.VIEWER])
def test_others_of_the_staff_are_refused(
    client: Client, case: Case, office_user: Callable[[Role | str], User], role: Role, workbook: bool
) -> None:
    client.force_login(office_user(role))
    assert client.get(office(case, workbook)).status_code == 403


@pytest.mark.parametrize("workbook", [False, True])
def test_nobody_is_sent_to_the_login_page(client: Client, case: Case, workbook: bool) -> None:
    assert client.get(office(case, workbook))["Location"].startswith(reverse("admin:login"))


def test_wrong_methods_are_refused(client: Client, case: Case, officer: Any) -> None:
    assert client.post(office(case, workbook=True)).status_code == 405
    assert client.put(office(case)).status_code == 405
