"""What the benchmark of faults says is lost, and one of its faults in brief: the database stops while firms submit."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks.fault_kinds.ledger import Kept, Ledger
from benchmarks.fault_kinds.outages import database_stopped
from benchmarks.fault_kinds.outcome import Sizes
from benchmarks.fault_kinds.postgres import programs


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that the user of PostgreSQL reaches, as it does not those of pytest."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_firms_submit_while_the_database_stops(place: Path) -> None:
    if programs() is None:
        pytest.skip("initdb is not installed: on Debian, apt install postgresql.")
    outcome = database_stopped(Sizes(folder=place, firms=10, people=4, seconds=0.5, rate=1))
    assert outcome.complaints == []
    assert outcome.figures["receipts shown"] == 11
    assert int(outcome.figures["of which 503 with the time to come again"]) >= 3


def kept(**changed: Any) -> Kept:
    good = {"answers": {"n0": 1}, "receipt": "R1", "status": "submitted", "is_current": True, "submitted_at": 1.0}
    return Kept(**{**good, **changed})


@pytest.mark.parametrize(
    ("stored", "complaint"),
    [
        ({"A": [kept()]}, []),
        ({}, ["A: saved answers are lost", "A: receipt ['R1'] was shown, [] is stored"]),
        ({"A": [kept(answers={"n0": 2})]}, ["A: {'n0': 2} is stored instead of {'n0': 1}"]),
        ({"A": [kept(receipt="R2")]}, ["A: receipt ['R1'] was shown, ['R2'] is stored"]),
        ({"A": [kept(), kept(is_current=False, status="draft")]}, ["A has 2 responses"]),
    ],
)
def test_whatever_is_not_as_it_was_acknowledged_is_told(stored: Mapping[str, list[Kept]], complaint: list[str]) -> None:
    ledger = Ledger()
    ledger.note_saved("A", {"n0": 1})
    ledger.note_receipt("A", "R1")
    assert ledger.complaints(stored) == complaint


def test_second_receipt_is_told() -> None:
    ledger = Ledger()
    for number in ("R1", "R2"):
        ledger.note_receipt("A", number)
    assert ledger.complaints({"A": [kept()]}) == ["A: several receipts were shown, ['R1', 'R2']"]
