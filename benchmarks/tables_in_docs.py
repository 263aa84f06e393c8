"""Measured values as a table in the documentation, between two marks that name the benchmark."""

import os
import platform
import time
from collections.abc import Sequence
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"


def write_table(page: str, name: str, headers: Sequence[str], rows: Sequence[Sequence[str]], said: str) -> None:
    """Replace what stands between ``<!-- name -->`` and ``<!-- /name -->`` of a page in docs/ by this table.

    ``said``: the command and what else a reader has to know; the machine and its load are added. A page without the
    marks raises ValueError.
    """
    file = DOCS / page
    text = file.read_text("utf-8")
    before, begins, rest = text.partition(f"<!-- {name} -->\n")
    _, ends, after = rest.partition(f"<!-- /{name} -->")
    if not (begins and ends):
        raise ValueError(f"docs/{page} has no marks for {name}.")
    lines = [_line(headers), _line(["---"] * len(headers)), *map(_line, rows)]
    table = "\n".join([f"{said} {machine()}", "", *lines, ""])
    file.write_text(f"{before}{begins}{table}{ends}{after}", "utf-8")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def machine() -> str:
    """The machine, the day, and how many processes wanted its processors in the last minutes."""
    cores, load = os.cpu_count(), os.getloadavg()[1]
    day = time.strftime("%Y-%m-%d", time.gmtime())
    return f"{day}, {platform.machine()}, {cores} processors, load {load:.1f}, Python {platform.python_version()}."
