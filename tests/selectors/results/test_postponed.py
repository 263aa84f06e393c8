"""What a request made is there for it at once, and for everybody when its answer has been sent."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from survey.selectors.results.kept import MANY_ROWS, kept
from survey.selectors.results.postponed import begin, finish, write


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
    assert [kept("r", ("waits",), lambda: number) for number in (1, 2)] == [1, 1]  # noqa: B023
    finish()
    assert kept("r", ("waits",), lambda: 3) == 1


def test_value_of_a_cache_that_was_emptied_meanwhile_is_dropped(request_made: None) -> None:
    """Answers were erased, and what was made of them must not come back."""
    write("dropped", 1, 60)
    cache.clear()
    finish()
    assert cache.get("dropped") is None


def test_value_of_many_rows_is_written_at_once(request_made: None) -> None:
    kept("r", ("many",), lambda: [1], rows=lambda value: MANY_ROWS)
    cache.clear()
    finish()
    assert kept("r", ("many",), lambda: [2], rows=lambda value: MANY_ROWS) == [2]
