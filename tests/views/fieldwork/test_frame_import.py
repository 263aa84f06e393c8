from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import Settings

from survey.jobs.kinds.frame_import import CHECK
from survey.models import FrameImport, Job, SamplingFrame, StaffAction
from survey.terms import Role
from survey.views.fieldwork.frame_import import let_work
from tests.frame_lists import firms, write_list
from tests.interrupted import half_written
from tests.working import work_off

pytestmark = pytest.mark.usefixtures("classified")
NEW = "/admin/frame-import/"
WRONG = (2, "所在区", "火星区")


@pytest.fixture
def officer(client: Client, office_user: Callable[[Role | str], User], settings: Settings, tmp_path: Path) -> Client:
    """The client of a field officer, in English."""
    settings.MEDIA_ROOT = tmp_path / "media"
    client.force_login(office_user(Role.FIELD_OFFICER))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def put_in(officer: Client, tmp_path: Path) -> Any:
    """Puts in a list with these changes and gives the import."""

    def put(*changes: Any, content: Any = None, title: str = "") -> Any:
        content = content or write_list(tmp_path / "list.xlsx", firms(*changes)).read_bytes()
        response = officer.post(NEW, {"file": SimpleUploadedFile("list.xlsx", content), "title": title})
        found = FrameImport.objects.all()[0]
        assert response["Location"] == reverse("frame_import_report", args=[found.pk])
        work_off()
        found.refresh_from_db()
        return found

    return put


def at_work(status: str) -> None:
    Job.objects.update(state="running", heartbeat=timezone.now(), ended_at=None)
    FrameImport.objects.update(status=status, rows_done=1)


def page(client: Client, found: Any) -> str:
    return client.get(reverse("frame_import_report", args=[found.pk])).content.decode()


def decide(client: Client, found: Any, decision: Any) -> Any:
    response = client.post(reverse("frame_import_decide", args=[found.pk, decision]))
    work_off()
    return response


def test_form_is_shown(officer: Client) -> None:
    assert "Check the list" in officer.get(NEW).content.decode()


def test_file_must_be_chosen(officer: Client) -> None:
    response = officer.post(NEW, {})
    assert "Choose the file with the list of firms." in response.content.decode()
    assert response.content.decode().count("<title>Error:") == 1


def test_file_over_the_limit_is_refused_at_the_form(officer: Client, settings: Settings) -> None:
    settings.FRAME_UPLOAD_MAX_BYTES = 10
    response = officer.post(NEW, {"file": SimpleUploadedFile("list.xlsx", b"x" * 11)})
    assert ("at most 0 MB" in response.content.decode(), FrameImport.objects.count()) == (True, 0)


def test_title_is_the_name_of_the_file_unless_given(put_in: Any) -> None:
    assert (put_in().title, put_in(title="2026 年").title) == ("list", "2026 年")


def test_contact_left_blank_is_told_and_the_firm_goes_in(officer: Client, put_in: Any) -> None:
    found = put_in((2, "联系电话", "无"))
    text = page(officer, found)
    assert ("Contacts left blank" in text, "Import all 3 firms" in text, bool(found.errors_file)) == (True, True, True)


def test_mended_rows_are_put_into_the_frame_they_were_missing_from(
    officer: Client, put_in: Any, tmp_path: Path
) -> None:
    first = put_in(WRONG)
    decide(officer, first, "accept")
    assert "1 row with errors was left out." in page(officer, first)
    frame = SamplingFrame.objects.get()
    content = write_list(tmp_path / "mended.xlsx", firms().loc[[2]]).read_bytes()
    officer.post(NEW, {"file": SimpleUploadedFile("mended.xlsx", content), "joins": frame.pk})
    work_off()
    mended = FrameImport.objects.all()[0]
    decide(officer, mended, "accept")
    frame.refresh_from_db()
    assert (frame.unit_count, frame.units.count(), SamplingFrame.objects.count()) == (3, 3, 1)
    assert "1 firm has joined the sampling frame" in page(officer, mended)


def test_report_tells_counts_errors_and_the_choice(officer: Client, put_in: Any) -> None:
    text = page(officer, put_in(WRONG))
    for words in ("Rows with errors", "The district “火星区” is not known.", "Import only the 2 good rows", "Discard"):
        assert words in text


def test_list_without_errors_offers_all_firms(officer: Client, put_in: Any) -> None:
    text = page(officer, put_in())
    assert ("Import all 3 firms" in text, "Download the rows with errors" in text) == (True, False)


def test_nothing_is_in_before_the_decision(put_in: Any) -> None:
    put_in(WRONG)
    assert SamplingFrame.objects.count() == 0


def test_accepted_rows_go_in(officer: Client, put_in: Any) -> None:
    found = put_in(WRONG)
    decide(officer, found, "accept")
    assert SamplingFrame.objects.get().unit_count == 2
    assert "2 firms are in the sampling frame." in page(officer, found)


def test_accepting_twice_imports_once(officer: Client, put_in: Any) -> None:
    found = put_in()
    decide(officer, found, "accept")
    decide(officer, found, "accept")
    assert (SamplingFrame.objects.count(), "decided already" in page(officer, found)) == (1, True)


