"""The one task of the queue: do the attempt of a job, and keep how it ended."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import translation
from django_tasks import task

from survey.asked_terms.speaking import speaking_of
from survey.complaints import Refused
from survey.jobs.registry import JOB_KINDS
from survey.jobs.work import Work
from survey.models import Job
from survey.selectors.said import said
from survey.services.operation.jobs import (
    JobCancelled,
    JobTakenAway,
    begin_job,
    fail_job,
    finish_job,
    give_sign_of_life,
    stop_job,
)
from survey.terms import AskedUnit

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_SIGNS = 10
"""A sixth of what a worker may be silent (`WORKER_SILENCE`): one sign that is late costs no job."""


@task()
def run_job(pk: int, attempt: int) -> None:
    """Do this attempt of a job in the language of who asked, of firms until it says otherwise; nothing if it was
    cancelled or is another's."""
    job = begin_job(pk=pk, attempt=attempt)
    if job is not None:
        # A worker has no language of its own: words kept with the result are those of who asked.
        with translation.override(job.language), speaking_of(AskedUnit.FIRM), signs_of_life(job):
            do(job)


def do(job: Job) -> None:
    """Do a job that has begun. Whatever goes wrong is kept for the page; what ends the worker goes on to end it."""
    try:
        if not finish_job(job=job, outcome=JOB_KINDS[job.kind].run(Work(job=job))):
            logger.info("Job %s was taken away while at work.", job.pk)
    # Before Exception, which both are: being stopped from outside is no fault of the work.
    except JobTakenAway:
        fail_job(job=job, code="taken_away")
    except JobCancelled:
        stop_job(job=job)
    except Refused as refused:
        complaint = refused.complaint
        fail_job(
            job=job,
            code="refused",
            message=complaint.message(said),
            repair=complaint.repair(said),
        )
    except Exception:
        logger.exception("Job %s (%s) stopped.", job.pk, job.kind)
        fail_job(job=job, code="stopped")
    # The worker is being ended (SystemExit, KeyboardInterrupt): the page must not wait for a sign that never comes.
    except BaseException:
        fail_job(job=job, code="interrupted")
        raise


@contextmanager
def signs_of_life(job: Job) -> Iterator[None]:
    """Say every few seconds that the worker lives, also where the work is one long call without portions."""
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(SECONDS_BETWEEN_SIGNS):
            try:
                give_sign_of_life(job=job)
            except Exception:
                logger.exception("The sign of life of job %s could not be written.", job.pk)
        # Connections belong to their thread, and nobody else would close this one.
        connection.close()

    # A daemon, so that a worker that has to end is not held by its own sign of life.
    thread = threading.Thread(target=beat, name=f"job-{job.pk}-signs", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
