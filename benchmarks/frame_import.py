"""Import of a list of 100,000 firms: time and memory of each part, on the database that DATABASE_URL names.

    DATABASE_URL=sqlite:////tmp/b.sqlite3 .venv/bin/python benchmarks/frame_import.py [firms] [share with errors]

The list is written to a temporary .xlsx file first (not counted). The frame is taken away again at the end.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

LIMIT_SECONDS, LIMIT_MEGABYTES = 30, 1000


def timed(label: str, work: Callable[[], Any]) -> Any:
    start, processor = time.perf_counter(), time.process_time()
    result = work()
    wall, cpu = time.perf_counter() - start, time.process_time() - processor
    print(f"{label:20s} {wall:6.2f} s, processor {cpu:6.2f} s, peak {peak_megabytes():5.0f} MB", flush=True)
    return result


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def write_list(path: Path, firms: int, share: float) -> None:
    """A list as officers have it: figures as numbers, and in a share of the rows a district that is not known."""
    import django
    from openpyxl import Workbook

    django.setup()
    from survey.management.demonstration.firms import demonstration_firms

    table = demonstration_firms(np.random.default_rng(1), firms)
    table.iloc[: int(firms * share), 2] = "火星区"
    table.iloc[:, 3] = table.iloc[:, 3].replace({"59": "592", "70": "702"})
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(table.columns))
    for row in table.itertuples(index=False):
        sheet.append([*row[:4], int(row[4]), float(row[5]), *row[6:]])
    book.save(path)


def main() -> None:
    firms = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    share = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command(
        "loaddata", "fixtures/industries.json", "fixtures/districts.json", "fixtures/size_thresholds.json", verbosity=0
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "firms.xlsx"
        # By a process of its own: what making the list takes is no part of the peak.
        maker = get_context("spawn").Process(target=write_list, args=(path, firms, share))
        maker.start()
        maker.join()
        print(f"{firms} firms, {path.stat().st_size / 1e6:.1f} MB, before the import {peak_megabytes():.0f} MB")
        measure(path)


def measure(path: Path) -> None:
    from survey.exchange.frame.errors_workbook import errors_workbook
    from survey.exchange.frame.reading import read_list
    from survey.models import SamplingFrame
    from survey.selectors.design.classifications import read_classifications
    from survey.services.frame.checked_list import check_list
    from survey.services.frame.importing import load_checked_rows
    from survey.services.frame.loading import drop_loading_frame, open_frame

    start = time.perf_counter()
    classifications = read_classifications()
    firm_list = timed("read", lambda: read_list(path))
    checked = timed("check", lambda: check_list(firm_list.parts, firm_list.headers, classifications=classifications))
    if checked.bad_count:
        timed("errors workbook", lambda: errors_workbook(firm_list, checked))
    frame = open_frame(title="benchmark", source_name=path.name, source_digest="", actor=None, is_demonstration=True)
    timed(
        "load",
        lambda: load_checked_rows(checked=checked, frame=frame, actor=None, classifications=classifications),
    )
    seconds = time.perf_counter() - start
    print(f"{'total':20s} {seconds:6.2f} s for {frame.unit_count} firms, peak {peak_megabytes():.0f} MB")
    SamplingFrame.objects.filter(pk=frame.pk).update(status=SamplingFrame.Status.LOADING)
    timed("taken away", lambda: drop_loading_frame(frame))
    if seconds > LIMIT_SECONDS or peak_megabytes() > LIMIT_MEGABYTES:
        sys.exit(f"Over the limit of {LIMIT_SECONDS} s and {LIMIT_MEGABYTES} MB.")


if __name__ == "__main__":
    main()
