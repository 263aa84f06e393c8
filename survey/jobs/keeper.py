"""What a worker does beside its job: it says that it lives, and once a minute does what is due."""

import logging
import threading
import time
from types import TracebackType
from typing import Self

from django.db import connection
from django.utils import timezone

from survey.jobs.due import run_due
from survey.models import Worker

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_SIGNS, SECONDS_BETWEEN_DUE = 10, 60


class Keeper:
    """A thread with a connection of its own, from the start of a worker to its end."""

    def __init__(self, *, name: str, runs_due: bool) -> None:
        self.name, self.runs_due = name, runs_due
        self.ended = threading.Event()
        # A daemon: a worker that has to end is not held by what it does beside its job.
        self.thread = threading.Thread(target=self.keep, name="keeper", daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.ended.set()
        self.thread.join()
        Worker.objects.filter(name=self.name).delete()

    def keep(self) -> None:
        """Go on until the worker ends, whatever goes wrong meanwhile."""
        # Due at once when a worker starts.
        last_due = -float(SECONDS_BETWEEN_DUE)
        while True:
            try:
                self.sign()
                if self.runs_due and time.monotonic() - last_due >= SECONDS_BETWEEN_DUE:
                    last_due = time.monotonic()
                    run_due(timezone.now())
            except Exception:
                logger.exception("The worker could not say that it lives.")
                # A connection that broke stays broken until it is replaced.
                connection.close()
            if self.ended.wait(SECONDS_BETWEEN_SIGNS):
                break
        connection.close()

    def sign(self) -> None:
        """Say that the worker lives."""
        now = timezone.now()
        values = {"heartbeat": now}
        Worker.objects.update_or_create(name=self.name, defaults=values, create_defaults={**values, "started_at": now})
