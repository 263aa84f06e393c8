"""``manage.py worker``: do the jobs of the queue, one at a time, until told to stop; each minute also what is due.

``--only proofs`` does what takes minutes (the proofs of cuts) and ``--only default`` all the rest, so that nobody waits
for an import behind a proof; without, a worker does both, and what is soon done first.

SIGTERM or Ctrl+C lets the job at work end first; a second one ends it, and it can be tried again. Any number of
workers may run, on any number of machines that share the database and the folder of files.
"""

import logging
import os
import socket
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker

from survey.jobs.keeper import Keeper
from survey.models import Job
from survey.services.operation.scratch import use_scratch

LEVELS = {0: logging.WARNING, 1: logging.INFO}


class Command(BaseCommand):
    help = "Do the jobs of the queue until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--without-due", action="store_true", help="leave run_due to cron or a timer of systemd")
        parser.add_argument("--only", choices=Job.Queue.values, help="leave the other queue to another worker")
        parser.add_argument("--until-empty", action="store_true", help="end when the queue is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        # Within the 64 characters of the column, and another one for each process of a machine.
        name = f"{socket.gethostname()[:40]}-{os.getpid()}"
        queues = [options["only"]] if options["only"] else Job.Queue.values
        worker = TaskWorker(
            queue_names=queues,
            interval=1,
            batch=options["until_empty"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )
        for logger in ("django_tasks", "django_tasks_db"):
            logging.getLogger(logger).setLevel(LEVELS.get(options["verbosity"], logging.DEBUG))
        worker.configure_signals()
        use_scratch(timezone.now())
        # Around the work: a worker that waits for a job lives as well.
        with Keeper(name=name, queues=queues, runs_due=not options["without_due"]):
            worker.run()
