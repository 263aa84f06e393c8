"""What working figures cost: ``python -m benchmarks.dashboard [--responses 5000 100000] [--repeat 3] [--write]``.

A view is one chapter of the page, which is what a reader opens: the overview without a word in the address, others by
``?chapter=``. ``all`` is the whole survey on one page, for print; it has no target. For each size makes two waves (60
items, 60 strata, 3 groups) once, and builds the extract of the newer in a process of its own. For each chapter serves
them with one worker of gunicorn, so that none profits from another, and opens it by HTTP with both waves compared: with
nothing kept but the stored extract, after one changed answer, again, and under a filter that nobody has chosen before.
Prints medians of wall time and of the server's processor time beside the target, the most memory that it held, and the
bytes that it sent; ``--write`` puts the overview, the chapter that takes longest under a new filter, and ``all`` into
docs/performance.md. Others on the machine lengthen wall times, and processor times too where processors share a core.
"""

import argparse
import os
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from benchmarks.site import Browser, Site, printed, served
from benchmarks.tables_in_docs import write_table

PREPARE = """
from benchmarks.dashboard_waves import make_waves
print("CODES", make_waves({responses}))
"""
SESSION = """
from benchmarks.dashboard_waves import session_of_analyst
print("CODES", session_of_analyst())
"""
BUILD = """
import resource, time
from survey.models import Wave
from survey.selectors.results.extract import read_collected
wave, began, used = Wave.objects.get(code="benchmark-0"), time.perf_counter(), time.process_time()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
read_collected(wave)
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print("CODES", time.perf_counter() - began, time.process_time() - used, before, most)
"""
PAGE = "/admin/dashboard/working/?wave=benchmark-0&against=benchmark-1&chapter="
CHAPTERS = ("overview", "ranking", "distributions", "groups", "indicators", "demands", "change", "response", "method",
            "all")  # fmt: skip
OVERVIEW, ALL = CHAPTERS[0], CHAPTERS[-1]
FILTERS = tuple(f"&size={size}" for size in ("large", "medium", "small", "micro"))
EXTRACT, COLD, CHANGED, WARM, FILTER = (
    "extract of one wave", "cold from the stored extract", "after one changed answer", "warm", "new filter"
)  # fmt: skip
TARGETS = {
    5_000: {COLD: 0.15, CHANGED: 0.15, WARM: 0.05, FILTER: 0.15},
    100_000: {COLD: 1.0, CHANGED: 1.0, WARM: 0.1, FILTER: 0.3},
    1_000_000: {EXTRACT: 60.0, COLD: 5.0, CHANGED: 5.0, WARM: 0.1, FILTER: 1.0},
}
"""Seconds of wall time on a quiet machine that are to be reached."""
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
"""Libraries that would add up in several threads: processor time then says less, and a worker has others beside it."""
HEADERS = ("responses", "chapter", "view", "n", "wall", "processor", "target", "own memory", "with files")
AFTER = 1.0
"""Seconds after a page in which the server writes down what it made."""
Cost = tuple[float, float]
"""Seconds of wall time and of processor time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one kind of view cost each time, and the most megabytes that the process had held until then: of its own,
    and with the files of the cache that it maps, which all workers share and the system takes back where it needs
    room."""

    responses: int
    chapter: str
    kind: str
    costs: Sequence[Cost]
    own: float
    memory: float

    @property
    def cells(self) -> tuple[str, ...]:
        """Its row of the table, medians of the costs."""
        wall, processor = (statistics.median(seconds) for seconds in zip(*self.costs, strict=True))
        # Nobody asked for a target of the whole survey at once.
        target = None if self.chapter == ALL else TARGETS.get(self.responses, {}).get(self.kind)
        goal = "" if target is None else f"{target:g} s"
        times = f"{len(self.costs)}", f"{wall:.3f} s", f"{processor:.3f} s"
        return (
            f"{self.responses:,}",
            self.chapter,
            self.kind,
            *times,
            goal,
            f"{self.own:,.0f} MB",
            f"{self.memory:,.0f} MB",
        )


