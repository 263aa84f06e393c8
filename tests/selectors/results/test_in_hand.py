"""What a process has in hand from its last pages goes when the cache is emptied, and is never more than some pages."""

import pytest

from survey.selectors.results.in_hand import MOST, in_hand, take_in_hand
from survey.selectors.results.postponed import begin, empty, finish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outside_a_request() -> None:
    """Within one the cache counts as it was at its beginning, and another test may have left one that never ended."""
    finish()


def test_what_was_taken_in_hand_last_is_there() -> None:
    take_in_hand(("page", 1), "first")
    take_in_hand(("page", 1), "second")
    assert (in_hand(("page", 1)), in_hand(("page", 2))) == ("second", None)


def test_nothing_is_left_in_hand_when_the_cache_is_emptied() -> None:
    """Answers were erased, and nothing that was made of them may stay."""
    take_in_hand(("page", 1), "made of an answer")
    empty()
    assert in_hand(("page", 1)) is None


def test_a_thread_that_has_answered_a_request_has_nothing_in_hand_of_an_emptied_cache() -> None:
    """As one of a job or of a test has that did."""
    begin()
    take_in_hand(("page", 1), "made of an answer")
    finish()
    empty()
    assert in_hand(("page", 1)) is None


def test_a_request_has_in_hand_what_it_began_with_and_the_next_one_nothing() -> None:
    begin()
    take_in_hand(("page", 1), "made of an answer")
    empty()
    assert in_hand(("page", 1)) == "made of an answer"
    finish()
    begin()
    assert in_hand(("page", 1)) is None
    finish()


def test_what_has_not_been_asked_for_longest_goes_first() -> None:
    for number in range(MOST + 1):
        take_in_hand(("page", number), number)
    assert [in_hand(("page", number)) for number in (0, 1, MOST)] == [None, 1, MOST]
