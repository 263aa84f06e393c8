import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone
from pytest_django import Settings

from survey.exchange.frame.import_job import check_stored_file, load_stored_file, run_job, start_job
from survey.models import Contact, District, FrameImport, FrameUnit, SamplingFrame
from survey.services.frame import loading as frame_load
from survey.services.frame.import_steps import (
    ImportSuperseded,
    accept_good_rows,
    can_restart,
    discard_import,
    is_dead,
    note_progress,
    put_in_file,
    restart_import,
)
from survey.terms import Role
from tests.frame_lists import firms, write_list

pytestmark = pytest.mark.usefixtures("classified")


@pytest.fixture
def officer(office_user: Callable[[Role | str], User], settings: Settings, tmp_path: Path) -> User:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FRAME_IMPORT_IN_THREAD = False
    return office_user(Role.FIELD_OFFICER)


@pytest.fixture
def put_in(officer: User, tmp_path: Path) -> Callable[..., Any]:
    """Puts in a list with these changes, not yet checked."""

    def put(*changes: Any, content: Any = None) -> Any:
        content = content or write_list(tmp_path / "list.xlsx", firms(*changes)).read_bytes()
        upload = ContentFile(content, "list.xlsx")
        return put_in_file(upload=upload, source_name="list.xlsx", title="2026", actor=officer)

    return put


def checked(frame_import: FrameImport) -> FrameImport:
    start_job(check_stored_file, frame_import)
    frame_import.refresh_from_db()
    return frame_import


def loaded(frame_import: FrameImport, officer: User) -> FrameImport:
    accept_good_rows(frame_import=frame_import, actor=officer)
    start_job(load_stored_file, frame_import)
    frame_import.refresh_from_db()
    return frame_import


def died(frame_import: FrameImport) -> FrameImport:
    FrameImport.objects.filter(pk=frame_import.pk).update(heartbeat=timezone.now() - timedelta(minutes=5))
    frame_import.refresh_from_db()
    return frame_import


def test_check_keeps_counts_and_the_wrong_rows(put_in: Callable[..., Any]) -> None:
    done = checked(put_in((2, "所在区", "?")))
    assert (done.status, done.rows_total, done.rows_good, done.rows_bad) == ("waiting", 3, 2, 1)
    assert (done.report["errors"][0]["code"], bool(done.errors_file)) == ("district_unknown", True)
    assert done.report["size_classes"] == {"large": 0, "medium": 1, "small": 0, "micro": 1}


def test_check_writes_no_firm_and_no_workbook_where_nothing_is_wrong(put_in: Callable[..., Any]) -> None:
    done = checked(put_in())
    assert (FrameUnit.objects.count(), bool(done.errors_file), done.rows_bad) == (0, False, 0)


def test_refused_file_is_told_and_not_kept(put_in: Callable[..., Any]) -> None:
    done = checked(put_in(content=b"%PDF-1.7"))
    assert (done.status, done.report["refusal"]["code"], bool(done.stored_file)) == ("refused", "not_a_list", False)


def test_good_rows_are_loaded_and_the_list_is_not_kept(put_in: Callable[..., Any], officer: User) -> None:
    done = loaded(checked(put_in((2, "所在区", "?"))), officer)
    assert done.frame is not None
    assert (done.status, done.frame.status, done.frame.unit_count) == ("done", "ready", 2)
    assert (bool(done.stored_file), bool(done.errors_file), done.frame.created_by) == (False, True, officer)


def test_second_acceptance_changes_nothing(put_in: Callable[..., Any], officer: User) -> None:
    done = checked(put_in())
    assert [accept_good_rows(frame_import=done, actor=officer) for _ in range(2)] == [True, False]


def test_loading_asks_again_where_the_check_has_changed(put_in: Callable[..., Any], officer: User) -> None:
    done = checked(put_in())
    District.objects.filter(code="440304").delete()
    done = loaded(done, officer)
    assert (done.status, done.rows_good, done.rows_bad, SamplingFrame.objects.count()) == ("waiting", 2, 1, 0)


def test_discarded_import_leaves_no_file(put_in: Callable[..., Any], officer: User) -> None:
    done = checked(put_in((2, "所在区", "?")))
    assert discard_import(frame_import=done, actor=officer)
    done.refresh_from_db()
    assert (done.status, bool(done.stored_file), bool(done.errors_file)) == ("discarded", False, False)


def test_import_at_work_cannot_be_discarded(put_in: Callable[..., Any], officer: User) -> None:
    assert not discard_import(frame_import=put_in(), actor=officer)


def test_fault_while_loading_leaves_nothing_and_can_be_started_again(
    put_in: Callable[..., Any], officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = checked(put_in())
    with monkeypatch.context() as broken:
        broken.setattr(frame_load, "_ids_after", lambda frame, last: {})
        done = loaded(done, officer)
    assert (done.report["refusal"]["code"], SamplingFrame.objects.count(), Contact.objects.count()) == ("stopped", 0, 0)
    assert restart_import(frame_import=done, actor=officer)
    done.refresh_from_db()
    assert loaded(checked(done), officer).status == "done"


def test_silent_import_is_dead_and_a_fresh_one_is_not(put_in: Callable[..., Any]) -> None:
    found = put_in()
    assert [is_dead(found), is_dead(died(found)), can_restart(found)] == [False, True, True]


def test_dead_loading_starts_again_without_its_remains(put_in: Callable[..., Any], officer: User) -> None:
    done = checked(put_in())
    accept_good_rows(frame_import=done, actor=officer)
    frame = SamplingFrame.objects.create(title="half", source_name="", source_digest="")
    FrameImport.objects.filter(pk=done.pk).update(frame=frame)
    done = died(done)
    assert restart_import(frame_import=done, actor=officer)
    done.refresh_from_db()
    assert (done.status, done.frame, SamplingFrame.objects.count()) == ("checking", None, 0)


def test_living_import_cannot_be_started_again(put_in: Callable[..., Any], officer: User) -> None:
    assert not restart_import(frame_import=put_in(), actor=officer)


def test_work_for_a_discarded_import_is_void(put_in: Callable[..., Any], officer: User) -> None:
    found = died(put_in())
    discard_import(frame_import=found, actor=officer)
    with pytest.raises(ImportSuperseded):
        note_progress(frame_import=found, done=1, total=3)


def test_job_of_an_import_taken_away_ends_quietly(put_in: Callable[..., Any], officer: User) -> None:
    found = put_in()

    def taken_away(at_work: Any) -> None:
        discard_import(frame_import=died(FrameImport.objects.get(pk=at_work.pk)), actor=officer)
        check_stored_file(at_work)

    run_job(taken_away, found.pk)
    found.refresh_from_db()
    assert found.status == "discarded"


def test_same_file_is_noted(put_in: Callable[..., Any], officer: User, tmp_path: Path) -> None:
    content = write_list(tmp_path / "same.xlsx", firms()).read_bytes()
    loaded(checked(put_in(content=content)), officer)
    assert checked(put_in(content=content)).report["notes"] == [["same_file", {"title": "2026"}]]


@pytest.mark.django_db(transaction=True)
def test_job_works_in_a_thread_with_a_connection_of_its_own(put_in: Callable[..., Any], settings: Settings) -> None:
    settings.FRAME_IMPORT_IN_THREAD = True
    found = put_in()
    start_job(check_stored_file, found)
    for thread in threading.enumerate():
        if thread.name == f"frame-import-{found.pk}":
            thread.join(timeout=30)
    found.refresh_from_db()
    assert (found.status, found.rows_good) == ("waiting", 3)
