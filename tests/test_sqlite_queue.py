"""Writers on SQLite wait for their turn instead of failing."""

import time
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection, transaction

from survey.instrument.schema import Text
from survey.models import District
from tests.services.answers.test_responses_parallel import at_once

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="the queue is SQLite's")


def test_writers_wait_beyond_the_busy_timeout(parallel_database: None) -> None:
    def hold(number: int) -> tuple[float, float]:
        connection.ensure_connection()
        connection.connection.execute("PRAGMA busy_timeout = 1")
        with transaction.atomic():
            begun = time.monotonic()
            District.objects.create(code=f"9{number}", name=Text("区", "D"))
            time.sleep(0.05)
            return begun, time.monotonic()

    turns = sorted(at_once(8, hold))
    assert District.objects.filter(code__startswith="9").count() == 8
    assert all(ended <= begun for (_, ended), (begun, _) in pairwise(turns))


def turn_of(wrapper: Any) -> int | None:
    """The file by which the connection holds its turn."""
    turn: int | None = wrapper.turn
    return turn


def test_turn_is_left_after_a_failure(parallel_database: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert turn_of(connection) is None
    assert at_once(1, lambda number: District.objects.count()) == [District.objects.count()]


def test_nested_transactions_hold_one_turn(parallel_database: None) -> None:
    with transaction.atomic():
        turn = turn_of(connection)
        with transaction.atomic():
            assert turn_of(connection) == turn
        assert turn_of(connection) == turn is not None
    assert turn_of(connection) is None
