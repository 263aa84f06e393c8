"""Whatever may go wrong while firms submit: ``python -m benchmarks.faults [--only KIND ...] [--full] [--write]``.

Each kind has a site of its own with a new database. Clerks note what the site acknowledged; at the end the database is
compared with that, and the run fails where anything acknowledged is lost, doubled, torn or overwritten in silence,
where a retry sees another receipt, or where anything but 503 was answered with a 5xx. ``--full`` takes the sizes of
docs/reliability.md, without it each kind takes a minute or two; ``--firms``, ``--people``, ``--seconds`` and ``--rate``
set them for the kinds that are named. Needs PostgreSQL's programs, and for a full disk the right to mount one.
"""

import argparse
import shlex
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.fault_kinds.killed import killed_on_postgresql, killed_on_sqlite
from benchmarks.fault_kinds.malformed import storm
from benchmarks.fault_kinds.outages import database_stopped, disk_full_on_postgresql, disk_full_on_sqlite
from benchmarks.fault_kinds.outcome import Outcome, Sizes
from benchmarks.fault_kinds.postgres import postgres
from benchmarks.fault_kinds.races import autosaves, deadline, parallel_submits, two_browsers
from benchmarks.fault_kinds.soak import soak
from benchmarks.tables_in_docs import write_table

PLACE = Path("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of fault with its sizes: in brief, and in full."""

    run: Callable[[Sizes], Outcome]
    brief: Sizes
    full: Sizes


def sized(firms: int, people: int = 16, seconds: float = 1, rate: float = 5) -> Sizes:
    return Sizes(folder=PLACE, firms=firms, people=people, seconds=seconds, rate=rate)


KINDS: dict[str, Kind] = {
    "killed-sqlite": Kind(run=killed_on_sqlite, brief=sized(150), full=sized(3000)),
    "killed-postgresql": Kind(run=killed_on_postgresql, brief=sized(150), full=sized(3000)),
    "postgresql-stopped": Kind(run=database_stopped, brief=sized(60), full=sized(500, seconds=5)),
    "disk-full-sqlite": Kind(run=disk_full_on_sqlite, brief=sized(60), full=sized(500, seconds=5)),
    "disk-full-postgresql": Kind(run=disk_full_on_postgresql, brief=sized(60), full=sized(500, seconds=5)),
    "parallel-submits": Kind(run=parallel_submits, brief=sized(40), full=sized(1000)),
    "two-browsers": Kind(run=two_browsers, brief=sized(40), full=sized(500)),
    "autosaves": Kind(run=autosaves, brief=sized(8), full=sized(20)),
    "deadline": Kind(run=deadline, brief=sized(80), full=sized(400)),
    "malformed": Kind(run=storm, brief=sized(800), full=sized(10_000)),
    "soak": Kind(run=soak, brief=sized(0, seconds=60, rate=2), full=sized(0, people=32, seconds=1800, rate=5)),
}


def main() -> int:
    options = parsed()
    failed = False
    for name in options.only or KINDS:
        kind = KINDS[name]
        asked = {key: getattr(options, key) for key in ("firms", "people", "seconds", "rate") if getattr(options, key)}
        with tempfile.TemporaryDirectory(prefix="tongdian-faults-") as made:
            folder = Path(made)
            # The user of PostgreSQL has its folder in there.
            folder.chmod(0o755)
            began = time.monotonic()
            with postgres(folder / "races") if options.postgresql else nullcontext() as server:
                database = server.address if server else ""
                sizes = kind.full if options.full else kind.brief
                outcome = kind.run(replace(sizes, folder=folder, database=database, **asked))
        told(name, outcome, time.monotonic() - began)
        if options.write:
            command = f"`python -m benchmarks.faults {shlex.join(sys.argv[1:])}`"
            rows = [(what, str(seen)) for what, seen in outcome.figures.items()]
            write_table(
                "reliability.md",
                f"faults {name}{' on postgresql' if options.postgresql else ''}",
                ("what", "seen"),
                rows,
                command,
            )
        failed |= bool(outcome.complaints)
    return int(failed)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=KINDS, help="these kinds alone")
    parser.add_argument("--full", action="store_true", help="the sizes of docs/reliability.md")
    parser.add_argument("--postgresql", action="store_true", help="races and malformed posts on PostgreSQL, not SQLite")
    parser.add_argument("--firms", type=int)
    parser.add_argument("--people", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--write", action="store_true", help="write what was seen into docs/reliability.md")
    return parser.parse_args()


def told(name: str, outcome: Outcome, seconds: float) -> None:
    """Print what was tried and seen, and the first of what must not be."""
    print(f"== {name}, {seconds:.0f} s")
    for what, seen in outcome.figures.items():
        print(f"  {what}: {seen}")
    for complaint in outcome.complaints[:10]:
        print(f"  FAILED {complaint[:400]}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
