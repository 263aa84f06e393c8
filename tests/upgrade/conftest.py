"""The database of version 1.1.0, migrated to the newest version, as the default database of these tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.upgrade.stored import StoredDatabase, build_schema, load_rows, read_stored


@pytest.fixture(scope="session")
def stored() -> StoredDatabase:
    return read_stored()


@pytest.fixture(scope="module")
def upgraded(
    stored: StoredDatabase, django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[None]:
    """Its rows, migrated as ``manage.py migrate`` does it; tests only read them. Per module, so that others have theirs back."""
    with django_db_blocker.unblock(), another_database(tmp_path_factory.mktemp("upgrade")):
        load_rows(build_schema(stored.migrations), stored.rows)
        call_command("migrate", verbosity=0)
        yield


@contextmanager
def another_database(folder: Path) -> Iterator[None]:
    """An empty database as the default one: on SQLite a file in the folder, else one more of the server."""
    settings, kept = connection.settings_dict, connection.connection
    before, after = settings["NAME"], str(folder / "upgrade.sqlite3")
    if connection.vendor == "sqlite":
        connection.connection = None
    else:
        after = f"{before}_upgrade"
        _on_server(f'DROP DATABASE IF EXISTS "{after}"', f'CREATE DATABASE "{after}"')
        connection.close()
    settings["NAME"] = after
    _forget()
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = before
        _forget()
        if connection.vendor == "sqlite":
            connection.connection = kept
        else:
            _on_server(f'DROP DATABASE "{after}"')


def _on_server(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _forget() -> None:
    """Drop what is kept of the other database's rows."""
    ContentType.objects.clear_cache()
    cache.clear()
