"""Many rows of a query without the conversions that Django makes for each value."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import QuerySet
from numpy.typing import NDArray

AT_ONCE = 500
"""Rows that are read in one go; so many tuples at a time are too few to make Python look through all that it holds."""


def raw_columns(query: QuerySet[Any, tuple[Any, ...]]) -> list[list[Any]]:
    """The columns of the rows as the database gives them, in their order.

    Of a query without an order SQLite gives 0 and 1 for no and yes, and texts in UTC for times.
    """
    columns: list[list[Any]] = [[] for _column in range(_width(query))]
    for portion in _portions(query):
        for column, values in zip(columns, portion, strict=True):
            column.extend(values)
    return columns


Made = Callable[[Sequence[Any]], NDArray[Any]]
"""Makes an array of some values of a column."""


def raw_arrays(query: QuerySet[Any, tuple[Any, ...]], made: Sequence[Made], *, rows: int) -> list[NDArray[Any]]:
    """The same columns as arrays, each of them ``made`` in portions: the objects of a million rows are three times as
    large as their arrays, and are never held together. There are about so many ``rows``."""
    # Of no value a column has its type. Each is laid out once: small arrays put together in the end would leave holes
    # between them, as large as all of them, which the system does not get back.
    columns, read = [np.zeros(rows, make(()).dtype) for make in made], 0
    for portion in _portions(query):
        found = [make(values) for make, values in zip(made, portion, strict=True)]
        columns = [_followed_by(column, read, values) for column, values in zip(columns, found, strict=True)]
        read += len(found[0])
    return [column[:read] for column in columns]


def _followed_by(column: NDArray[Any], read: int, values: NDArray[Any]) -> NDArray[Any]:
    """The column with values behind those that were read; a new one where they are longer texts, or more than room."""
    end, kind = read + len(values), np.result_type(column, values)
    if kind != column.dtype or end > len(column):
        before, column = column[:read], np.zeros(max(end, len(column)), kind)
        column[:read] = before
    column[read:end] = values
    return column


def _portions(query: QuerySet[Any, tuple[Any, ...]]) -> Iterator[Iterator[tuple[Any, ...]]]:
    """The columns of some rows at a time."""
    sql, parameters = query.query.sql_with_params()
    if connection.vendor == "sqlite" and not query.ordered:
        sql = _untyped(sql, _width(query))
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(AT_ONCE):
            yield zip(*rows, strict=True)


def _width(query: QuerySet[Any, tuple[Any, ...]]) -> int:
    return len(query.query.values_select) + len(query.query.annotation_select)


def _untyped(sql: str, width: int) -> str:
    """The query with columns whose type the driver does not know.

    It makes an object of each value of a column of times, which takes longer than reading it. Whether an order outlives
    this is for the database to say.
    """
    names = [f"c{place}" for place in range(width)]
    plain = ", ".join(f"+{name}" for name in names)
    return f"WITH found ({', '.join(names)}) AS ({sql}) SELECT {plain} FROM found"  # noqa: S608 - names made here
