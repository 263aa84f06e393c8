from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone
from pytest_django import Settings

from survey.jobs.asking import try_again
from survey.jobs.kinds import frame_import as kinds
from survey.jobs.running import run_job
from survey.jobs.work import JobKind
from survey.models import Contact, District, FrameImport, FrameUnit, Job, SamplingFrame
from survey.services.frame import loading as frame_load
from survey.services.frame.import_steps import (
    ImportSuperseded,
    accept_good_rows,
    can_restart,
    discard_import,
    expire_undecided_imports,
    is_dead,
    note_progress,
    put_in_file,
    restart_import,
)
from survey.terms import Role
from survey.views.fieldwork.frame_import import let_work
from tests.frame_lists import firms, write_list
from tests.working import work_off

pytestmark = pytest.mark.usefixtures("classified")


@pytest.fixture
def officer(office_user: Callable[[Role | str], User], settings: Settings, tmp_path: Path) -> User:
    settings.MEDIA_ROOT = tmp_path / "media"
    return office_user(Role.FIELD_OFFICER)


@pytest.fixture
def put_in(officer: User, tmp_path: Path) -> Callable[..., Any]:
    """Puts in a list with these changes, not yet checked."""

    def put(*changes: Any, content: Any = None) -> Any:
        content = content or write_list(tmp_path / "list.xlsx", firms(*changes)).read_bytes()
        upload = ContentFile(content, "list.xlsx")
        return put_in_file(upload=upload, source_name="list.xlsx", title="2026", actor=officer)

    return put


def worked(kind: JobKind, frame_import: FrameImport) -> FrameImport:
    assert frame_import.created_by is not None
    let_work(kind, frame_import, frame_import.created_by)
    work_off()
    return FrameImport.objects.select_related("frame", "job").get(pk=frame_import.pk)


def checked(frame_import: FrameImport) -> FrameImport:
    return worked(kinds.CHECK, frame_import)


def loaded(frame_import: FrameImport, officer: User) -> FrameImport:
    accept_good_rows(frame_import=frame_import, actor=officer)
    return worked(kinds.LOAD, frame_import)


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
    assert done.job is not None
    assert (done.job.fault["code"], SamplingFrame.objects.count(), Contact.objects.count()) == ("stopped", 0, 0)
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


def test_job_of_an_import_taken_away_ends_without_touching_it(put_in: Callable[..., Any], officer: User) -> None:
    found = put_in()
    let_work(kinds.CHECK, found, officer)
    FrameImport.objects.filter(pk=found.pk).update(status="discarded")
    work_off()
    found.refresh_from_db()
    assert (found.status, found.job.state, found.job.fault["code"]) == ("discarded", "failed", "taken_away")


def test_same_file_is_noted(put_in: Callable[..., Any], officer: User, tmp_path: Path) -> None:
    content = write_list(tmp_path / "same.xlsx", firms()).read_bytes()
    loaded(checked(put_in(content=content)), officer)
    assert checked(put_in(content=content)).report["notes"] == [["same_file", {"title": "2026"}]]


def test_loading_that_was_killed_midway_is_tried_again_and_loads_each_firm_once(
    put_in: Callable[..., Any], officer: User
) -> None:
    done = checked(put_in())
    accept_good_rows(frame_import=done, actor=officer)
    let_work(kinds.LOAD, done, officer)
    half = SamplingFrame.objects.create(title="half", source_name="", source_digest="")
    FrameImport.objects.filter(pk=done.pk).update(frame=half)
    assert done.job is not None
    Job.objects.filter(pk=done.job.pk).update(state="failed")
    done.job.refresh_from_db()
    assert try_again(job=done.job, actor=officer)
    work_off()
    frame = SamplingFrame.objects.get()
    assert (frame.status, frame.units.count(), Job.objects.get(pk=done.job.pk).state) == ("ready", 3, "done")


def test_loading_that_had_ended_when_its_worker_was_killed_is_not_done_twice(
    put_in: Callable[..., Any], officer: User
) -> None:
    done = loaded(checked(put_in()), officer)
    assert done.job is not None
    Job.objects.filter(pk=done.job.pk).update(state="failed")
    done.job.refresh_from_db()
    assert try_again(job=done.job, actor=officer)
    work_off()
    done.job.refresh_from_db()
    assert (SamplingFrame.objects.get().units.count(), done.job.state) == (3, "done")


def test_two_tasks_of_one_loading_load_once(put_in: Callable[..., Any], officer: User) -> None:
    done = loaded(checked(put_in()), officer)
    assert done.job is not None
    run_job.call(done.job.pk, done.job.attempt)
    assert (SamplingFrame.objects.count(), FrameUnit.objects.count()) == (1, 3)


def test_undecided_import_expires_with_its_files(put_in: Callable[..., Any], officer: User) -> None:
    old, fresh = checked(put_in((2, "所在区", "?"))), checked(put_in())
    died(old)
    assert expire_undecided_imports(before=timezone.now() - timedelta(minutes=1)) == 1
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.status, bool(old.stored_file), bool(old.errors_file), fresh.status) == (
        "expired", False, False, "waiting",
    )  # fmt: skip


def test_import_at_work_does_not_expire(put_in: Callable[..., Any], officer: User) -> None:
    found = put_in()
    let_work(kinds.CHECK, found, officer)
    died(found)
    assert expire_undecided_imports(before=timezone.now()) == 0
