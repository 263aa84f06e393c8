"""Writers on SQLite wait for their turn instead of failing."""

import time
from typing import Any

import pytest
from django.db import connection, transaction

from survey.instrument.schema import Text
from survey.models import District
from tests.services.answers.test_responses_parallel import at_once

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="the queue is SQLite's")


def test_writers_wait_beyond_the_busy_timeout(parallel_database: None) -> None:
    def hold(number: int) -> float:
        connection.ensure_connection()
        connection.connection.execute("PRAGMA busy_timeout = 1")
        with transaction.atomic():
            District.objects.create(code=f"9{number}", name=Text("区", "D"))
            time.sleep(0.05)
        return time.monotonic()

    ends = sorted(at_once(8, hold))
    assert District.objects.filter(code__startswith="9").count() == 8
    assert ends[-1] - ends[0] >= 0.35


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
