from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from survey.complaints import Catalogue, Entry
from survey.jobs.asking import ask_for, try_again
from survey.jobs.complaints import job_complaint
from survey.jobs.registry import JOB_KINDS
from survey.jobs.running import run_job
from survey.jobs.work import Work
from survey.models import Job, StaffAction
from survey.services.operation.jobs import (
    JobCancelled,
    JobTakenAway,
    Outcome,
    begin_job,
    cancel_job,
    fail_silent_jobs,
    finish_job,
    remove_ended_jobs,
)
from survey.services.refusals import RefusedError
from survey.terms import Role
from tests.interrupted import half_written
from tests.jobs.kept_numbers import NUMBERS
from tests.working import work_off


@pytest.fixture
def officer(office_user: Callable[[Role | str], User], settings: Settings, tmp_path: Path) -> User:
    settings.MEDIA_ROOT = tmp_path / "media"
    return office_user(Role.FIELD_OFFICER)


@pytest.fixture(autouse=True)
def numbers_are_a_kind() -> Iterator[None]:
    JOB_KINDS["numbers"] = NUMBERS
    yield
    del JOB_KINDS["numbers"]


@pytest.fixture
def ask(officer: User, tmp_path: Path) -> Callable[[], Job]:
    """Asks for the numbers 0, 1, 2."""

    def asked() -> Job:
        into, stop = str(tmp_path / "numbers"), str(tmp_path / "stop")
        return ask_for(NUMBERS, key="1", subject="three", actor=officer, into=into, stop=stop, count=3)

    return asked


def again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def content(job: Job) -> bytes:
    return Path(job.file.path).read_bytes()


