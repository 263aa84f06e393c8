"""A list of firms as a table, from an Excel workbook or a CSV file."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from survey import algorithms
from survey.exchange.frame.found_list import FoundList, find_list
from survey.exchange.frame.hidden_rows import in_runs


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmList:
    """``parts()``: the rows below the headers as they were read, some thousands at a time, headed as in the file and
    indexed by row of the sheet; blank rows are left out. ``digest``: of the file, hexadecimal. ``hidden``: the rows
    below the headers that Excel does not show; they are among the others."""

    sheet: str
    headers: list[str]
    digest: str
    parts: Callable[[], Iterator[pd.DataFrame]]
    hidden: tuple[int, ...] = ()

    def notes(self) -> list[tuple[str, dict[str, Any]]]:
        """What the officer should know of the sheet."""
        return [("hidden_rows", {"count": len(self.hidden), "rows": in_runs([*self.hidden])})] if self.hidden else []

    @classmethod
    def of_table(cls, table: pd.DataFrame) -> "FirmList":
        """A list that does not come from a file."""
        return cls(sheet="", headers=list(table.columns), digest="", parts=lambda: iter([table]))

    @classmethod
    def of_found(cls, found: FoundList, path: Path) -> "FirmList":
        """What was found in a file."""
        # Of the bytes of the file: the same list put in twice is told, whatever it is called.
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, algorithms.chosen()).hexdigest()
        return cls(
            sheet=found.sheet,
            headers=found.headers,
            digest=digest,
            parts=lambda: (_as_table(numbers, rows, found.headers) for numbers, rows in found.parts()),
            hidden=found.hidden,
        )

    @property
    def table(self) -> pd.DataFrame:
        """All rows in one; only for lists that are known to be small."""
        return pd.concat([_as_table([], [], self.headers), *self.parts()])


def read_firm_list(path: Path) -> FirmList:
    """Read the one list of firms in a file; `FrameFileRefused` says what is in the way and how to mend it."""
    return FirmList.of_found(find_list(path), path)


def _as_table(index: list[int], rows: list[Sequence[Any]], headers: list[str]) -> pd.DataFrame:
    # Rows differ in length: none says how many empty cells follow its last.
    full = [[*row, *[""] * (len(headers) - len(row))] for row in rows]
    columns = dict(enumerate(zip(*full, strict=True))) if full else dict.fromkeys(range(len(headers)), ())
    table = pd.DataFrame(columns, index=pd.Index(index, dtype=int), dtype=object)
    table.columns = pd.Index(headers, dtype=object)
    return table
