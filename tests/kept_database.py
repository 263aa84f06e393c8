"""A migrated database of the suite: on SQLite kept in a file for each state of the code, on PostgreSQL its rows."""

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import connection, transaction

AS_IF = "SUITE_AS_IF_OF_STATE"
WHOLE = (
    "survey/apps.py",
    "survey/terms.py",
    "survey/weighting_terms.py",
    "survey/mailing_terms.py",
    "config/settings.py",
    "config/databases.py",
    "requirements.txt",
)
ROOT = Path(__file__).resolve().parent.parent


def state_of_the_code() -> str:
    """A digest of all that a migrated database follows from.

    Code with a fault put in on purpose takes the database of the code without it, which ``AS_IF`` names: migrating
    anew for every fault takes longer than its tests.
    """
    if AS_IF in os.environ:
        return os.environ[AS_IF]
    folders = [ROOT / "survey" / name for name in ("migrations", "models", "services", "instrument", "methods")]
    files = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    files += [ROOT / name for name in WHOLE]
    files += sorted((ROOT / "fixtures").rglob("*.json"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:20]


@cache
def kept_copy() -> Path:
    """Where the database of this state of the code is kept, or will be."""
    return Path(tempfile.gettempdir()) / f"tongdian-suite-{state_of_the_code()}.sqlite3"


def load_database(copy: Path) -> None:
    connection.ensure_connection()
    # Read only: where somebody has cleared the folder, an empty database must not take its place.
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as kept:
        kept.backup(connection.connection)


def keep_database(copy: Path) -> None:
    """Under its name only when it is whole: other processes of the suite may be about to read it."""
    partial = copy.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(partial)) as kept:
        connection.connection.backup(kept)
    partial.replace(copy)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRows:
    """The rows that migrating makes on PostgreSQL, by table, and the triggers that it puts on.

    Emptying all tables and making these anew, as Django does, takes a second for a test that wrote ten rows.
    """

    rows: dict[str, bytes]
    triggers: int

    @classmethod
    def now(cls) -> "KeptRows":
        """Those of the database as it is."""
        return cls(rows={table: _rows_of(table) for table in _filled_tables()}, triggers=_trigger_count())

    def put_back(self) -> None:
        """Make the database what it was, but for its sequences."""
        with transaction.atomic(), connection.cursor() as cursor:
            # Neither the guards nor foreign keys may look at rows that go and come in the order of tables.
            cursor.execute("SET LOCAL session_replication_role = replica")
            changed = [table for table in _filled_tables() if _rows_of(table) != self.rows.get(table)]
            missing = self.rows.keys() - set(_filled_tables())
            for table in {*changed, *missing}:
                cursor.execute(f'DELETE FROM "{table}"')
                if table in self.rows:
                    with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                        copy.write(self.rows[table])
        # A test that takes guards off in several connections leaves the database without them.
        if _trigger_count() != self.triggers:
            from survey.models import triggers

            triggers.install(connection)


def _filled_tables() -> list[str]:
    tables = connection.introspection.table_names()
    one = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM \"{0}\")"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(one.format(table) for table in tables))
        return [table for (table,) in cursor.fetchall()]


def _rows_of(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(bytes(part) for part in copy)


def _trigger_count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")
        return int(cursor.fetchone()[0])
