"""Asking for a job, and asking once more for one that ended without a result."""

from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from survey.jobs.registry import queue_of
from survey.jobs.running import run_job
from survey.jobs.work import JobKind
from survey.models import Job
from survey.services.operation.jobs import reopen_job

BEHIND_ALL = -1
"""A priority of the queue: 0 is that of everything else."""


def ask_for(kind: JobKind, *, key: str, subject: str, actor: User | None, **parameters: Any) -> Job:
    """Put a job into the queue; the one that is open already where the same work (``kind`` and ``key``) is asked for.

    ``subject`` says what it is for, as people call it; ``parameters`` are JSON. In a transaction the job is asked for
    exactly if that commits.
    """
    full_key = f"{kind.code}:{key}"
    try:
        # A savepoint: the caller's own transaction goes on where the job is there already.
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind.code,
                key=full_key,
                subject=subject[:200],
                parameters=parameters,
                language=get_language() or "zh-hans",
                asked_by=actor,
                heartbeat=timezone.now(),
            )
            put_into_queue(job)
    # The constraint on open jobs of one key decides, not a look beforehand: two presses look at the same moment.
    except IntegrityError:
        already = Job.objects.filter(key=full_key, state__in=Job.OPEN).first()
        if already is None:
            raise
        return already
    return job


def try_again(*, job: Job, actor: User) -> bool:
    """Queue the next attempt of a job that failed or was cancelled; False where that is not so any more."""
    with transaction.atomic():
        if not reopen_job(job=job, actor=actor):
            return False
        put_into_queue(job)
    return True


def put_into_queue(job: Job) -> None:
    """Give the attempt of a waiting job its task."""
    queue = queue_of(job)
    # A worker for all queues takes what is soon done before it begins what keeps it for minutes.
    priority = BEHIND_ALL if queue == Job.Queue.PROOFS else 0
    job.task = run_job.using(queue_name=queue, priority=priority).enqueue(job.pk, job.attempt).id
    job.save(update_fields=["task"])
