"""The database of the suite: migrated once, emptied as it was migrated, and shared by threads where a test asks."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import flush, migrate
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from survey.models import guards, triggers
from tests.kept_database import KeptRows, keep_database, kept_copy, load_database


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """The database of the suite; on SQLite the migrations run once for each state of the code, then a copy serves.

    Every process of the suite would otherwise spend more time on migrations than most files on their tests.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        copy = kept_copy()
        serves = connection.vendor == "sqlite" and copy.exists()
        if serves:
            patch.setattr(migrate.Command, "handle", lambda *args, **options: load_database(copy))
        made = setup_databases(verbosity=0, interactive=False)
        if connection.vendor == "sqlite" and not serves:
            keep_database(copy)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def emptied_as_it_was_migrated(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What may not be deleted is emptied between tests of several connections: the migrated database is put back.

    That takes a hundredth of the time in which Django empties all tables and migrates what they held.
    """
    with django_db_blocker.unblock():
        put_back = KeptRows.now().put_back if connection.vendor == "postgresql" else partial(load_database, kept_copy())

    def as_migrated(command: Any, **options: Any) -> None:
        put_back()
        ContentType.objects.clear_cache()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", as_migrated)
        yield


@pytest.fixture
def unguarded(db: None) -> None:
    """Lets a test change what was submitted or corrected, to see what follows; the guards are back after it."""
    triggers.remove_named(connection, guards.PREFIX)


@pytest.fixture(scope="session", autouse=True)
def no_session_is_left(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """End what threads of servers left open on PostgreSQL, which does not drop a database in use."""
    yield
    if connection.vendor == "postgresql":
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


@pytest.fixture
def parallel_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database that many threads may use at once: on SQLite a copy in a file, because one in memory is one's own."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    with closing(sqlite3.connect(tmp_path / "parallel.sqlite3")) as copy:
        in_memory.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(tmp_path / "parallel.sqlite3")
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = in_memory, name
