"""What is made of many columns in several threads is what one thread makes of each."""

from threading import Barrier, get_ident

import numpy as np
import pytest

from survey.threads import MANY_ROWS, MOSTLY_COLUMNS, of_each, pays, together


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey.threads.processors", lambda: 2)


def makers(rows: int) -> set[int]:
    return set(of_each(lambda _one: get_ident(), range(8), rows))


def test_what_is_made_stands_in_the_order_asked_for() -> None:
    assert of_each(lambda one: one * one, range(50), MANY_ROWS) == [one * one for one in range(50)]


@pytest.mark.parametrize("rows", [0, MANY_ROWS - 1])
def test_few_rows_are_read_where_they_are_asked_for(rows: int) -> None:
    assert makers(rows) == {get_ident()}


def test_many_rows_are_read_by_two_threads_one_of_which_asked() -> None:
    meeting = Barrier(2, timeout=60)

    def met(_one: int) -> int:
        # Nobody goes on before the other is there as well.
        meeting.wait()
        return get_ident()

    threads = set(of_each(met, range(2), MANY_ROWS))
    assert len(threads) == 2
    assert get_ident() in threads


def test_on_one_processor_nothing_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey.threads.processors", lambda: 1)
    assert makers(MANY_ROWS) == {get_ident()}


def test_work_within_work_waits_for_nobody() -> None:
    """More at once than there are threads: with one waiting for another none would end."""

    def inner(number: int) -> list[int]:
        return of_each(lambda one: one + number, range(3), MANY_ROWS)

    assert of_each(inner, range(100), MANY_ROWS) == [[number, number + 1, number + 2] for number in range(100)]


def test_first_error_is_raised() -> None:
    def fail(number: int) -> int:
        if number % 2:
            raise ValueError(f"{number}")
        return number

    with pytest.raises(ValueError, match=r"^1$"):
        of_each(fail, range(10), MANY_ROWS)


def one_by_nothing(_number: int) -> float:
    return float(np.float64(1) / np.float64(0))


def test_division_by_nothing_is_what_it_is_for_who_asks() -> None:
    with np.errstate(divide="ignore"):
        assert of_each(one_by_nothing, range(4), MANY_ROWS) == [np.inf] * 4
    with np.errstate(divide="raise"), pytest.raises(FloatingPointError):
        of_each(one_by_nothing, range(4), MANY_ROWS)


@pytest.mark.parametrize(
    ("number", "rows", "answer"),
    [(2, MOSTLY_COLUMNS, True), (2, MOSTLY_COLUMNS - 1, False), (1, MOSTLY_COLUMNS, False), (3, MOSTLY_COLUMNS, True)],
)
def test_large_pieces_of_work_are_done_together(number: int, rows: int, answer: bool) -> None:
    assert pays(number, rows) is answer


def test_on_one_processor_large_pieces_are_done_one_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey.threads.processors", lambda: 1)
    assert not pays(2, MOSTLY_COLUMNS)


def test_who_is_done_helps_the_other_with_its_columns() -> None:
    """The second piece has two columns that wait for one another; the first has nothing to do."""
    meeting = Barrier(2, timeout=60)

    def met(_one: int) -> int:
        meeting.wait()
        return get_ident()

    found = together([lambda: [0, 0], lambda: of_each(met, range(2), MANY_ROWS)])
    assert len(set(found[1])) == 2


def test_after_an_error_no_further_piece_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []

    def fail(number: int) -> None:
        begun.append(number)
        raise ValueError(number)

    with pytest.raises(ValueError, match=r"^0$"):
        of_each(fail, range(100), MANY_ROWS)
    assert len(begun) <= 2
