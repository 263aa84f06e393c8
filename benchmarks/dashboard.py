"""What the dashboard costs: ``python -m benchmarks.dashboard [--responses 5000] [--repeat 3]``.

Makes two waves of so many responses (60 items, 60 strata, 3 groups), serves them with one worker of gunicorn, and opens
the dashboard by HTTP with both waves compared. Prints the medians of wall time and of the server's processor time, and
the most memory that it held. Others on the machine lengthen wall times; processor times stay nearly what they are.
"""

import argparse
import os
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.site import Browser, served

PREPARE = """
from django.conf import settings
from benchmarks.dashboard_waves import make_waves
print("CODES", make_waves({responses}), settings.VAR_DIR)
"""
PAGE = "/admin/dashboard/?wave=benchmark-0&against=benchmark-1"
FILTERS = tuple(f"&size={size}" for size in ("large", "medium", "small", "micro"))
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Prepare, serve, open, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--responses", type=int, default=5000)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    with served(PREPARE.format(responses=options.responses), workers=1, threads=2) as (session, folder):
        browser = Browser()
        browser.cookies["sessionid"] = session
        print(f"{options.responses} responses in each of two waves")
        report("first build of the extract", [opened(browser)])
        for kind, prepare in KINDS.items():
            report(kind, list(repeated(browser, Path(folder), prepare, options.repeat)))
        report("new filter", [opened(browser, chosen) for chosen in FILTERS[: options.repeat]])
        print(f"most memory of a process of the server: {memory() / 1024:.0f} MB")


def repeated(
    browser: Browser, folder: Path, prepare: Callable[[Path, int], None], times: int
) -> Iterator[tuple[float, float]]:
    for number in range(times):
        prepare(folder, number)
        yield opened(browser)


def opened(browser: Browser, chosen: str = "") -> tuple[float, float]:
    """Seconds of wall time, and of the server's processor time, of one page."""
    wall, processor = time.perf_counter(), processor_seconds()
    status, place, _ = browser.ask("dashboard", "GET", PAGE + chosen)
    if status != 200:
        raise SystemExit(f"The dashboard answered {status} {place}.")
    return time.perf_counter() - wall, processor_seconds() - processor


def forget_results(folder: Path, number: int) -> None:
    """Nothing is kept but the stored batches."""
    shutil.rmtree(folder / "cache", ignore_errors=True)


def change_an_answer(folder: Path, number: int) -> None:
    """Another answer of one firm of the newest wave, written as plain SQL writes it."""
    with sqlite3.connect(folder / "b.sqlite3") as database:
        database.execute(
            "UPDATE survey_response SET answers = json_set(answers, '$.q00', ?)"
            " WHERE id = (SELECT MAX(id) FROM survey_response)",
            [str(number % 4 + 1)],
        )
    database.close()


def leave(folder: Path, number: int) -> None:
    """Nothing has changed."""


KINDS = {"cold from stored batches": forget_results, "after one changed answer": change_an_answer, "warm": leave}


def report(kind: str, measured: list[tuple[float, float]]) -> None:
    wall, processor = (statistics.median(seconds) for seconds in zip(*measured, strict=True))
    print(f"  {kind:28} n={len(measured)}  wall {wall:7.3f} s   processor {processor:7.3f} s")


def server_processes() -> list[int]:
    """The processes that descend from this one."""
    found, waiting = [], [os.getpid()]
    while waiting:
        process = waiting.pop()
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            children = [int(child) for child in task.read_text().split()]
            found += children
            waiting += children
    return found


def processor_seconds() -> float:
    """Of all processes of the server, in user and system mode."""
    stats = [Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split() for process in server_processes()]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / TICKS


def memory() -> int:
    """The most kilobytes that a process of the server held at once."""
    lines = [line for each in server_processes() for line in Path(f"/proc/{each}/status").read_text().splitlines()]
    return max(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main()
