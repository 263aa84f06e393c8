"""Import of a list of 100,000 firms: time and memory of each part, on the database that DATABASE_URL names.

    DATABASE_URL=sqlite:////tmp/b.sqlite3 .venv/bin/python -m benchmarks.frame_import [firms] [share wrong] [kind]

The list is written to a temporary file first (not counted): ``xlsx`` has its texts in the cells, as openpyxl writes
it, ``shared`` has them in a table of their own, as Excel does, ``csv`` is text. Memory is that of this process, which
does what a worker does, together with the one that reads the list, at one moment. The frame is taken away again at the
end.
"""

import csv
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.memory import Watched

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

LIMIT_SECONDS, LIMIT_MEGABYTES = 30, 500
Rows = Iterable[list[Any]]


def main() -> None:
    firms = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    share = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    kind = sys.argv[3] if len(sys.argv) > 3 else "xlsx"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command(
        "loaddata", "fixtures/industries.json", "fixtures/districts.json", "fixtures/size_thresholds.json", verbosity=0
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "firms"
        # By a process of its own: what making the list takes is no part of the import.
        maker = get_context("spawn").Process(target=write_list, args=(path, firms, share, kind))
        maker.start()
        maker.join()
        print(f"{firms} firms as {kind}, {path.stat().st_size / 1e6:.1f} MB")
        with Watched() as memory:
            measure(path, Clock(memory))


class Clock:
    """Prints what each part takes; ``most``: megabytes at most so far."""

    def __init__(self, memory: Watched) -> None:
        self.memory, self.most, self.start = memory, 0.0, time.perf_counter()

    def of(self, label: str, work: Callable[[], Any]) -> Any:
        """What the work gives."""
        start, processor = time.perf_counter(), processor_seconds()
        result = work()
        wall, busy, most = time.perf_counter() - start, processor_seconds() - processor, self.memory.most_since()
        print(f"{label:20s} {wall:6.2f} s, processor {busy:6.2f} s, at most {most:5.0f} MB", flush=True)
        self.most = max(self.most, most)
        return result

    def seconds(self) -> float:
        return time.perf_counter() - self.start


def processor_seconds() -> float:
    """Of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def measure(path: Path, clock: Clock) -> None:
    """Read, check and load the list, as a worker does."""
    # All that a worker has in memory.
    import survey.jobs.registry  # noqa: F401
    from survey.exchange.frame.errors_workbook import errors_workbook
    from survey.exchange.frame.reading import read_list
    from survey.models import SamplingFrame
    from survey.selectors.design.classifications import read_classifications
    from survey.services.frame.checked_list import check_list
    from survey.services.frame.importing import load_checked_rows
    from survey.services.frame.loading import drop_loading_frame, open_frame

    classifications = clock.of("before the import", read_classifications)
    firm_list = clock.of("read", lambda: read_list(path))
    checked = clock.of("check", lambda: check_list(firm_list.parts, firm_list.headers, classifications=classifications))
    if checked.bad_count:
        book = clock.of("errors workbook", lambda: errors_workbook(firm_list, checked))
        print(f"{len(book) / 1e6:.1f} MB with {checked.bad_count} wrong rows")
    frame = open_frame(title="benchmark", source_name=path.name, source_digest="", actor=None, is_demonstration=True)
    clock.of(
        "load",
        lambda: load_checked_rows(checked=checked, frame=frame, actor=None, classifications=classifications),
    )
    seconds = clock.seconds()
    print(f"{'total':20s} {seconds:6.2f} s for {frame.unit_count} firms, at most {clock.most:.0f} MB")
    SamplingFrame.objects.filter(pk=frame.pk).update(status=SamplingFrame.Status.LOADING)
    clock.of("taken away", lambda: drop_loading_frame(frame))
    if seconds > LIMIT_SECONDS or clock.most > LIMIT_MEGABYTES:
        sys.exit(f"Over the limit of {LIMIT_SECONDS} s or {LIMIT_MEGABYTES} MB.")


def write_list(path: Path, firms: int, share: float, kind: str) -> None:
    """A list as officers have it: figures as numbers, and in a share of the rows a district that is not known."""
    import django

    django.setup()
    from survey.management.demonstration.firms import demonstration_firms

    table = demonstration_firms(np.random.default_rng(1), firms)
    table.iloc[: int(firms * share), 2] = "火星区"
    table.iloc[:, 3] = table.iloc[:, 3].replace({"59": "592", "70": "702"})
    below = ([*row[:4], int(row[4]), float(row[5]), *row[6:]] for row in table.itertuples(index=False))
    WRITERS[kind](path, [list(table.columns), *below])


def write_inline(path: Path, rows: Rows) -> None:
    """A workbook with its texts in the cells."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(path)


def write_shared(path: Path, rows: Rows) -> None:
    """A workbook with its texts in a table of their own."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def write_csv(path: Path, rows: Rows) -> None:
    """Text, as Excel saves it for UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


WRITERS = {"xlsx": write_inline, "shared": write_shared, "csv": write_csv}


if __name__ == "__main__":
    main()
