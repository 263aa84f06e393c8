"""Two actions at the same moment, each on a connection of its own."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

from django.db import connection, transaction

T = TypeVar("T")
WAITS_FOR_US = (
    "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)
PATIENCE = 120
"""Seconds after which a second action that neither waits nor ends is no longer waited for."""


def meanwhile(first: Callable[[], object], second: Callable[[], T]) -> Future[T]:
    """What comes of the second action, begun while the transaction of the first is open, and gone on with after it.

    The fixture ``parallel_database`` has to be there. On PostgreSQL the first transaction ends once the second action
    waits for it, or has ended without doing so; on SQLite there is one writer at a time and nothing to prove.
    """

    def on_its_own_connection() -> T:
        try:
            return second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            begun = pool.submit(on_its_own_connection)
            until = time.monotonic() + PATIENCE
            while _goes_on_without_us(begun) and time.monotonic() < until:
                time.sleep(0.01)
        wait([begun], PATIENCE)
    return begun


def _goes_on_without_us(begun: "Future[T]") -> bool:
    if begun.done() or connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(WAITS_FOR_US)
        return not cursor.fetchone()[0]
