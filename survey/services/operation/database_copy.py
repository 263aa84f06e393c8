"""One consistent copy of a database while it is in use, its check, and the way back; one way for each product."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from django.db import connection, connections, transaction

from survey.services.operation.backup_refusals import BackupRefusedError

STEP = 2000
"""Pages that the backup API of SQLite copies before it lets writers pass."""


class DatabaseCopy(Protocol):
    """How one product copies, checks and restores. Row counts are by table."""

    def copy(self, target: Path) -> dict[str, int]: ...
    def check(self, copy: Path, rows: Mapping[str, int]) -> str: ...
    def restore(self, copy: Path) -> None: ...


class SqliteCopy:
    """By the backup API, which copies a state between two transactions, whatever is written meanwhile."""

    def copy(self, target: Path) -> dict[str, int]:
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy, pages=STEP)
            # The copy takes over WAL mode, whose -wal file would have to travel with it (sqlite.org/wal.html).
            copy.execute("PRAGMA journal_mode=DELETE")
            return _rows_in(copy)

    def check(self, copy: Path, rows: Mapping[str, int]) -> str:
        """What is wrong with the copy; empty where nothing is."""
        with closing(sqlite3.connect(copy)) as opened:
            # It does not look at foreign keys (sqlite.org/pragma.html#pragma_integrity_check); these have a check of
            # their own.
            found = opened.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                return str(found)
            broken = opened.execute("PRAGMA foreign_key_check").fetchone()
            if broken:
                return f"a row of {broken[0]} points to nothing"
            return difference(rows, _rows_in(opened))

    def restore(self, copy: Path) -> None:
        """Through the backup API as well, so that other processes with the file open see the new state whole."""
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as source:
            source.backup(connection.connection)
        connection.close()


def _rows_in(database: sqlite3.Connection) -> dict[str, int]:
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in tables.fetchall()}


class PostgresCopy:
    """By pg_dump and pg_restore of the client that is installed; the dump and the counts share one snapshot."""

    def copy(self, target: Path) -> dict[str, int]:
        # One snapshot for both: the counts are those of the dump although firms go on answering.
        with transaction.atomic(), connection.cursor() as cursor:
            if not connection.savepoint_ids:  # inside another transaction the level is set already
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}", *self.address())
            tables = connection.introspection.table_names(cursor)
            return {name: self.count(cursor, name) for name in tables}

    @staticmethod
    def count(cursor: object, name: str) -> int:
        cursor.execute(f'SELECT count(*) FROM "{name}"')  # type: ignore[attr-defined]
        return int(cursor.fetchone()[0])  # type: ignore[attr-defined]

    def check(self, copy: Path, rows: Mapping[str, int]) -> str:
        """What is wrong with the dump; rows are counted in it without a server."""
        listed = run("pg_restore", "--data-only", "--file=-", str(copy))
        found: dict[str, int] = {}
        table = ""
        for line in listed.splitlines():
            # pg_restore without a database writes a script; rows stand between COPY and a line with "\." alone.
            begins = re.match(r'COPY public\."?(\w+)"? ', line)
            if begins:
                table = begins[1]
                found[table] = 0
            elif line == "\\.":
                table = ""
            elif table:
                found[table] += 1
        return difference(rows, found)

    def restore(self, copy: Path) -> None:
        # pg_restore --clean drops tables, for which it waits while a connection of ours holds them.
        connections.close_all()
        # In one transaction: a restore that breaks off leaves the database as it was.
        run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", *self.address(), str(copy))

    @staticmethod
    def address() -> list[str]:
        given = connection.settings_dict
        named = {"--host": given["HOST"], "--port": given["PORT"], "--username": given["USER"]}
        return [f"{name}={value}" for name, value in named.items() if value] + [f"--dbname={given['NAME']}"]


def run(program: str, *arguments: str) -> str:
    """Output of a program of PostgreSQL. Raises BackupRefusedError with what it said."""
    if shutil.which(program) is None:
        raise BackupRefusedError("no_program", program)
    environment = {**os.environ, **surroundings(connection.settings_dict)}
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupRefusedError("program", program, said=done.stderr.strip())
    return done.stdout


def surroundings(given: Mapping[str, Any]) -> dict[str, str]:
    """What programs of PostgreSQL are told in the environment: password and TLS of the site's own connection.

    Not among the arguments, which every user of the machine can list. Without ``sslmode`` they would be content with a
    server that speaks no TLS, or that nobody has vouched for.
    """
    named = {"PGPASSWORD": given.get("PASSWORD")}
    named |= {f"PG{name.upper()}": value for name, value in given.get("OPTIONS", {}).items() if name.startswith("ssl")}
    return {name: str(value) for name, value in named.items() if value}


def difference(expected: Mapping[str, int], found: Mapping[str, int]) -> str:
    """The first table that has other than the expected number of rows; empty where all agree."""
    for name, count in expected.items():
        if found.get(name, 0) != count:
            return f"{name} has {found.get(name, 0)} rows instead of {count}"
    return ""


DATABASE_COPIES: dict[str, DatabaseCopy] = {"sqlite": SqliteCopy(), "postgresql": PostgresCopy()}
