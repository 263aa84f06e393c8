"""``manage.py metrics``: serve figures for Prometheus on an address of their own, apart from the site.

The requests that the web workers counted (METRICS_DIR), and what the database says of jobs, workers and answers.
"""

import os
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.models import Count, Max
from django.utils import timezone
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from survey.models import DueRun, Job, Response, Worker
from survey.services.operation.readiness import check_readiness


class OfficeCollector(Collector):
    """What is read from the database each time somebody asks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            checks = check_readiness()
            yield gauge(
                "tongdian_ready", "1 where the check found nothing wrong", "check",
                {check.name: not check.fault for check in checks},
            )  # fmt: skip
            age = backup_age(Path(settings.BACKUP_DIR))
            yield GaugeMetricFamily("tongdian_backup_age_seconds", "Since the newest backup was made", value=age)
            # With the database away the figures of the checks alone are given.
            if not any(check.fault for check in checks if check.name in ("database", "migrations")):
                yield from of_the_database()
        finally:
            # Each request comes in a thread of its own, whose connection nobody else would close.
            if not connection.in_atomic_block:
                connection.close()


def backup_age(folder: Path) -> float:
    """Seconds since the newest backup in the folder was written; infinite where there is none."""
    # Only whole backups have this name.
    made = []
    for path in folder.glob("tongdian-*.backup.*"):
        # An old one may be removed between the listing and the look.
        with suppress(FileNotFoundError):
            made.append(path.stat().st_mtime)
    return timezone.now().timestamp() - max(made) if made else float("inf")


def of_the_database() -> Iterator[GaugeMetricFamily]:
    """Jobs, workers, what is due, and answers."""
    jobs = {state.value: 0 for state in Job.State} | dict(
        Job.objects.order_by().values_list("state").annotate(number=Count("pk"))
    )
    yield gauge("tongdian_jobs", "Jobs by state", "state", jobs)
    age = max(map(silence_of, Job.Queue.values))
    yield GaugeMetricFamily("tongdian_worker_silent_seconds", "Since each queue had a sign of life", value=age)
    failed = {run.name: run.has_failed for run in DueRun.objects.all()}
    yield gauge("tongdian_due_failed", "1 where the last run of what is due failed", "name", failed)
    answers = Response.objects.filter(is_current=True).order_by().values_list("status").annotate(number=Count("pk"))
    yield gauge("tongdian_responses", "Current responses by status", "status", dict(answers))


def silence_of(queue: str) -> float:
    """Seconds since a worker of the queue gave a sign of life; infinite where there is none."""
    newest = Worker.objects.filter(queues__contains=f",{queue},").aggregate(newest=Max("heartbeat"))["newest"]
    return (timezone.now() - newest).total_seconds() if newest else float("inf")


def gauge(name: str, text: str, label: str, values: dict[str, Any]) -> GaugeMetricFamily:
    """One figure with a value for each value of its label."""
    family = GaugeMetricFamily(name, text, labels=[label])
    for key, value in values.items():
        family.add_metric([key], float(value))
    return family


def registry() -> CollectorRegistry:
    """Everything that is given out."""
    made = CollectorRegistry()
    made.register(OfficeCollector())
    if settings.METRICS_DIR:
        MultiProcessCollector(made, path=os.environ["PROMETHEUS_MULTIPROC_DIR"])  # type: ignore[no-untyped-call]
    return made


class Command(BaseCommand):
    help = "Serves figures for Prometheus on an address of their own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
        parser.add_argument("--port", type=int, default=9464, help="port to listen on (default 9464)")

    def handle(self, *args: Any, **options: Any) -> None:
        start_http_server(options["port"], options["address"], registry())
        self.stdout.write(f"Figures at http://{options['address']}:{options['port']}/metrics")
        # The server is a thread that does not keep the process alive.
        threading.Event().wait()
