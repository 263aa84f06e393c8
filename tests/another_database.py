"""An empty database in place of the suite's own, for tests that migrate one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection


@contextmanager
def another_database(folder: Path) -> Iterator[None]:
    """An empty database as the default one: on SQLite a file in the folder, else one more of the server."""
    settings, kept = connection.settings_dict, connection.connection
    before, after = settings["NAME"], str(folder / "another.sqlite3")
    if connection.vendor == "sqlite":
        connection.connection = None
    else:
        after = f"{before}_another"
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
