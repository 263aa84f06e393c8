"""A database that went through every single migration has the tables of one that was made at once."""

from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


@pytest.fixture(scope="module")
def made_at_once(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Any]:
    """The tables of the suite's own database; read before that of the upgrade takes its place."""
    with django_db_blocker.unblock():
        return tables()


def tables() -> dict[str, Any]:
    """Columns, constraints and indexes by table, and the names of all triggers; whatever the order of the columns."""
    introspection = connection.introspection
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        found: dict[str, Any] = {"triggers": sorted(name for (name,) in cursor.fetchall())}
        for name in introspection.table_names(cursor):
            columns = introspection.get_table_description(cursor, name)
            constraints = introspection.get_constraints(cursor, name)
            # SQLite names none of its checks and keys; Django gives them numbers in the order of the columns.
            held = [
                {**told, "columns": sorted(told["columns"] or []), "name": key.rstrip("0123456789_")}
                for key, told in constraints.items()
            ]
            found[name] = sorted(map(shape, columns)), sorted(held, key=repr)
    return found


def shape(column: Any) -> tuple[Any, ...]:
    return column.name, str(column.type_code), column.internal_size, column.precision, column.scale, column.null_ok


def test_both_ways_make_the_same_tables(made_at_once: dict[str, Any], upgraded: None) -> None:
    one_by_one = tables()
    assert one_by_one.keys() == made_at_once.keys()
    assert {name for name in one_by_one if one_by_one[name] != made_at_once[name]} == set()
