"""What a worker does beside its job: it says that it lives, and once a minute does what is due."""

import logging
import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from django.db import connection
from django.utils import timezone

from survey.jobs.due import run_due
from survey.models import Worker

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_SIGNS, SECONDS_BETWEEN_DUE = 10, 60


class Keeper:
    """Threads with a connection of their own each, from the start of a worker to its end."""

    def __init__(self, *, name: str, queues: Sequence[str], runs_due: bool) -> None:
        self.name = name
        self.queues = f",{','.join(queues)},"
        self.ended = threading.Event()
        # Two threads: erasing what is due may take minutes, and the worker would look dead until it is done.
        self.threads = [self.thread(self.sign, SECONDS_BETWEEN_SIGNS)]
        if runs_due:
            self.threads.append(self.thread(lambda: run_due(timezone.now()), SECONDS_BETWEEN_DUE))

    def thread(self, do: Callable[[], object], seconds: float) -> threading.Thread:
        """A thread that does it at once and again after so many seconds each time."""
        # A daemon: a worker that has to end is not held by what it does beside its job.
        return threading.Thread(target=self.keep, args=(do, seconds), name="keeper", daemon=True)

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join()
        Worker.objects.filter(name=self.name).delete()

    def keep(self, do: Callable[[], object], seconds: float) -> None:
        """Go on until the worker ends, whatever goes wrong meanwhile."""
        while True:
            try:
                do()
            except Exception:
                logger.exception("What a worker does beside its job stopped.")
                # A connection that broke stays broken until it is replaced.
                connection.close()
            if self.ended.wait(seconds):
                break
        connection.close()

    def sign(self) -> None:
        """Say that the worker lives."""
        now = timezone.now()
        values = {"heartbeat": now, "queues": self.queues}
        Worker.objects.update_or_create(name=self.name, defaults=values, create_defaults={**values, "started_at": now})
