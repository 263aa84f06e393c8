"""Erasing takes the content and its files, leaves the row and what it says of it, and the audit chain holds."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import Settings

from survey.models import AuditEntry, Case, Correction, OpenAnswerDecision, OutlierDecision, Response, StaffAction
from survey.services.answers.uploads import path_of
from survey.services.audit import record_action
from survey.services.audit_chain import chain
from survey.services.operation.audit_check import broken_links
from survey.services.operation.erasing import (
    ERASED,
    erase_action,
    erase_answers,
    erase_response,
    forget_what_was_kept,
)
from tests.interrupted import half_written
from tests.waves import version_of

pytestmark = pytest.mark.django_db
ANSWERS = {"employees": 20, "remark": "王小明", "proof": "a1.pdf"}


@pytest.fixture
def response(case: Case, settings: Settings, tmp_path: Path) -> Response:
    """A submitted return with a file, a correction, and what was decided of it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    default_storage.save(path_of(case, "a1.pdf"), ContentFile(b"%PDF"))
    made = Response.objects.create(
        case=case,
        version=version_of(case.wave),
        answers=ANSWERS,
        reasons={"v_staff": "Ask Wang."},
        taken_over=["employees", "remark"],
        status="submitted",
    )
    author = User.objects.create(username="author")
    correction = Correction.objects.create(response=made, item="employees", old=2, new=20, reason="Wang", author=author)
    for row in (made, correction):
        chain(row)
    for item in ("remark", "employees"):
        given = {"leaves": True, "text": "Wang", "written": "d", "author": author}
        OpenAnswerDecision.objects.create(response=made, item=item, **given)
    return made


def has_file(case: Case) -> bool:
    return default_storage.exists(path_of(case, "a1.pdf"))


def salts() -> set[bool]:
    """Whether an entry of a response still has its salt, by entries before the newest one."""
    entries = AuditEntry.objects.filter(kind="response").order_by("pk")
    return {bool(entry.salt) for entry in list(entries)[:-1]}


def test_erased_return_counts_nowhere_and_nothing_of_it_is_left(
    response: Response, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erase_response(response)
    response.refresh_from_db()
    assert (response.answers, response.reasons, response.taken_over, response.is_current) == ({}, {}, [], False)
    assert response.erased_at is not None
    assert Correction.objects.values_list("old", "new", "reason").get() == (None, None, ERASED)
    assert set(OpenAnswerDecision.objects.values_list("text", "written")) == {(ERASED, "")}
    assert not has_file(response.case)
    assert (salts(), list(broken_links())) == ({False}, [])


def test_file_goes_once_it_is_certain_that_the_answers_do(
    response: Response, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=False):
        erase_response(response)
        erase_answers(response, {"proof"})
    assert has_file(response.case)


def test_only_what_was_answered_to_some_items_is_erased(
    response: Response, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erase_answers(response, {"remark"})
    response.refresh_from_db()
    assert (response.answers, response.taken_over) == ({"employees": 20, "proof": "a1.pdf"}, ["employees"])
    assert response.reasons == {"v_staff": "Ask Wang."}
    decisions = OpenAnswerDecision.objects.order_by("item").values_list("item", "text")
    assert list(decisions) == [("employees", "Wang"), ("remark", ERASED)]
    assert has_file(response.case)


def test_erased_answer_that_is_a_file_takes_the_file(
    response: Response, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erase_answers(response, {"proof"})
    assert not has_file(response.case)


def test_draft_that_is_in_no_chain_is_only_changed(case: Case) -> None:
    draft = Response.objects.create(case=case, version=version_of(case.wave), answers=ANSWERS)
    erase_answers(draft, {"remark"})
    draft.refresh_from_db()
    assert ("remark" in draft.answers, AuditEntry.objects.filter(kind="response").count()) == (False, 0)


def test_decision_about_an_influential_value_loses_its_reason(response: Response) -> None:
    given = {"item": "employees", "choice": "keep", "reason": "Wang says so", "author": User.objects.get()}
    OutlierDecision.objects.create(case=response.case, **given)
    erase_response(response)
    assert OutlierDecision.objects.get().reason == ERASED


def test_erased_action_keeps_who_did_what_and_not_about_whom() -> None:
    actor = User.objects.create(username="actor")
    action = record_action(actor=actor, verb="change", subject="Wang", phone="13800138000")
    erase_action(action)
    action.refresh_from_db()
    assert (action.actor, action.verb, action.subject, action.detail) == (actor, "change", ERASED, {})
    assert list(broken_links()) == []


def test_coded_answers_that_were_kept_are_thrown_away(settings: Settings, tmp_path: Path) -> None:
    settings.EXTRACT_DIR = str(tmp_path)
    (tmp_path / "3" / "batch").mkdir(parents=True)
    forget_what_was_kept()
    assert list(tmp_path.iterdir()) == []


def test_return_that_is_erased_half_way_is_whole(response: Response) -> None:
    assert half_written(lambda: erase_response(Response.objects.select_related("case").get(pk=response.pk))) == []


def test_row_is_erased_with_its_entry_in_the_chain_or_not_at_all() -> None:
    action = record_action(actor=User.objects.create(username="actor"), verb="change", subject="Wang")
    assert half_written(lambda: erase_action(StaffAction.objects.get(pk=action.pk))) == []
