"""The life of a job: begun, at work, ended; each step a short transaction that only its own attempt can take."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from survey.models import Job
from survey.selectors.operation.workers import WORKER_SILENCE
from survey.services.audit import record_action

State = Job.State


class JobCancelled(Exception):  # noqa: N818 -- the name says what happened
    """Somebody asked the job to stop; raised between two portions of its work."""


class JobTakenAway(Exception):  # noqa: N818 -- the name says what happened
    """The attempt at work is no longer meant: the job was given up, and perhaps begun again elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a job leaves: ``page`` to open, or a ``file`` to save under ``file_name``."""

    page: str = ""
    file: bytes = b""
    file_name: str = ""
    file_type: str = ""


def this_attempt(job: Job) -> QuerySet[Job]:
    """The row of a job as long as this attempt of it is at work."""
    return Job.objects.filter(pk=job.pk, attempt=job.attempt, state=State.RUNNING)


def begin_job(*, pk: int, attempt: int) -> Job | None:
    """Take a waiting job; None where this attempt was cancelled, given up or taken already."""
    now = timezone.now()
    # Taken by one conditional UPDATE: of two workers that were given the same task one changes the row.
    mine = Job.objects.filter(pk=pk, attempt=attempt, state=State.WAITING)
    if not mine.update(state=State.RUNNING, started_at=now, heartbeat=now):
        return None
    return Job.objects.select_related("asked_by").get(pk=pk)


def give_sign_of_life(*, job: Job) -> None:
    """Say that the worker still lives."""
    this_attempt(job).update(heartbeat=timezone.now())


def note_job_progress(*, job: Job, done: int, total: int, step: str = "") -> None:
    """Write down how far a job is. Raises `JobCancelled` if it shall stop, `JobTakenAway` if it is no longer meant."""
    if not this_attempt(job).update(done=done, total=total, step=step, heartbeat=timezone.now()):
        raise JobTakenAway(job.pk)
    # After the sign of life: a worker that was given up must not stop the attempt that follows it.
    if Job.objects.filter(pk=job.pk, cancel_asked=True).exists():
        raise JobCancelled(job.pk)


def finish_job(*, job: Job, outcome: Outcome) -> bool:
    """Keep what a job has made; False, and nothing kept, if it was taken away meanwhile."""
    if outcome.file:
        # Under the number of the attempt: the file of one that was given up must not replace that of the next.
        job.file.save(f"job-{job.pk}-{job.attempt}", ContentFile(outcome.file), save=False)
    values = {"page": outcome.page, "file_name": outcome.file_name[-200:], "file_type": outcome.file_type}
    ended = {"state": State.DONE, "ended_at": timezone.now(), "fault": {}, "step": ""}
    if this_attempt(job).update(file=job.file.name, **values, **ended):
        return True
    # Nobody names it, so nothing would ever remove it.
    if outcome.file:
        job.file.delete(save=False)
    return False


def fail_job(*, job: Job, code: str, **params: Any) -> bool:
    """Keep why this attempt ended without a result; False if it was taken away meanwhile."""
    fault = {"code": code, "params": params}
    return bool(this_attempt(job).update(state=State.FAILED, ended_at=timezone.now(), fault=fault))


def stop_job(*, job: Job) -> bool:
    """End a job that was asked to stop."""
    return bool(this_attempt(job).update(state=State.CANCELLED, ended_at=timezone.now(), cancel_asked=False))


def cancel_job(*, job: Job, actor: User) -> bool:
    """Cancel a job: at once where it waits, between two portions where it is at work. False if it has ended."""
    with transaction.atomic():
        # Both in one transaction: between the two looks a worker may take the job.
        waiting = Job.objects.filter(pk=job.pk, state=State.WAITING)
        at_work = Job.objects.filter(pk=job.pk, state=State.RUNNING, cancel_asked=False)
        if not (waiting.update(state=State.CANCELLED, ended_at=timezone.now()) or at_work.update(cancel_asked=True)):
            return False
        record_action(actor=actor, verb="cancel_job", subject=job, job=job.pk)
    return True


def reopen_job(*, job: Job, actor: User) -> bool:
    """Let a job that failed or was cancelled wait again, as its next attempt; to be called where it is queued again.

    False if it is open, done, or another open job does the same work.
    """
    if Job.objects.filter(key=job.key, state__in=Job.OPEN).exists():
        return False
    ended = Job.objects.filter(pk=job.pk, attempt=job.attempt, state__in=[State.FAILED, State.CANCELLED])
    fresh = {"cancel_asked": False, "done": 0, "total": 0, "step": "", "fault": {}, "started_at": None}
    now = timezone.now()
    if not ended.update(state=State.WAITING, attempt=job.attempt + 1, heartbeat=now, ended_at=None, **fresh):
        return False
    job.refresh_from_db()
    record_action(actor=actor, verb="retry_job", subject=job, job=job.pk, attempt=job.attempt)
    return True


def fail_silent_jobs(*, now: datetime) -> int:
    """Fail the jobs whose worker was killed, so that everybody sees it and they can be tried again; how many."""
    silent = list(Job.objects.filter(state__in=Job.OPEN, heartbeat__lt=now - WORKER_SILENCE))
    return sum(_given_up(job) for job in silent if job.state == State.RUNNING or _task_is_lost(job))


def _given_up(job: Job) -> bool:
    fault = {"code": "died", "params": {"time": job.heartbeat.isoformat() if job.heartbeat else ""}}
    with transaction.atomic():
        # The heartbeat must be the one that was read: a worker that was only slow has written a newer one.
        same = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=job.state, heartbeat=job.heartbeat)
        if not same.update(state=State.FAILED, ended_at=timezone.now(), fault=fault):
            return False
        # The queue itself never learns of a killed worker: its task would stay at work for ever.
        if job.task is not None:
            task = DBTaskResult.objects.filter(pk=job.task)
            task.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
    return True


def _task_is_lost(job: Job) -> bool:
    """Whether a waiting job is in no queue: its worker was killed between taking the task and beginning the job."""
    if job.task is None:
        return True
    return not DBTaskResult.objects.filter(pk=job.task, status=TaskResultStatus.READY).exists()


def remove_ended_jobs(*, before: datetime) -> int:
    """Delete the jobs that ended before a time, with their files and tasks; how many."""
    old = list(Job.objects.filter(state__in=Job.ENDED, ended_at__lt=before))
    # The file before the row: where this ends half way the row still names it, and the next run removes it.
    for job in old:
        if job.file:
            job.file.delete(save=False)
        job.delete()
    DBTaskResult.objects.filter(finished_at__lt=before).delete()
    return len(old)