def test_discarded_list_stays_out(officer: Client, put_in: Any) -> None:
    found = put_in()
    decide(officer, found, "discard")
    assert (SamplingFrame.objects.count(), "The file was discarded." in page(officer, found)) == (0, True)


def test_refused_file_says_why_and_how_to_mend(officer: Client, put_in: Any) -> None:
    text = page(officer, put_in(content=b"%PDF-1.7"))
    assert "This is a PDF document, not a workbook" in text
    assert "Put in the list of firms as an Excel workbook" in text


def test_page_of_a_working_import_has_bar_script_and_refresh_link(officer: Client, put_in: Any) -> None:
    found = put_in()
    at_work(status="loading")
    text = page(officer, found)
    for words in ('value="1" max="3"', "progress.js", 'class="refresh"', "data-progress"):
        assert words in text
    assert ("http-equiv" in text, "<style" in text, "Discard" in text) == (False, False, False)


def test_progress_is_told_as_json(officer: Client, put_in: Any) -> None:
    found = put_in()
    at_work(status="checking")
    answer = officer.get(reverse("frame_import_progress", args=[found.pk]))
    assert answer.json() == {"status": "checking", "done": 1, "total": 3, "state": "running", "is_at_work": True}


def test_dead_import_is_offered_again_and_ends_well(officer: Client, put_in: Any) -> None:
    found = put_in()
    at_work(status="checking")
    Job.objects.update(heartbeat=timezone.now() - timedelta(minutes=2))
    assert "Start again" in page(officer, found)
    assert not officer.get(reverse("frame_import_progress", args=[found.pk])).json()["is_at_work"]
    decide(officer, found, "restart")
    assert "Import all 3 firms" in page(officer, found)


def test_import_whose_worker_was_killed_is_found_dead_by_its_bar(officer: Client, put_in: Any) -> None:
    found = put_in()
    at_work(status="checking")
    Job.objects.update(heartbeat=timezone.now() - timedelta(minutes=2))
    told = officer.get(reverse("frame_import_progress", args=[found.pk])).json()
    assert (told["state"], told["is_at_work"]) == ("failed", False)


def test_rows_with_errors_are_downloaded_and_the_download_is_written_down(officer: Client, put_in: Any) -> None:
    found = put_in(WRONG)
    response = officer.get(reverse("frame_import_errors", args=[found.pk]))
    rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert (len(rows), rows[1][0], response["Cache-Control"]) == (2, 2, "no-store")
    assert StaffAction.objects.all()[0].verb == "download_frame_errors"


def test_import_without_errors_has_nothing_to_download(officer: Client, put_in: Any) -> None:
    assert officer.get(reverse("frame_import_errors", args=[put_in().pk])).status_code == 404


def test_template_is_downloaded(officer: Client) -> None:
    response = officer.get("/admin/frame-import/template/")
    assert len(load_workbook(BytesIO(response.content)).worksheets) == 3


def test_report_is_in_chinese_units_and_without_inline_script(officer: Client, put_in: Any) -> None:
    found = put_in(WRONG)
    officer.cookies["django_language"] = "zh-hans"
    text = page(officer, found)
    assert ('lang="zh-hans"' in text, "火星区" in text, "style=" in text.split("<main")[-1]) == (True, True, False)


ADDRESSES = ["", "{pk}/", "{pk}/progress/", "{pk}/errors/", "template/"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER, Role.DESIGNER])
def test_other_roles_are_refused(
    client: Client, office_user: Callable[[Role | str], User], put_in: Any, address: str, role: Role
) -> None:
    found = put_in(WRONG)
    client.force_login(office_user(role))
    assert client.get(NEW + address.format(pk=found.pk)).status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_is_sent_to_the_login(client: Client, put_in: Any, address: str) -> None:
    found = put_in(WRONG)
    client.logout()
    assert client.get(NEW + address.format(pk=found.pk))["Location"].startswith("/admin/login/")


def test_other_role_decides_nothing(client: Client, office_user: Callable[[Role | str], User], put_in: Any) -> None:
    found = put_in()
    client.force_login(office_user(Role.ANALYST))
    assert (decide(client, found, "accept").status_code, SamplingFrame.objects.count()) == (403, 0)


def test_looking_decides_nothing(officer: Client, put_in: Any) -> None:
    found = put_in()
    assert officer.get(reverse("frame_import_decide", args=[found.pk, "accept"])).status_code == 405


def test_unknown_decision_and_unknown_import_are_not_found(officer: Client, put_in: Any) -> None:
    found = put_in()
    assert decide(officer, found, "whatever").status_code == 404
    assert officer.get(reverse("frame_import_report", args=[found.pk + 1])).status_code == 404


@pytest.mark.usefixtures("officer")
def test_import_knows_its_job_or_there_is_none(office_user: Callable[[Role | str], User]) -> None:
    made, actor = FrameImport.objects.create(title="2026", source_name="list.xlsx"), office_user(Role.FIELD_OFFICER)
    assert half_written(lambda: let_work(CHECK, made, actor)) == []
