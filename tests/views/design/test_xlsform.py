"""XLSForms in the office: checked, loaded, refused and taken away, by the right person only."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from survey.exchange.xlsform.kept import SLOW_ROWS
from survey.models import Item, Job, Questionnaire, Survey, Wave
from survey.services.design.publishing import publish_questionnaire
from survey.terms import AskedUnit, Role
from tests.views.design.uploads import upload
from tests.working import work_off

IMPORT = "/admin/questionnaires/xlsform/"
EXPORT = "/admin/questionnaires/small/xlsform/"


def test_check_reports_and_stores_nothing(designer: Client, wave: Wave, tmp_path: Path) -> None:
    response = designer.post(IMPORT, {"file": upload(tmp_path, "media"), "check": "1"})
    assert [finding.place for finding in response.context["findings"]][:2] == [
        "survey, row 2, type",
        "survey, row 3, type",
    ]
    assert not Questionnaire.objects.exists()


def test_report_tells_of_what_the_survey_asks_that_the_form_is_put_into(
    designer: Client, wave: Wave, tmp_path: Path
) -> None:
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT)
    sent = {"survey": wave.survey.pk, "file": upload(tmp_path, "media"), "check": "1"}
    told = [finding.message for finding in designer.post(IMPORT, sent).context["findings"]]
    assert any(message.endswith("does not apply to the web form of a local unit.") for message in told)
    assert [message for message in told if "firm" in message] == []


def test_long_form_is_read_by_a_job_and_loaded_from_its_page(
    transactional_db: None, designer: Client, wave: Wave, tmp_path: Path
) -> None:
    rows = [["type", "name", "label"], *(["text", f"q{number}", f"Q{number}"] for number in range(SLOW_ROWS))]
    book = Workbook()
    book.active.title = "survey"
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "long.xlsx")
    sent = {"survey": wave.survey.pk, "check": "1"}
    file = SimpleUploadedFile("long.xlsx", (tmp_path / "long.xlsx").read_bytes())
    job = designer.post(IMPORT, {**sent, "file": file}).headers["Location"]
    work_off()
    done = Job.objects.get()
    assert (job, done.state, done.done, done.total) == (f"/admin/jobs/{done.pk}/", Job.State.DONE, 4, 4)
    assert designer.get(done.page).context["summary"] == f"The form loads whole: {SLOW_ROWS} items."
    designer.post(done.page, {"seen": "", "survey": wave.survey.pk})
    assert Item.objects.count() == SLOW_ROWS


@pytest.mark.parametrize("content", [b"", b"no workbook at all", b"PK\x03\x04broken", b"%PDF-1.7"])
def test_bad_file_gets_a_sentence(designer: Client, wave: Wave, content: bytes) -> None:
    response = designer.post(IMPORT, {"file": SimpleUploadedFile("f.xlsx", content), "load": "1"})
    said = response.context.get("findings") or response.context["form"].errors["file"]
    assert (response.status_code, len(said)) == (200, 1)


def test_broken_rule_shows_the_row(designer: Client, wave: Wave, tmp_path: Path) -> None:
    response = designer.post(IMPORT, {"file": upload(tmp_path, "unclosed_group"), "load": "1"})
    assert [(finding.place, finding.is_error) for finding in response.context["findings"]] == [("survey, row 3", True)]


def test_page_proposes_the_questionnaire_it_is_opened_from(designer: Client, small: Questionnaire) -> None:
    form = designer.get(IMPORT, {"questionnaire": "small"}).context["form"]
    assert (form["code"].value(), form["survey"].value()) == ("small", small.survey.pk)


def test_download_is_the_form_of_the_draft(designer: Client, small: Questionnaire) -> None:
    response = designer.get(EXPORT)
    book = load_workbook(BytesIO(response.content))
    assert [row[1] for row in book["survey"].iter_rows(values_only=True, min_row=2)] == [
        "A",
        "A1",
        "pain",
        "uses",
        None,
        None,
    ]
    assert response.headers["Content-Disposition"] == 'attachment; filename="small.xlsx"'


def test_download_of_a_version_holds_what_was_published(designer: Client, small: Questionnaire) -> None:
    publish_questionnaire(questionnaire=small, actor=None)
    Item.objects.filter(code="uses").delete()
    book = load_workbook(BytesIO(designer.get("/admin/questionnaires/small/v1/xlsform/").content))
    assert "uses" in [row[1] for row in book["survey"].iter_rows(values_only=True)]


@pytest.mark.parametrize("address", ["/admin/questionnaires/none/xlsform/", "/admin/questionnaires/small/v9/xlsform/"])
def test_unknown_questionnaire_or_version_is_not_found(designer: Client, address: str) -> None:
    assert designer.get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ANALYST, Role.FIELD_OFFICER])
@pytest.mark.parametrize("address", [IMPORT, EXPORT])
def test_other_roles_are_refused(
    client: Client, office_user: Callable[[Role | str], User], small: Questionnaire, address: str, role: Role
) -> None:
    client.force_login(office_user(role))
    assert client.get(address).status_code == 403


def test_nobody_is_sent_to_the_login_page(client: Client, db: None) -> None:
    assert client.get(IMPORT).headers["Location"] == f"{reverse('admin:login')}?next={IMPORT}"


def test_download_refuses_a_post(designer: Client, small: Questionnaire) -> None:
    assert designer.post(EXPORT).status_code == 405


def test_questionnaire_pages_lead_there(designer: Client, small: Questionnaire) -> None:
    change = designer.get(reverse("admin:survey_questionnaire_change", args=[small.pk])).content.decode()
    listed = designer.get(reverse("admin:survey_questionnaire_changelist")).content.decode()
    assert (EXPORT in change, f"{IMPORT}?questionnaire=small" in change, IMPORT in listed) == (True, True, True)
