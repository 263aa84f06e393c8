"""A mailing whose worker is killed with a mail in its hand: nobody is written to twice, and nobody left out."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.jobs.asking import ask_for
from survey.jobs.kinds.mailing import SEND
from survey.models import Case, Job, Mailing, MailingRow, Wave
from survey.services.mailing.sending import repeat
from survey.services.operation.jobs import fail_silent_jobs
from tests.jobs.test_worker_killed import PATIENCE, database_url
from tests.services.mailing.mail_server import MailServer, Port
from tests.services.mailing.runs import counts, prepared

ROOT = Path(__file__).resolve().parents[2]
BEFORE = 7
"""Mails that the server has taken when the worker is killed."""
PROGRAM = """
import django, sys
django.setup()
from django.core.management import call_command
call_command("worker", without_due=True, until_empty=True)
"""


class SlowServer(MailServer):
    """Holds the mail after the first ones, having taken it or not, until the test lets go."""

    def __init__(self, *, takes_it: bool) -> None:
        super().__init__()
        self.takes_it, self.has_one, self.may_go = takes_it, threading.Event(), threading.Event()

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802 -- as above
        if len(self.taken) == BEFORE and not self.may_go.is_set():
            if self.takes_it:
                await super().handle_DATA(server, session, envelope)
            self.has_one.set()
            self.may_go.wait(PATIENCE)
            return "451 later"
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def worker(parallel_database: None, tmp_path: Path) -> Iterator[Callable[[int], "subprocess.Popen[bytes]"]]:
    """Starts a worker on the database of the test that sends by the server on a port."""
    started: list[subprocess.Popen[bytes]] = []

    def start(port: int) -> "subprocess.Popen[bytes]":
        environment = {
            **os.environ,
            "DEBUG": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": database_url(),
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "MAIL_PER_MINUTE": "1000000",
        }
        started.append(subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.parametrize("takes_it", [True, False])
def test_worker_killed_with_a_mail_in_its_hand(
    worker: Callable[[int], "subprocess.Popen[bytes]"], wave: Wave, cases: list[Case], takes_it: bool
) -> None:
    server = SlowServer(takes_it=takes_it)
    port = Port(server)
    port.start()
    try:
        run, officer = prepared(wave), User.objects.create(username="officer", is_staff=True)
        ask_for(SEND, key=str(run.pk), subject="invitation", actor=officer, mailing=run.pk)
        killed = worker(port.port)
        assert server.has_one.wait(PATIENCE), "the worker has not begun"
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        server.may_go.set()
        assert (counts(run)["sent"], counts(run)["sending"]) == (BEFORE, 1)

        fail_silent_jobs(now=timezone.now() + timedelta(seconds=61))
        go_on(run, officer, worker, port.port)
        # Whether the mail in the hand of the killed worker arrived, nobody knows: it is not written again by itself.
        assert counts(run) == {"sent": len(cases) - 1, "unsure": 1}
        if not takes_it:
            assert repeat(mailing=run, which="unsure", actor=officer) == 1
            go_on(run, officer, worker, port.port)
    finally:
        server.may_go.set()
        port.stop()
    assert len(server.addresses) == len(set(server.addresses)) == len(cases)
    assert MailingRow.objects.filter(case__code_sent_at=None).count() == takes_it


def go_on(run: Mailing, officer: User, worker: Callable[[int], "subprocess.Popen[bytes]"], port: int) -> None:
    """Somebody presses "send" again, and a new worker does it to the end."""
    ask_for(SEND, key=str(run.pk), subject="invitation", actor=officer, mailing=run.pk)
    assert worker(port).wait(timeout=PATIENCE) == 0
    assert not Job.objects.filter(state__in=Job.OPEN).exists()
