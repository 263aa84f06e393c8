"""What the dashboard costs: ``python -m benchmarks.dashboard [--responses 5000] [--repeat 3]``.

Makes two waves of so many responses (60 items, 60 strata, 3 groups) once for each size, serves them with one worker of
gunicorn, and opens the dashboard by HTTP with both waves compared. Prints the medians of wall time and of the server's
processor time, and the most memory that it held. Others on the machine lengthen wall times, and processor times too
where processors share a core.
"""

import argparse
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.site import Browser, Site, served

PREPARE = """
from benchmarks.dashboard_waves import make_waves
print("CODES", make_waves({responses}))
"""
PAGE = "/admin/dashboard/?wave=benchmark-0&against=benchmark-1"
FILTERS = tuple(f"&size={size}" for size in ("large", "medium", "small", "micro"))


def main() -> None:
    """Prepare, serve, open, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--responses", type=int, default=5000)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    with served(PREPARE.format(responses=options.responses), workers=1, threads=2, is_kept=True) as site:
        (session,) = site.words
        browser = Browser()
        browser.cookies["sessionid"] = session
        print(f"{options.responses} responses in each of two waves")
        report("first build of the extract", [opened(site, browser)])
        for kind, prepare in KINDS.items():
            report(kind, list(repeated(site, browser, site.folder, prepare, options.repeat)))
        report("new filter", [opened(site, browser, chosen) for chosen in FILTERS[: options.repeat]])
        print(f"bytes of the page as it is sent: {browser.received:,}")
        print(f"most memory of the worker: {memory(site) / 1024:.0f} MB")


def repeated(
    site: Site, browser: Browser, folder: Path, prepare: Callable[[Path, int], None], times: int
) -> Iterator[tuple[float, float]]:
    for number in range(times):
        prepare(folder, number)
        yield opened(site, browser)


def opened(site: Site, browser: Browser, chosen: str = "") -> tuple[float, float]:
    """Seconds of wall time, and of the server's processor time, of one page."""
    wall, processor = time.perf_counter(), site.processor_seconds()
    status, place, _ = browser.ask("dashboard", "GET", PAGE + chosen)
    if status != 200:
        raise SystemExit(f"The dashboard answered {status} {place}.")
    return time.perf_counter() - wall, site.processor_seconds() - processor


def forget_results(folder: Path, number: int) -> None:
    """Nothing is kept but the stored batches."""
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


KINDS = {"cold from stored batches": forget_results, "after one changed answer": change_an_answer, "warm": leave}


def report(kind: str, measured: list[tuple[float, float]]) -> None:
    wall, processor = (statistics.median(seconds) for seconds in zip(*measured, strict=True))
    print(f"  {kind:28} n={len(measured)}  wall {wall:7.3f} s   processor {processor:7.3f} s")


def memory(site: Site) -> int:
    """The most kilobytes that a worker of the server held at once."""
    workers = Path(f"/proc/{site.process}/task/{site.process}/children").read_text().split()
    lines = [line for each in workers for line in Path(f"/proc/{each}/status").read_text().splitlines()]
    return max(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main()
