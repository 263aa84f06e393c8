"""What stays of an action whose process ends in the middle of its writing: nothing, where it is one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db import connection, transaction

WRITES = ("INSERT", "UPDATE", "DELETE")


class ProcessEnds(BaseException):
    """Stands for a process that is killed before the write that it says: nothing of the product may go on after it."""


def half_written(act: Callable[[], object]) -> list[str]:
    """What an action leaves that ends before its second write, its third and so on; it is begun anew until it is whole.

    ``act`` makes two writes at least, and is given nothing that an attempt changes in memory. Tables that are not as
    they were before come with the write that did not happen. A transaction of the product is a savepoint within that
    of a test, and is rolled back as it would be without one.
    """
    before = all_rows()
    for number in count(2):
        try:
            with ended_at_write(number):
                act()
        except ProcessEnds as ended:
            if connection.in_atomic_block:
                # Django sets it where a block has no savepoint, which alone would have been the whole transaction.
                transaction.set_rollback(False)
            after = all_rows()
            left = [name for name in sorted(before | after) if before.get(name) != after.get(name)]
            if left:
                return [f"{name}, before {ended}" for name in left]
            continue
        assert number > 2, "An action of one write is there or not; this test says nothing of it."
        break
    return []


@contextmanager
def ended_at_write(number: int) -> Iterator[None]:
    """Whatever is done within ends instead of making the write with this number."""
    made = 0

    def end(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal made
        if sql.lstrip().upper().startswith(WRITES):
            made += 1
            if made == number:
                raise ProcessEnds(sql[:60])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(end):
        yield


def all_rows() -> dict[str, list[str]]:
    """What stands in each table of the database that is not empty."""
    rows = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            rows[name] = sorted(map(repr, cursor.fetchall()))
    return {name: found for name, found in rows.items() if found}
