"""The database stops, or the disk is full, while firms submit: put off with what they typed, and nothing is lost."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from threading import Thread

from benchmarks.fault_kinds.clerk import ADDRESS, Clerk
from benchmarks.fault_kinds.ledger import Ledger
from benchmarks.fault_kinds.outcome import Outcome, Sizes, crowd, fill_in, judged
from benchmarks.fault_kinds.paper import answers_of
from benchmarks.fault_kinds.postgres import Postgres, postgres
from benchmarks.fault_kinds.server import Server, serving

TIMES = 3
ROOM = 400_000_000
"""Bytes of the small disk."""


def database_stopped(sizes: Sizes) -> Outcome:
    """PostgreSQL is stopped in the middle, once tidily and otherwise as by a crash, and started again."""
    with (
        postgres(sizes.folder / "postgres") as database,
        serving(sizes.folder, firms=sizes.firms + 1, database=database.address) as server,
    ):
        modes = iter(("fast", *["immediate"] * TIMES))
        away = Away(begin=lambda: database.stop(next(modes)), end=database.start)
        return put_off(sizes, server, away)


def disk_full_on_sqlite(sizes: Sizes) -> Outcome:
    """The disk with database, files and everything else of the site is filled to the last byte."""
    with small_disk(sizes.folder / "disk") as disk, serving(sizes.folder, firms=sizes.firms + 1, var=disk) as server:
        return put_off(sizes, server, Away(begin=lambda: fill(disk), end=lambda: emptied(disk)))


def disk_full_on_postgresql(sizes: Sizes) -> Outcome:
    """The disk of PostgreSQL is filled; it may stop by itself then, and is started when there is room."""
    with (
        small_disk(sizes.folder / "disk") as disk,
        postgres(disk / "postgres") as database,
        serving(sizes.folder, firms=sizes.firms + 1, database=database.address) as server,
    ):

        def end() -> None:
            emptied(disk)
            come_back(database)

        return put_off(sizes, server, Away(begin=lambda: fill(disk), end=end))


def come_back(database: Postgres) -> None:
    """As systemd does with a service that has ended."""
    database.run("pg_ctl", "-w", "-m", "immediate", "stop", check=False)
    database.start()


class Away:
    """How something goes away and comes back."""

    def __init__(self, *, begin: Callable[[], None], end: Callable[[], None]) -> None:
        self.begin, self.end = begin, end


def put_off(sizes: Sizes, server: Server, away: Away) -> Outcome:
    """Let the crowd fill in, take away what they need a few times, and look closely with one more clerk."""
    ledger, said = Ledger(), list[str]()
    *codes, last = server.codes
    witness = Clerk(last, ledger)
    witness.enter()
    crowded = Thread(target=lambda: said.extend(crowd(codes, ledger, sizes.people, fill_in)))
    crowded.start()
    for turn in range(TIMES):
        wait_until(lambda turn=turn: len(ledger.receipts) >= (turn + 1) * sizes.firms // (TIMES + 2))  # type: ignore[misc]
        said += seen_by(witness, away, answers_of(1000 + turn), sizes.seconds)
    crowded.join()
    witness.submit(witness.checked())
    figures = {"submissions": len(server.codes), "people at a time": sizes.people, "outages": TIMES}
    return judged(server, ledger, said, **figures)


def seen_by(witness: Clerk, away: Away, answers: dict[str, int | str], seconds: float) -> list[str]:
    """Go away, post a page meanwhile, come back, and send what the page of the outage kept."""
    state = witness.opened()
    away.begin()
    try:
        answer = witness.once("POST", ADDRESS, {**state, **answers})
        ends = time.monotonic() + 30
        # What was written just before may fit still: PostgreSQL has files of its log in stock.
        while answer.status == 302 and time.monotonic() < ends:
            witness.ledger.note_saved(witness.code, answers)
            state = witness.opened()
            answers = {**answers, "n0": int(answers["n0"]) + 1}
            answer = witness.once("POST", ADDRESS, {**state, **answers})
        time.sleep(seconds)
    finally:
        away.end()
    complaints = []
    if answer.status != 503 or not answer.headers.get("Retry-After"):
        complaints.append(f"in the outage a page was answered with {answer.status}, not 503 and when to come again")
    elif any(escape(str(value)) not in answer.body for value in answers.values()):
        complaints.append("the page of the outage does not keep what was typed")
    witness.save(answers)
    return complaints


def wait_until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 600
    while not holds() and time.monotonic() < ends:
        time.sleep(0.05)


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """A disk of its own with little room; only root may have one. Raises PermissionError."""
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=755", "tmpfs", str(place)], check=False)
    if mounted.returncode:
        raise PermissionError("Only root may mount the small disk that is to be filled.")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path) -> None:
    """Leave no byte free."""
    with (disk / "ballast").open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    if file.write(b"x" * size) < size:
                        break
            except OSError:
                continue


def emptied(disk: Path) -> None:
    (disk / "ballast").unlink(missing_ok=True)
