"""Many rows of a query without the conversions that Django makes for each value."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet

AT_ONCE = 500
"""Rows that are read in one go; so many tuples at a time are too few to make Python look through all that it holds."""


def raw_columns(query: QuerySet[Any, tuple[Any, ...]]) -> list[list[Any]]:
    """The columns of the rows as the database gives them, in their order.

    Of a query without an order SQLite gives 0 and 1 for no and yes, and texts in UTC for times.
    """
    sql, parameters = query.query.sql_with_params()
    width = len(query.query.values_select) + len(query.query.annotation_select)
    if connection.vendor == "sqlite" and not query.ordered:
        sql = _untyped(sql, width)
    columns: list[list[Any]] = [[] for _column in range(width)]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(AT_ONCE):
            for column, values in zip(columns, zip(*rows, strict=True), strict=True):
                column.extend(values)
    return columns


def _untyped(sql: str, width: int) -> str:
    """The query with columns whose type the driver does not know.

    It makes an object of each value of a column of times, which takes longer than reading it. Whether an order outlives
    this is for the database to say.
    """
    names = [f"c{place}" for place in range(width)]
    plain = ", ".join(f"+{name}" for name in names)
    return f"WITH found ({', '.join(names)}) AS ({sql}) SELECT {plain} FROM found"  # noqa: S608 - names made here
