"""A migrated database of the suite, kept in a file for each state of the code."""

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

from django.db import connection

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
    with closing(sqlite3.connect(copy)) as kept:
        kept.backup(connection.connection)


def keep_database(copy: Path) -> None:
    """Under its name only when it is whole: other processes of the suite may be about to read it."""
    partial = copy.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(partial)) as kept:
        connection.connection.backup(kept)
    partial.replace(copy)
