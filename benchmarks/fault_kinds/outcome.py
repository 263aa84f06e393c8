"""What a kind of fault came to, and a crowd of clerks to bring it about with."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fault_kinds.clerk import Clerk, GaveUpError
from benchmarks.fault_kinds.ledger import Ledger, stored_now, unwanted_statuses
from benchmarks.fault_kinds.paper import answers_of
from benchmarks.fault_kinds.server import Server
from benchmarks.site import statuses


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much of each kind is tried; ``folder`` is an empty one for the run, ``database`` an empty one of PostgreSQL,
    or nothing for SQLite, of the kinds that are tried on either."""

    folder: Path
    firms: int
    people: int
    seconds: float
    rate: float
    database: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``figures``: what was tried and seen, in the order of the table; ``complaints``: what must not be."""

    figures: dict[str, str | int]
    complaints: list[str]


def crowd(codes: Sequence[str], ledger: Ledger, people: int, visit: Callable[[Clerk, int], object]) -> list[str]:
    """Let so many people at a time visit with the codes; what made any of them give up."""

    def one(numbered: tuple[int, str]) -> str:
        number, code = numbered
        try:
            visit(Clerk(code, ledger), number)
        except GaveUpError as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(people) as pool:
        return [said for said in pool.map(one, enumerate(codes)) if said]


def fill_in(clerk: Clerk, number: int) -> None:
    """From the code to the receipt with the answers of this number."""
    clerk.fill_in(answers_of(number))


def judged(server: Server, ledger: Ledger, gave_up: Iterable[str], **figures: str | int) -> Outcome:
    """Compare what was acknowledged with what is stored, and add what everybody wants to know."""
    complaints = [*gave_up, *ledger.complaints(stored_now(server.environment))]
    complaints += [f"{count} answers with status {status}" for status, count in unwanted_statuses().items()]
    if ledger.events["put off without a time"]:
        complaints.append(f"{ledger.events['put off without a time']} answers with 503 do not say when to come again")
    seen = {
        "pages acknowledged as saved": len(ledger.saved),
        "receipts shown": len(ledger.receipts),
        "requests that were answered": sum(statuses.values()),
        "of which 503 with the time to come again": ledger.events["told when to come again"],
        "connections that broke": ledger.events["broken connections"],
        "other answers with 5xx": sum(unwanted_statuses().values()),
        "acknowledged and lost, doubled, torn or changed": len(complaints),
    }
    return Outcome(figures={**figures, **seen}, complaints=complaints)