def main() -> None:
    """Prepare, serve, open, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--responses", type=int, nargs="+", default=[5000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--chapters", nargs="+", choices=CHAPTERS, default=CHAPTERS)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    rows = []
    for responses in options.responses:
        found = [row for chapter in options.chapters for row in measured(responses, chapter, options.repeat)]
        rows += [row.cells for row in found if row.chapter in ("", OVERVIEW, heaviest(found), ALL)]
    if options.write:
        sizes = " ".join(map(str, options.responses))
        chapters = "" if options.chapters == CHAPTERS else f"--chapters {' '.join(options.chapters)} "
        asked = f"--responses {sizes} --repeat {options.repeat} {chapters}--write"
        said = f"`python -m benchmarks.dashboard {asked}`, medians."
        write_table("performance.md", "dashboard", HEADERS, rows, said)


def heaviest(rows: Sequence[Measured]) -> str:
    """The chapter that takes longest under a new filter."""
    filtered = [row for row in rows if row.kind == FILTER and row.chapter not in (OVERVIEW, ALL)]
    longest = max(filtered, key=lambda row: statistics.median(wall for wall, _processor in row.costs), default=None)
    return longest.chapter if longest else ""


def measured(responses: int, chapter: str, repeat: int) -> Iterator[Measured]:
    """What each kind of view of a chapter costs, printed as soon as it is known."""
    with served(PREPARE.format(responses=responses), workers=1, threads=2, is_kept=True) as site:
        (session,) = printed(SESSION, site.environment)
        browser = Browser()
        browser.cookies["sessionid"] = session
        if chapter == OVERVIEW:
            yield told(built(site, responses))

        def row(kind: str, costs: Sequence[Cost]) -> Measured:
            own, files = most[0], memory(site)
            return told(Measured(responses=responses, chapter=chapter, kind=kind, costs=costs, own=own, memory=files))

        with watched(site) as most:
            yield row("first view", [opened(site, browser, chapter)])
            for kind, prepare in KINDS.items():
                yield row(kind, list(repeated(site, browser, chapter, prepare, repeat)))
            yield row(FILTER, [opened(site, browser, chapter + chosen) for chosen in FILTERS[:repeat]])
        print(f"bytes of the chapter as it is sent: {browser.received:,}", flush=True)


def told(row: Measured) -> Measured:
    print(" | ".join(cell.rjust(12) for cell in row.cells), flush=True)
    return row


def built(site: Site, responses: int) -> Measured:
    """The first build of the extract of the newer wave, in a process that does nothing else; memory is what it takes
    beside the program itself."""
    wall, processor, before, most = map(float, printed(BUILD, site.environment))
    beside = (most - before) / 1024
    return Measured(responses=responses, chapter="", kind=EXTRACT, costs=[(wall, processor)], own=beside, memory=beside)


def repeated(
    site: Site, browser: Browser, chapter: str, prepare: Callable[[Path, int], None], times: int
) -> Iterator[Cost]:
    for number in range(times):
        prepare(site.folder, number)
        yield opened(site, browser, chapter)


def opened(site: Site, browser: Browser, chosen: str) -> Cost:
    """Of one page, whole from the request to its last byte; the processor's time with what is done after it."""
    began, processor = time.perf_counter(), site.processor_seconds()
    status, place, _ = browser.ask("dashboard", "GET", PAGE + chosen)
    wall = time.perf_counter() - began
    if status != 200:
        raise SystemExit(f"The dashboard answered {status} {place}.")
    # What the page made is kept when it has been sent: not into a cache that was emptied for the next view.
    time.sleep(AFTER)
    return wall, site.processor_seconds() - processor


def forget_results(folder: Path, number: int) -> None:
    """Nothing is kept but the stored extract: the batches, and the sample beside them."""
    shutil.rmtree(folder / "cache", ignore_errors=True)


def change_an_answer(folder: Path, number: int) -> None:
    """A correction of one answer of the newest wave, as plain SQL: what was submitted is not changed itself."""
    with sqlite3.connect(folder / "b.sqlite3") as database:
        database.execute(
            "INSERT INTO survey_correction (response_id, item, old, new, rule, state, reason, author_id, at)"
            " SELECT MAX(id), 'q00', 'null', json_quote(?), '', 'corrected', 'benchmark',"
            " (SELECT MIN(id) FROM auth_user), datetime('now') FROM survey_response",
            [str(number % 4 + 1)],
        )
    database.close()


def leave(folder: Path, number: int) -> None:
    """Nothing has changed."""


KINDS = {COLD: forget_results, CHANGED: change_an_answer, WARM: leave}


def memory(site: Site) -> float:
    """The most megabytes that a worker of the server held at once; files that it maps count as far as they are read."""
    return max(held(site, "VmHWM"))


@contextmanager
def watched(site: Site) -> Iterator[list[float]]:
    """The most megabytes of its own that a worker has held so far, looked at every 20 ms: the system counts no peak of
    these."""
    most, ended = [0.0], Event()

    def look() -> None:
        while not ended.wait(0.02):
            most[0] = max([*most, *held(site, "RssAnon")])

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        ended.set()
        watcher.join()


def held(site: Site, name: str) -> list[float]:
    """Megabytes of each worker by Linux's accounting."""
    workers = Path(f"/proc/{site.process}/task/{site.process}/children").read_text().split()
    lines = [line for each in workers for line in Path(f"/proc/{each}/status").read_text().splitlines()]
    return [int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")]


if __name__ == "__main__":
    main()
