"""An officer closes a case, or the wave ends, while the firm has its pages open."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from survey.models import Case, LateDraft, Response, Wave
from survey.services.fieldwork.cases import close_cases, reopen_cases
from survey.terms import ResponseStatus, Role, WaveStatus
from tests.views.firms import enter, save, state_of

PAGES = ["/form/", "/form/notice/", "/form/print/", "/form/page/firm/", "/form/check/", "/form/receipt/"]
PDF = b"%PDF-1.7 content"


@pytest.fixture
def open_page(firm: Client) -> dict[str, str]:
    """The hidden state of the page that the firm has before it."""
    return state_of(firm, "firm")


@pytest.fixture
def closed(open_page: dict[str, str], case: Case, office_user: Callable[[Role | str], User]) -> Case:
    close_cases(cases=Case.objects.filter(pk=case.pk), actor=office_user(Role.FIELD_OFFICER))
    return case


@pytest.mark.parametrize("path", PAGES)
def test_closed_case_shows_no_page_to_an_open_session(firm: Client, closed: Case, path: str) -> None:
    assert firm.get(path)["Location"] == "/"


def test_closed_case_takes_no_page_from_an_open_session(firm: Client, closed: Case, open_page: dict[str, str]) -> None:
    answer = save(firm, "firm", open_page, employees="4711")
    assert (answer.status_code, Response.objects.count()) == (403, 0)
    assert '<input type="hidden" name="employees" value="4711">' in answer.content.decode()


def test_closed_case_takes_no_draft_from_an_open_session(firm: Client, closed: Case, open_page: dict[str, str]) -> None:
    reply = firm.post("/form/page/firm/draft/", {**open_page, "employees": "4711"})
    assert (reply.status_code, Response.objects.count()) == (403, 0)


def test_closed_case_takes_no_submission_from_an_open_session(
    firm: Client, case: Case, office_user: Callable[[Role | str], User]
) -> None:
    save(firm, "firm", employees="20", has_cloud="no")
    save(firm, "choices", cost="4")
    close_cases(cases=Case.objects.filter(pk=case.pk), actor=office_user(Role.FIELD_OFFICER))
    firm.post("/form/submit/", {"submission_key": "k", "revision": "2"})
    assert Response.objects.get().status == ResponseStatus.DRAFT


def test_reopened_case_goes_on_in_the_same_session(
    firm: Client, closed: Case, office_user: Callable[[Role | str], User]
) -> None:
    reopen_cases(cases=Case.objects.filter(pk=closed.pk), actor=office_user(Role.FIELD_OFFICER))
    assert firm.get("/form/").status_code == 200


def test_draft_of_one_firm_is_never_saved_for_another(firm: Client, open_page: dict[str, str], case: Case) -> None:
    enter(firm, case.wave.cases.exclude(pk=case.pk)[0])
    reply = firm.post("/form/page/firm/draft/", {**open_page, "employees": "4711"})
    assert (reply.status_code, reply.json(), Response.objects.count()) == (403, {"state": "code_needed"}, 0)


def test_draft_without_the_mark_of_a_firm_is_not_saved(firm: Client, open_page: dict[str, str]) -> None:
    reply = firm.post("/form/page/firm/draft/", {**open_page, "firm": "", "employees": "4711"})
    assert (reply.status_code, Response.objects.count()) == (403, 0)


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*.*") if path.is_file()]


def attach(firm: Client, state: dict[str, str] | None = None) -> Any:
    return save(firm, "words", state, proof=SimpleUploadedFile("a.pdf", PDF), remark="late")


def test_file_that_arrives_after_the_deadline_is_not_kept(firm: Client, media: Path) -> None:
    state = state_of(firm, "words")
    Wave.objects.update(status=WaveStatus.CLOSED.value)
    attach(firm, state)
    assert (LateDraft.objects.get().answers, files_in(media)) == ({"remark": "late"}, [])


def test_file_that_arrives_after_the_submission_is_not_kept(firm: Client, media: Path) -> None:
    state = state_of(firm, "words")
    save(firm, "firm", employees="20", has_cloud="no")
    save(firm, "choices", cost="4")
    firm.post("/form/submit/", {"submission_key": "k", "revision": "2"})
    attach(firm, state)
    assert (Response.objects.get().status, files_in(media)) == (ResponseStatus.SUBMITTED, [])


def test_draft_of_a_page_brings_no_file(firm: Client, media: Path) -> None:
    state = state_of(firm, "words")
    firm.post("/form/page/words/draft/", {**state, "remark": "x", "proof": SimpleUploadedFile("a.pdf", PDF)})
    assert (Response.objects.get().answers, files_in(media)) == ({"remark": "x"}, [])
