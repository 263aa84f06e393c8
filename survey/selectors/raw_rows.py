"""Many rows of a query without the conversions that Django makes for each value."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet


def raw_rows(query: QuerySet[Any, tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows as the database gives them: on SQLite 0 and 1 serve for no and yes, and texts in UTC for times."""
    sql, parameters = query.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
