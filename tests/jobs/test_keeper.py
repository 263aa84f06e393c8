"""What a worker does beside its job: it gives signs of life, whatever else is done or goes wrong."""

import threading
from datetime import datetime

import pytest

from survey.jobs import keeper
from survey.jobs.keeper import Keeper

pytestmark = pytest.mark.django_db
SOON = 120
"""Seconds after which what should have happened has not, on a loaded machine either."""


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "SECONDS_BETWEEN_SIGNS", 0.01)
    monkeypatch.setattr(keeper, "SECONDS_BETWEEN_DUE", 0.01)


@pytest.fixture
def signs(monkeypatch: pytest.MonkeyPatch) -> threading.Semaphore:
    """One more for each sign of life."""
    given = threading.Semaphore(0)
    monkeypatch.setattr(Keeper, "sign", lambda self: given.release())
    return given


def test_worker_signs_while_something_due_takes_long(
    signs: threading.Semaphore, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def long_run(now: datetime) -> None:
        begun.set()
        may_end.wait(SOON)

    monkeypatch.setattr(keeper, "run_due", long_run)
    with Keeper(name="w", queues=["default"], runs_due=True):
        assert begun.wait(SOON)
        while signs.acquire(blocking=False):
            """What was signed before the long run began."""
        assert signs.acquire(timeout=SOON / 2)
        may_end.set()


def test_what_fails_is_tried_again(signs: threading.Semaphore, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = threading.Semaphore(0)

    def failing_run(now: datetime) -> None:
        runs.release()
        raise ConnectionError("The database is away.")

    monkeypatch.setattr(keeper, "run_due", failing_run)
    with Keeper(name="w", queues=["default"], runs_due=True):
        assert all(runs.acquire(timeout=SOON) for _run in range(3))
        assert signs.acquire(timeout=SOON)


def test_nothing_is_due_for_a_worker_without_the_clock(
    signs: threading.Semaphore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[datetime] = []
    monkeypatch.setattr(keeper, "run_due", ran.append)
    with Keeper(name="w", queues=["default"], runs_due=False):
        assert all(signs.acquire(timeout=SOON) for _sign in range(3))
    assert ran == []
