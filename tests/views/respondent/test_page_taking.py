"""One post of a page: what is taken of it, and where it leads."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from survey.models import Case, LateDraft, Response, SectionHandover, Wave
from survey.services.answers.handover import hand_section_on, handover_code
from tests.views.firms import save, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def colleague(case: Case) -> Callable[[str], Client]:
    """The browser of a colleague who holds this section."""

    def enters(section: str) -> Client:
        made = hand_section_on(case=case, section=section, colleague="Li Na", days=7, now=timezone.now())
        client = Client()
        client.cookies["django_language"] = "en"
        client.post("/", {"access_code": handover_code(made)})
        return client

    return enters


def proof() -> SimpleUploadedFile:
    return SimpleUploadedFile("proof.pdf", b"%PDF-1.4 small", "application/pdf")


def kept_files(folder: Path) -> int:
    return len([path for path in folder.rglob("*") if path.is_file()])


@pytest.mark.django_db(transaction=True)
def test_file_is_kept_where_something_may_be_answered_and_not_else(firm: Client, tmp_path: Path) -> None:
    state = state_of(firm, "words")
    save(firm, "words", state, proof=proof())
    assert kept_files(tmp_path) == 1
    Wave.objects.update(closes_at=timezone.now())
    save(firm, "words", state, remark="late", proof=proof())
    assert (kept_files(tmp_path), LateDraft.objects.count()) == (1, 1)


@pytest.mark.parametrize(("shown", "seconds"), [("ago", 60), ("0", 0), ("-5", 0)])
def test_time_on_the_page_is_that_of_the_server(firm: Client, shown: str, seconds: int) -> None:
    at = str(int(timezone.now().timestamp()) - 60) if shown == "ago" else shown
    save(firm, "firm", {**state_of(firm, "firm"), "shown": at}, employees="20", has_cloud="no")
    assert seconds <= Response.objects.get().seconds_spent <= seconds + 5


def test_language_of_the_page_is_kept(firm: Client) -> None:
    save(firm, "firm", employees="20", has_cloud="no")
    assert Response.objects.get().language == "en"


def test_page_after_the_last_one_is_the_review(firm: Client) -> None:
    leads = [
        save(firm, "firm", employees="20", has_cloud="no")["Location"],
        save(firm, "choices", cost="4")["Location"],
        save(firm, "words")["Location"],
    ]
    assert leads == ["/form/page/choices/", "/form/page/words/", "/form/check/"]


@pytest.mark.parametrize(("about", "place"), [("cost", "?seen=cost#row-cost"), ("", ""), ("employees", "")])
def test_who_came_from_the_review_returns_to_the_answer(firm: Client, about: str, place: str) -> None:
    more: dict[str, Any] = {"from": "check", "about": about}
    assert save(firm, "choices", cost="4", **more)["Location"] == f"/form/check/{place}"


def test_colleague_goes_through_the_own_section_and_then_to_its_list(colleague: Callable[[str], Client]) -> None:
    client = colleague("first")
    assert save(client, "firm", employees="20", has_cloud="no")["Location"] == "/form/page/choices/"
    assert save(client, "choices", cost="4")["Location"] == "/form/"
    assert SectionHandover.objects.get().pages == ["choices", "firm"]


def test_page_of_the_firm_is_noted_at_no_section(firm: Client, case: Case) -> None:
    hand_section_on(case=case, section="first", colleague="Li Na", days=7, now=timezone.now())
    save(firm, "firm", employees="20", has_cloud="no")
    assert SectionHandover.objects.get().pages == []


def test_file_that_is_unfit_stays_at_its_question(firm: Client, tmp_path: Path) -> None:
    bad = SimpleUploadedFile("proof.exe", b"MZ", "application/octet-stream")
    html = save(firm, "words", proof=bad).content.decode()
    assert ("<title>Error: " in html, kept_files(tmp_path)) == (True, 0)


def test_mistake_is_told_of_to_who_left_the_question_open(firm: Client) -> None:
    state = state_of(firm, "firm")
    save(firm, "firm", employees="20", has_cloud="no")
    first = save(firm, "firm", state, employees="30", has_cloud="no")
    again = save(firm, "firm", state, employees="30", has_cloud="no", undecided="employees")
    turned = save(firm, "firm", state, employees="30", has_cloud="no", undecided="employees", switch_language="en")
    assert [answer.context["has_errors"] for answer in (first, again, turned)] == [False, True, False]
    assert [answer.status_code for answer in (first, again, turned)] == [409, 409, 409]
