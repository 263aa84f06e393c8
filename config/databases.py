"""The database that the environment names, and how connections to it are opened and kept."""

from pathlib import Path
from typing import Any

import environ

SQLITE_OPTIONS = {
    "timeout": 20,
    # A transaction that begins by reading and then writes fails at once where another has written since, without
    # waiting.
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    # What is deleted is overwritten with zeros, not only given free.
    "PRAGMA secure_delete=ON;",
}


def database(env: environ.Env, folder: Path) -> dict[str, Any]:
    """The entry of DATABASES; without an address a file of SQLite in ``folder``, which is made where it is missing."""
    found: dict[str, Any] = env.db("DATABASE_URL", default=f"sqlite:///{folder / 'tongdian.sqlite3'}")
    options = found.setdefault("OPTIONS", {})
    if found["ENGINE"].endswith("sqlite3"):
        found["ENGINE"] = "config.sqlite3"
        # Tests never touch the file of an installation.
        found["TEST"] = {"NAME": ":memory:"}
        options.update(SQLITE_OPTIONS)
        Path(found["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    else:
        found["CONN_HEALTH_CHECKS"] = True
        # A machine that does not answer at all would otherwise hold each thread for two minutes.
        options.setdefault("connect_timeout", 5)
    # Opening a database reads its whole schema again, so that each thread keeps its connection for a while, in seconds.
    found["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    return found
