"""kill -9 of a web worker each second and of the master five times, while firms submit."""

import random

from benchmarks.fault_kinds.ledger import Ledger
from benchmarks.fault_kinds.outcome import Outcome, Sizes, crowd, fill_in, judged
from benchmarks.fault_kinds.postgres import postgres
from benchmarks.fault_kinds.server import Server, beside, serving

MASTERS = 5


def killed_on_sqlite(sizes: Sizes) -> Outcome:
    return killed(sizes, "")


def killed_on_postgresql(sizes: Sizes) -> Outcome:
    with postgres(sizes.folder / "postgres") as server:
        return killed(sizes, server.address)


def killed(sizes: Sizes, database: str) -> Outcome:
    """The program is loaded and warm before the workers fork, or none would ever be up where one dies each second."""
    ledger, chance = Ledger(), random.Random(1)
    with serving(sizes.folder, firms=sizes.firms + 1, database=database, workers=3, is_warmed=True) as server:

        def kill() -> None:
            turn = server.killed["masters"] + 1
            if turn <= MASTERS and len(ledger.receipts) >= turn * sizes.firms // (MASTERS + 1):
                server.kill_the_master()
            else:
                server.kill_a_worker(chance)

        with beside(kill, sizes.seconds):
            gave_up = crowd(server.codes[:-1], ledger, sizes.people, fill_in)
        figures = {"submissions": sizes.firms, "people at a time": sizes.people, **deaths(server)}
        return judged(server, ledger, gave_up, **figures)


def deaths(server: Server) -> dict[str, str | int]:
    return {"workers killed (kill -9)": server.killed["workers"], "masters killed (kill -9)": server.killed["masters"]}
