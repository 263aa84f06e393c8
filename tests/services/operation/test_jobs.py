"""The life of a job: each step is taken by its own attempt alone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from survey.models import Job, StaffAction
from survey.selectors.operation.workers import WORKER_SILENCE
from survey.services.operation.jobs import (
    JobCancelled,
    JobTakenAway,
    Outcome,
    begin_job,
    cancel_job,
    fail_job,
    fail_silent_jobs,
    finish_job,
    give_sign_of_life,
    note_job_progress,
    remove_ended_jobs,
    reopen_job,
    stop_job,
)
from survey.terms import Role
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def files_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


def made(state: str = "running", **values: Any) -> Job:
    return Job.objects.create(**{"kind": "numbers", "key": "1", "subject": "three", "state": state, **values})


def state(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state


def other_attempt(job: Job) -> Job:
    """The same job as an attempt sees it that was given up."""
    old = Job.objects.get(pk=job.pk)
    old.attempt += 1
    return old


def test_waiting_job_is_begun_once_and_by_its_own_attempt(officer: User) -> None:
    job = made("waiting", asked_by=officer)
    assert begin_job(pk=job.pk, attempt=2) is None
    begun = begin_job(pk=job.pk, attempt=1)
    assert begun is not None
    assert (begun.state, begun.asked_by, begun.started_at == begun.heartbeat) == ("running", officer, True)
    assert begin_job(pk=job.pk, attempt=1) is None


def test_progress_is_written_down_and_a_wish_to_stop_is_heard() -> None:
    job, other = made(), made(key="2", cancel_asked=True)
    note_job_progress(job=job, done=3, total=9, step="reads")
    assert Job.objects.values_list("done", "total", "step").get(pk=job.pk) == (3, 9, "reads")
    with pytest.raises(JobCancelled):
        note_job_progress(job=other, done=3, total=9)
    with pytest.raises(JobTakenAway):
        note_job_progress(job=other_attempt(job), done=4, total=9)


def test_only_the_attempt_at_work_ends_a_job(settings: Settings) -> None:
    job = made()
    old = other_attempt(job)
    assert not fail_job(job=old, code="x")
    assert not stop_job(job=old)
    assert not finish_job(job=old, outcome=Outcome(file=b"1", file_name="a"))
    assert list(Path(settings.MEDIA_ROOT).rglob("job-*")) == []
    assert state(job) == "running"
    assert finish_job(job=job, outcome=Outcome(page="/p/", file=b"1", file_name="n" * 200 + ".txt", file_type="t"))
    done = Job.objects.get()
    assert (done.state, done.page, Path(done.file.path).read_bytes(), done.file_name[-5:], done.file_type) == (
        "done", "/p/", b"1", "n.txt", "t",
    )  # fmt: skip
    assert (done.ended_at is not None, done.step) == (True, "")


def test_failed_job_keeps_why_and_a_stopped_one_no_wish() -> None:
    job, other = made(), made(key="2", cancel_asked=True)
    assert fail_job(job=job, code="refused", value=7)
    assert Job.objects.get(pk=job.pk).fault == {"code": "refused", "params": {"value": 7}}
    assert stop_job(job=other)
    assert Job.objects.values_list("state", "cancel_asked").get(pk=other.pk) == ("cancelled", False)


@pytest.mark.parametrize(
    ("begins", "cancelled", "ends", "asked"),
    [("waiting", True, "cancelled", False), ("running", True, "running", True), ("done", False, "done", False)],
)
def test_waiting_job_is_cancelled_at_once_and_one_at_work_is_asked_to(
    officer: User, begins: str, cancelled: bool, ends: str, asked: bool
) -> None:
    job = made(begins)
    assert cancel_job(job=job, actor=officer) is cancelled
    assert not (begins == "running" and cancel_job(job=job, actor=officer))
    assert Job.objects.values_list("state", "cancel_asked").get() == (ends, asked)
    assert StaffAction.objects.filter(actor=officer, verb="cancel_job").count() == int(cancelled)


@pytest.mark.parametrize(("begins", "again"), [("failed", True), ("cancelled", True), ("done", False)])
def test_failed_or_cancelled_job_waits_again_as_its_next_attempt(officer: User, begins: str, again: bool) -> None:
    job = made(begins, done=3, total=9, fault={"code": "x"}, step="reads", ended_at=NOW, cancel_asked=True)
    assert reopen_job(job=job, actor=officer) is again
    found = Job.objects.get()
    fresh = (found.state, found.attempt, found.done, found.fault, found.ended_at, found.cancel_asked)
    assert (fresh == ("waiting", 2, 0, {}, None, False)) is again
    assert not reopen_job(job=other_attempt(job), actor=officer)


def test_job_does_not_wait_again_while_another_does_the_same(officer: User) -> None:
    failed = made("failed")
    waiting = made("waiting")
    assert not reopen_job(job=failed, actor=officer)
    Job.objects.filter(pk=waiting.pk).update(key="2")
    assert reopen_job(job=failed, actor=officer)


@pytest.mark.parametrize(
    ("begins", "heard", "number"),
    [
        ("running", WORKER_SILENCE + timedelta(seconds=1), 1),
        ("running", WORKER_SILENCE - timedelta(seconds=1), 0),
        # It is in no queue: nobody will ever begin it.
        ("waiting", WORKER_SILENCE + timedelta(seconds=1), 1),
        ("done", WORKER_SILENCE + timedelta(seconds=1), 0),
    ],
)
def test_job_that_is_silent_for_too_long_fails(begins: str, heard: timedelta, number: int) -> None:
    job = made(begins, heartbeat=NOW - heard)
    assert fail_silent_jobs(now=NOW) == number
    assert state(job) == ("failed" if number else begins)


def test_task_of_a_job_whose_worker_was_killed_has_failed_too() -> None:
    task = DBTaskResult.objects.create(task_path="t", args_kwargs={}, backend_name="default", run_after=NOW)
    made(heartbeat=NOW - WORKER_SILENCE - timedelta(seconds=1), task=task.pk)
    assert fail_silent_jobs(now=NOW) == 1
    task.refresh_from_db()
    assert (task.status, task.finished_at is None) == (TaskResultStatus.FAILED, False)


def test_sign_of_life_keeps_a_job_at_work() -> None:
    job = made(heartbeat=NOW - WORKER_SILENCE * 2)
    give_sign_of_life(job=other_attempt(job))
    assert Job.objects.get().heartbeat == NOW - WORKER_SILENCE * 2
    give_sign_of_life(job=job)
    assert fail_silent_jobs(now=timezone.now()) == 0


def test_ended_jobs_go_with_their_files_and_others_stay() -> None:
    def ended(name: str, at: datetime, how: str = "running") -> Job:
        job = made(how, key=name)
        if how == "running":
            finish_job(job=job, outcome=Outcome(file=b"1", file_name="a"))
        Job.objects.filter(pk=job.pk).update(ended_at=at)
        return Job.objects.get(pk=job.pk)

    old, new = ended("1", NOW - timedelta(days=2)), ended("2", NOW)
    waiting = ended("3", NOW - timedelta(days=2), "waiting")
    assert remove_ended_jobs(before=NOW - timedelta(days=1)) == 1
    assert list(Job.objects.order_by("pk")) == [new, waiting]
    assert (Path(old.file.path).exists(), Path(new.file.path).exists()) == (False, True)


def test_job_is_cancelled_with_its_entry_and_given_up_with_its_task_or_not_at_all(officer: User) -> None:
    job = made("waiting")
    assert half_written(lambda: cancel_job(job=job, actor=officer)) == []
    task = DBTaskResult.objects.create(args_kwargs={}, task_path="t", run_after=NOW)
    made(key="2", heartbeat=NOW - 2 * WORKER_SILENCE, task=task.pk)
    assert half_written(lambda: fail_silent_jobs(now=NOW)) == []
