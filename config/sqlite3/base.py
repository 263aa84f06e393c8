"""SQLite as Django knows it, except that write transactions wait in a queue of the operating system.

SQLite lets a writer that finds the database locked try again and again, in no order, until its timeout: among many
writers one may never get its turn and fail with "database is locked". Here each transaction first takes an exclusive
``flock`` on a file beside the database, which wakes the waiting ones in turn and has no timeout.
"""

import os
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

try:
    import fcntl
except ImportError:  # a system without flock keeps SQLite's own waiting
    fcntl = None  # type: ignore[assignment]


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that queues before BEGIN and leaves the queue with COMMIT, ROLLBACK or its end."""

    turn: int | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_turn()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._leave_turn()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_turn()

    def _close(self) -> Any:
        try:
            # A connection may be closed in the middle of a transaction, which is rolled back without a word.
            return super()._close()  # type: ignore[misc]
        finally:
            self._leave_turn()

    def _take_turn(self) -> None:
        # Held already, or nobody else can write: a database in memory has one connection.
        if fcntl is None or self.turn is not None or self.is_in_memory_db():
            return
        try:
            turn = os.open(f"{self.settings_dict['NAME']}-queue", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            # No room, no right, or the folder is gone: what SQLite itself would say of its own files.
            raise OperationalError(f"unable to open the queue of the database: {error.strerror}") from error
        # The system gives it free when a process ends, however it ends: nothing has to be cleared up after a kill.
        fcntl.flock(turn, fcntl.LOCK_EX)
        self.turn = turn

    def _leave_turn(self) -> None:
        if self.turn is not None:
            os.close(self.turn)
            self.turn = None
