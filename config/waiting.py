"""How many requests wait for a thread: gunicorn takes every connection and lets it wait, however many there are.

The number tells ``config.overload`` when to answer that the site is busy instead of letting everybody wait in vain.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any


class Waiting:
    """How many requests of this process have been taken and not begun."""

    def __init__(self) -> None:
        self.number = 0
        self.lock = Lock()

    def add(self, change: int) -> None:
        # Threads begin while the main one takes: to read and to write a number are two steps.
        with self.lock:
            self.number += change


WAITING = Waiting()


class CountedPool(ThreadPoolExecutor):
    """Threads that keep ``WAITING`` up to date."""

    def submit(self, call: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:
        WAITING.add(1)
        return super().submit(self.begin, call, *args, **options)

    def begin(self, call: Callable[..., Any], *args: Any, **options: Any) -> Any:
        # Before the call: what is being served does not wait.
        WAITING.add(-1)
        return call(*args, **options)