def silent(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(heartbeat=timezone.now() - timedelta(seconds=61))


def test_job_waits_until_a_worker_does_it_and_leaves_its_file(ask: Callable[[], Job], tmp_path: Path) -> None:
    job = ask()
    assert (again(job).state, (tmp_path / "numbers").exists()) == ("waiting", False)
    work_off()
    done = again(job)
    assert (done.state, done.done, done.total, content(done), done.file_name) == (
        "done", 3, 3, b"0\n1\n2\n", "数字.txt",
    )  # fmt: skip


def test_same_work_asked_for_twice_is_one_job_while_it_is_open(ask: Callable[[], Job]) -> None:
    assert ask().pk == ask().pk
    assert DBTaskResult.objects.count() == 1
    work_off()
    ask()
    assert Job.objects.count() == 2


def test_attempt_is_begun_once(ask: Callable[[], Job]) -> None:
    job = ask()
    assert (begin_job(pk=job.pk, attempt=1) is None, begin_job(pk=job.pk, attempt=1)) == (False, None)


def test_waiting_job_is_cancelled_at_once_and_never_done(ask: Callable[[], Job], officer: User, tmp_path: Path) -> None:
    job = ask()
    assert cancel_job(job=job, actor=officer)
    work_off()
    assert (again(job).state, (tmp_path / "numbers").exists()) == ("cancelled", False)
    assert StaffAction.objects.filter(verb="cancel_job", actor=officer).count() == 1


def test_job_at_work_stops_after_its_portion(ask: Callable[[], Job], officer: User) -> None:
    job = begin_job(pk=ask().pk, attempt=1)
    assert job is not None
    assert cancel_job(job=job, actor=officer)
    with pytest.raises(JobCancelled):
        Work(job=job).progress(1, 3)


def test_cancelled_job_is_tried_again_where_it_stopped(ask: Callable[[], Job], officer: User, tmp_path: Path) -> None:
    JOB_KINDS["numbers"] = replace(NUMBERS, run=cancelled_at_first(officer))
    job = ask()
    work_off()
    assert (again(job).state, (tmp_path / "numbers").read_text()) == ("cancelled", "0\n")
    assert try_again(job=again(job), actor=officer)
    work_off()
    assert (again(job).state, again(job).attempt, (tmp_path / "numbers").read_text()) == ("done", 2, "0\n1\n2\n")


def cancelled_at_first(officer: User) -> Callable[[Work], Outcome]:
    def run(work: Work) -> Outcome:
        if work.job.attempt == 1:
            cancel_job(job=work.job, actor=officer)
        return NUMBERS.run(work)

    return run


def test_ended_job_is_not_cancelled_and_a_done_one_not_tried_again(ask: Callable[[], Job], officer: User) -> None:
    job = ask()
    work_off()
    assert (cancel_job(job=again(job), actor=officer), try_again(job=again(job), actor=officer)) == (False, False)


def test_silent_job_fails_in_words(ask: Callable[[], Job]) -> None:
    job = begin_job(pk=ask().pk, attempt=1)
    assert job is not None
    assert fail_silent_jobs(now=timezone.now()) == 0
    silent(job)
    assert fail_silent_jobs(now=timezone.now()) == 1
    complaint = job_complaint(again(job))
    assert complaint is not None
    assert (again(job).state, complaint.message().startswith("The worker gave its last sign of life at 20")) == (
        "failed", True,
    )  # fmt: skip


def test_job_whose_worker_was_killed_before_it_began_fails_too(ask: Callable[[], Job]) -> None:
    job = ask()
    silent(job)
    assert fail_silent_jobs(now=timezone.now()) == 0
    DBTaskResult.objects.update(status="RUNNING")
    assert (fail_silent_jobs(now=timezone.now()), again(job).state) == (1, "failed")


def test_attempt_that_was_given_up_and_wakes_again_changes_nothing(ask: Callable[[], Job], officer: User) -> None:
    first = begin_job(pk=ask().pk, attempt=1)
    assert first is not None
    silent(first)
    fail_silent_jobs(now=timezone.now())
    try_again(job=again(first), actor=officer)
    with pytest.raises(JobTakenAway):
        Work(job=first).progress(1, 3)
    assert not finish_job(job=first, outcome=Outcome(file=b"old", file_name="old"))
    work_off()
    assert content(again(first)) == b"0\n1\n2\n"


def test_retry_waits_for_nobody_where_the_same_work_was_asked_for_anew(ask: Callable[[], Job], officer: User) -> None:
    job = ask()
    cancel_job(job=job, actor=officer)
    ask()
    assert not try_again(job=again(job), actor=officer)


def test_step_that_fails_is_not_noted(ask: Callable[[], Job]) -> None:
    work = Work(job=ask())
    with pytest.raises(ZeroDivisionError):
        work.once("share", lambda: 1 / 0)
    assert [work.once("share", lambda: 7), work.once("share", lambda: 8)] == [7, 7]


def test_fault_of_the_program_is_told_and_the_worker_goes_on(ask: Callable[[], Job]) -> None:
    JOB_KINDS["numbers"] = replace(NUMBERS, run=lambda work: Outcome(page=str(1 // 0)))
    job = ask()
    work_off()
    assert (again(job).state, again(job).fault["code"]) == ("failed", "stopped")


def test_refusal_is_told_in_its_own_words(ask: Callable[[], Job]) -> None:
    def refuse(work: Work) -> Outcome:
        raise FullError("full", 3)

    JOB_KINDS["numbers"] = replace(NUMBERS, run=refuse)
    job = ask()
    work_off()
    complaint = job_complaint(again(job))
    assert complaint is not None
    assert complaint.sentences() == "It holds 3 at 100%. Take one out."


def test_worker_that_is_told_to_end_at_once_leaves_the_job_failed(ask: Callable[[], Job]) -> None:
    def told_to_end(work: Work) -> Outcome:
        raise SystemExit(1)

    JOB_KINDS["numbers"] = replace(NUMBERS, run=told_to_end)
    job = ask()
    with pytest.raises(SystemExit):
        run_job.call(job.pk, 1)
    assert again(job).fault["code"] == "interrupted"


def test_ended_jobs_go_with_their_files_after_their_days(ask: Callable[[], Job]) -> None:
    job = ask()
    work_off()
    path = Path(again(job).file.path)
    assert (remove_ended_jobs(before=again(job).ended_at or timezone.now()), path.exists()) == (0, True)
    assert (remove_ended_jobs(before=timezone.now()), path.exists(), Job.objects.count()) == (1, False, 0)
    assert DBTaskResult.objects.count() == 0


class FullError(RefusedError):
    catalogue = Catalogue(entries={"full": Entry("It holds %(value)s at 100%%.", "Take one out.")})


def test_job_waits_with_its_task_and_a_step_with_its_note_or_not_at_all(ask: Callable[[], Job], officer: User) -> None:
    assert half_written(ask) == []
    job = Job.objects.get()
    cancel_job(job=job, actor=officer)
    assert half_written(lambda: try_again(job=again(job), actor=officer)) == []

    def step() -> str:
        return User.objects.create(username="made").username

    assert half_written(lambda: Work(job=again(job)).once("one", step)) == []
