"""A worker as a process of its own, on a database that it shares with the test, killed in the middle of a job."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from survey.jobs.asking import ask_for, try_again
from survey.models import Job, Worker
from survey.selectors.operation.workers import has_worker
from survey.services.operation.jobs import fail_silent_jobs
from tests.jobs.kept_numbers import NUMBERS

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import django, sys
django.setup()
from django.core.management import call_command
from survey.jobs.registry import JOB_KINDS
from tests.jobs.kept_numbers import NUMBERS
JOB_KINDS["numbers"] = NUMBERS
only = next((word for word in sys.argv if word in ("default", "proofs")), None)
call_command("worker", without_due=True, until_empty="until_empty" in sys.argv, only=only)
"""
PATIENCE = 300
"""Seconds that a loaded machine may take to start a process and its program."""
A_MINUTE_LATER = timedelta(seconds=61)


@pytest.fixture
def worker(
    parallel_database: None, settings: Settings, tmp_path: Path
) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a worker on the database of the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    started: list[subprocess.Popen[bytes]] = []
    environment = {**os.environ, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(tmp_path)}
    environment["DATABASE_URL"] = database_url()

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", PROGRAM, *arguments], cwd=ROOT, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def database_url() -> str:
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return f"postgres://{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


@pytest.fixture
def job(worker: object, tmp_path: Path) -> Job:
    """Five numbers; the work waits after the third until the file ``stop`` is removed."""
    (tmp_path / "stop").touch()
    actor = User.objects.create(username="officer", is_staff=True)
    paths = {"into": str(tmp_path / "numbers"), "stop": str(tmp_path / "stop")}
    return ask_for(NUMBERS, key="1", subject="five", actor=actor, count=5, **paths)


def wait_until_it_is_in_the_middle(job: Job) -> None:
    deadline = time.monotonic() + PATIENCE
    while Job.objects.get(pk=job.pk).done < 3:
        assert time.monotonic() < deadline, "the worker has not begun"
        time.sleep(0.1)


def heard_of(job: Job) -> datetime:
    heard = Job.objects.get(pk=job.pk).heartbeat
    assert heard is not None
    return heard


def test_killed_worker_is_seen_and_its_job_is_tried_again_without_doing_anything_twice(
    worker: Callable[..., subprocess.Popen[bytes]], job: Job, tmp_path: Path
) -> None:
    killed = worker()
    wait_until_it_is_in_the_middle(job)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    # By its own last signs: on a loaded machine they may be older than a minute.
    assert (has_worker(Worker.objects.get().heartbeat), fail_silent_jobs(now=heard_of(job))) == (True, 0)
    later = timezone.now() + A_MINUTE_LATER
    assert (fail_silent_jobs(now=later), has_worker(later)) == (1, False)
    failed = Job.objects.get(pk=job.pk)
    assert (failed.state, failed.fault["code"]) == ("failed", "died")
    assert failed.asked_by is not None
    assert try_again(job=failed, actor=failed.asked_by)
    (tmp_path / "stop").unlink()
    assert worker("until_empty").wait(timeout=PATIENCE) == 0
    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.attempt, (tmp_path / "numbers").read_text()) == ("done", 2, "0\n1\n2\n3\n4\n")


def test_worker_that_is_told_to_end_does_its_job_to_the_end_first(
    worker: Callable[..., subprocess.Popen[bytes]], job: Job, tmp_path: Path
) -> None:
    told = worker()
    wait_until_it_is_in_the_middle(job)
    told.terminate()
    (tmp_path / "stop").unlink()
    assert told.wait(timeout=PATIENCE) == 0
    assert (Job.objects.get(pk=job.pk).state, has_worker(timezone.now())) == ("done", False)


def test_worker_for_proofs_alone_leaves_what_somebody_waits_for(
    worker: Callable[..., subprocess.Popen[bytes]], job: Job, tmp_path: Path
) -> None:
    (tmp_path / "stop").unlink()
    states = []
    for queue in ("proofs", "default"):
        assert worker("until_empty", queue).wait(timeout=120) == 0
        states.append(Job.objects.get(pk=job.pk).state)
    assert states == ["waiting", "done"]
