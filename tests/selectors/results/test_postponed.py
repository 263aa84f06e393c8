"""What a request made is there for it at once, and for everybody when its answer has been sent."""

from collections.abc import Iterator
from threading import Barrier

import pytest
from django.core.cache import cache

from survey.selectors.results.kept import MANY_ROWS, ToMake, kept, make_together
from survey.selectors.results.postponed import begin, empty, finish, write
from survey.threads import MOSTLY_COLUMNS


@pytest.fixture
def request_made() -> Iterator[None]:
    begin()
    yield
    finish()


def test_outside_a_request_a_value_is_written_at_once() -> None:
    write("at-once", 1, 60)
    assert cache.get("at-once") == 1


def test_value_is_written_when_the_answer_has_been_sent(request_made: None) -> None:
    write("key", 1, 60)
    write("key", 2, 60)
    assert cache.get("key") is None
    finish()
    assert cache.get("key") == 2


def test_value_that_waits_is_there_for_its_request(request_made: None) -> None:
    assert [kept("r", ("waits",), number.copy) for number in ([1], [2])] == [[1], [1]]
    finish()
    assert kept("r", ("waits",), [3].copy) == [1]


def test_value_of_a_cache_that_was_emptied_meanwhile_is_dropped(request_made: None) -> None:
    """Answers were erased, and what was made of them must not come back."""
    write("dropped", 1, 60)
    empty()
    finish()
    assert cache.get("dropped") is None


@pytest.mark.parametrize("rows", [1, MANY_ROWS])
def test_value_of_what_was_read_before_the_cache_was_emptied_is_dropped(request_made: None, rows: int) -> None:
    def make() -> list[int]:
        # Somebody erases answers while a request makes something of them.
        empty()
        return [1]

    kept("r", (f"read before {rows}",), make, rows=lambda _value: rows)
    finish()
    assert kept("r", (f"read before {rows}",), [2].copy) == [2]


def test_values_made_side_by_side_of_what_was_read_before_the_cache_was_emptied_are_dropped(
    request_made: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those that another thread wrote, which knows of no request."""
    monkeypatch.setattr("survey.threads.processors", lambda: 2)
    meeting = Barrier(2, timeout=60)

    def make() -> list[int]:
        # Each in a thread of its own; answers are erased when both have begun.
        if meeting.wait() == 0:
            empty()
        meeting.wait()
        return [1]

    names = ["one", "other"]
    make_together(
        [ToMake(revision="r", parts=(name,), read=lambda _before: make, rows=MOSTLY_COLUMNS) for name in names]
    )
    finish()
    assert [kept("r", (name,), [2].copy) for name in names] == [[2], [2]]


def test_cache_that_is_emptied_while_values_are_written_has_none_of_them(
    request_made: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("first", "second"):
        write(key, 1, 60)
    store = cache.set

    def interrupted(key: str, value: object, seconds: int) -> None:
        store(key, value, seconds)
        if key == "first":
            empty()

    with monkeypatch.context() as writing:
        writing.setattr(cache, "set", interrupted)
        finish()
    assert [cache.get(key) for key in ("first", "second")] == [None, None]


def test_value_of_many_rows_is_written_at_once(request_made: None) -> None:
    kept("r", ("many",), lambda: [1], rows=lambda value: MANY_ROWS)
    cache.clear()
    finish()
    assert kept("r", ("many",), lambda: [2], rows=lambda value: MANY_ROWS) == [2]
