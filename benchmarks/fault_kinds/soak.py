"""Many minutes of firms that come at a steady rate: nothing is lost, and the workers do not grow."""

import time
from concurrent.futures import Future, ThreadPoolExecutor

from benchmarks.fault_kinds.clerk import Clerk, GaveUpError
from benchmarks.fault_kinds.ledger import Ledger
from benchmarks.fault_kinds.outcome import Outcome, Sizes, fill_in, judged
from benchmarks.fault_kinds.postgres import postgres
from benchmarks.fault_kinds.server import serving

GROWTH = 1.10
WARM = 1 / 6
"""The part of the time after which everything that is kept has been met once."""


def soak(sizes: Sizes) -> Outcome:
    """``rate`` firms a second come for ``seconds``, on PostgreSQL, each from its code to the receipt."""
    ledger, memory, took = Ledger(), list[tuple[float, int]](), list[float]()
    count = int(sizes.seconds * sizes.rate)
    with (
        postgres(sizes.folder / "postgres") as database,
        serving(sizes.folder, firms=count, database=database.address) as server,
        ThreadPoolExecutor(sizes.people) as pool,
    ):

        def visit(number: int, due: float) -> str:
            try:
                fill_in(Clerk(server.codes[number], ledger), number)
            except GaveUpError as error:
                return str(error)
            took.append(time.monotonic() - due)
            return ""

        began, visits = time.monotonic(), list[Future[str]]()
        for number in range(count):
            due = began + number / sizes.rate
            time.sleep(max(0.0, due - time.monotonic()))
            visits.append(pool.submit(visit, number, due))
            if number % max(1, int(10 * sizes.rate)) == 0:
                memory.append((time.monotonic() - began, server.memory()))
        gave_up = [said for said in (one.result() for one in visits) if said]
        seconds = time.monotonic() - began
        memory.append((seconds, server.memory()))
        grown = growth(memory)
        took.sort()
        figures: dict[str, str | int] = {
            "submissions": count, "seconds": round(seconds), "submissions a second": f"{count / seconds:.1f}",
            "seconds from code to receipt, median": f"{took[len(took) // 2]:.1f}",
            "seconds from code to receipt, 95th of 100": f"{took[int(0.95 * (len(took) - 1))]:.1f}",
            "memory of the workers at the end, MB": memory[-1][1] // 1_000_000,
            "at the end against after the first sixth": f"{grown:.3f}",
        }  # fmt: skip
        outcome = judged(server, ledger, gave_up, **figures)
        fat = [f"memory grew by the factor {grown:.3f}"] if grown > GROWTH else []
        return Outcome(figures=outcome.figures, complaints=outcome.complaints + fat)


def growth(memory: list[tuple[float, int]]) -> float:
    """Memory at the end over that once everything was warm."""
    whole = memory[-1][0]
    warm = next(size for at, size in memory if at >= whole * WARM)
    return memory[-1][1] / warm
