"""Which errors say that something the site stands on is away: the database, or room on the disk."""

import errno
import sqlite3
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError

FULL = {errno.ENOSPC: "no room on the disk", errno.EDQUOT: "the quota of the disk is used up"}
UNREADABLE = {errno.EFBIG: "a file may not grow further", errno.EIO: "the disk fails", errno.EROFS: "read-only disk"}
OF_THE_DISK = FULL | UNREADABLE
AWAY_IN_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_AUTH,
}
"""Primary result codes (sqlite.org/rescode.html); SQLITE_ERROR, by which SQLite refuses wrong SQL, is none of them."""
READ_ONLY_IN_POSTGRESQL = "25006"


def outage(error: BaseException | None) -> str:
    """What is away, in a line for the log without anybody's data; "" where the error is one of the program."""
    while error is not None:
        reason = _reason(error)
        if reason:
            return reason
        # Along the chain: the ORM wraps what the driver said, and a view may have wrapped that.
        error = error.__cause__ or error.__context__
    return ""


def _reason(error: BaseException) -> str:
    if isinstance(error, DatabaseError | InterfaceError):
        return _of_database(error)
    if isinstance(error, OSError) and error.errno in OF_THE_DISK:
        return f"disk: {OF_THE_DISK[error.errno]}"
    return ""


def _of_database(error: Any) -> str:
    cause: Any = error.__cause__
    said = f"database: {first_line(error)}"
    if isinstance(cause, sqlite3.Error):
        # An extended code has its primary one in the lowest byte.
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        # A file that was taken away is made anew by SQLite, empty.
        return said if code in AWAY_IN_SQLITE or str(cause).startswith("no such table: ") else ""
    is_read_only = getattr(cause, "sqlstate", None) == READ_ONLY_IN_POSTGRESQL
    return said if is_read_only or isinstance(error, OperationalError | InterfaceError) else ""


def first_line(error: BaseException) -> str:
    """PostgreSQL names rows from the second line on."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
