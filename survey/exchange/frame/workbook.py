"""A list of firms as a table, from an Excel workbook or a CSV file."""

import csv
import hashlib
import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from survey import algorithms
from survey.exchange.frame.hidden_rows import hidden_rows, in_runs
from survey.exchange.sheets.repaired_copy import read_or_repair
from survey.exchange.sheets.tabular_file import decode_text, file_kind
from survey.exchange.sheets.zip_guard import Extent, guard_archive, guard_extent
from survey.services.frame.columns import REQUIRED, count_recognised
from survey.services.frame.complaints import FrameFileRefused

# Headers may stand below a title and notes, but not further down than this.
HEADER_SEARCH = 20
LEAST_HEADERS = 3
# Rows that are checked, written and held in memory at a time.
PART_ROWS = 20_000
DELIMITERS = ",\t;"
# How CSV files keep Excel from turning a code into a number.
GUARDED_TEXT = re.compile(r'="(.*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRows:
    """A sheet: the most cells of a row, and its rows from the first, gone through anew at each call of ``rows``."""

    name: str
    width: int
    rows: Callable[[], Iterable[Sequence[Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmList:
    """``parts()``: the rows below the headers as they were read, some thousands at a time, headed as in the file and
    indexed by row of the sheet; blank rows are left out. ``digest``: SHA-256 of the file. ``hidden``: the rows below
    the headers that Excel does not show; they are among the others."""

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

    @property
    def table(self) -> pd.DataFrame:
        """All rows in one; only for lists that are known to be small."""
        return pd.concat([_as_table([], [], self.headers), *self.parts()])


def read_firm_list(path: Path) -> FirmList:
    """Read the one list of firms in a file; `FrameFileRefused` says what is in the way and how to mend it."""
    filled = [sheet for sheet in READERS[file_kind(path)](path) if _first_filled(sheet) is not None]
    if not filled:
        raise FrameFileRefused("sheet_empty")
    lists = [(sheet, place) for sheet in filled if (place := header_place(_first_rows(sheet))) is not None]
    if not lists:
        seen = " | ".join(str(cell) for cell in _first_filled(filled[0]) or () if cell != "")[:200]
        raise FrameFileRefused("headers_missing", headers=seen, required=[column.value for column in REQUIRED])
    if len(lists) > 1:
        raise FrameFileRefused("two_lists", sheets=", ".join(sheet.name for sheet, _ in lists))
    sheet, place = lists[0]
    named = [str(cell) for cell in _first_rows(sheet)[place]]
    headers = [*named, *[""] * (sheet.width - len(named))]
    # Of the bytes of the file: the same list put in twice is told, whatever it is called.
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, algorithms.chosen()).hexdigest()
    return FirmList(
        sheet=sheet.name,
        headers=headers,
        digest=digest,
        parts=lambda: _parts(sheet.rows(), place, headers),
        hidden=_hidden_firms(path, sheet, place),
    )


def _hidden_firms(path: Path, sheet: SheetRows, place: int) -> tuple[int, ...]:
    """The hidden rows that hold a firm."""
    hidden = {row for row in hidden_rows(path, sheet.name) if row > place + 1}
    if not hidden:
        return ()
    return tuple(
        number
        for number, row in enumerate(sheet.rows(), start=1)
        if number in hidden and any(cell != "" for cell in row)
    )


def _first_filled(sheet: SheetRows) -> Sequence[Any] | None:
    return next((row for row in sheet.rows() if any(cell != "" for cell in row)), None)


def _first_rows(sheet: SheetRows) -> list[Sequence[Any]]:
    return list(itertools.islice(sheet.rows(), HEADER_SEARCH))


def header_place(rows: Sequence[Sequence[Any]]) -> int | None:
    """Which of the first rows is that of the headers; None if none names at least three known columns."""
    # The first of equally good rows: a list may repeat its headers on every printed page.
    counts = [count_recognised(row) for row in rows]
    best = max(counts, default=0)
    return counts.index(best) if best >= LEAST_HEADERS else None


def _parts(rows: Iterable[Sequence[Any]], place: int, headers: list[str]) -> Iterator[pd.DataFrame]:
    """The rows below the headers, blank ones left out, indexed by their number on the sheet (from 1)."""
    below = enumerate(itertools.islice(rows, place + 1, None), start=place + 2)
    filled = ((number, row) for number, row in below if any(cell != "" and str(cell).strip() for cell in row))
    while part := list(itertools.islice(filled, PART_ROWS)):
        yield _as_table([number for number, _ in part], [row for _, row in part], headers)


def _as_table(index: list[int], rows: list[Sequence[Any]], headers: list[str]) -> pd.DataFrame:
    # Rows of a CSV file differ in length.
    full = [[*row, *[""] * (len(headers) - len(row))] for row in rows]
    columns = dict(enumerate(zip(*full, strict=True))) if full else dict.fromkeys(range(len(headers)), ())
    table = pd.DataFrame(columns, index=pd.Index(index, dtype=int), dtype=object)
    table.columns = pd.Index(headers, dtype=object)
    return table


def _read_xlsx(path: Path) -> list[SheetRows]:
    guard_archive(path)
    return _read_sheets(path)


def _read_sheets(path: Path) -> list[SheetRows]:
    """Each visible sheet."""
    try:
        return read_or_repair(path, _visible_sheets)
    except PasswordError:
        raise FrameFileRefused("password") from None
    except (CalamineError, OSError, ValueError) as error:
        raise FrameFileRefused("damaged", detail=str(error)[:120]) from None


def _visible_sheets(workbook: CalamineWorkbook) -> list[SheetRows]:
    if not workbook.sheet_names:
        raise FrameFileRefused("damaged", detail="xl/workbook.xml")
    visible = [
        sheet.name
        for sheet in workbook.sheets_metadata
        # Hidden sheets are left out: they hold lists of codes and old states that officers do not know of.
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    return [_rows_of(workbook.get_sheet_by_name(name)) for name in visible]


def _rows_of(sheet: CalamineSheet) -> SheetRows:
    guard_extent(sheet.name, Extent(sheet.total_height, sheet.total_width))
    # Empty rows come with the others, so that row numbers are those that Excel shows; empty columns on the left do not.
    left = [""] * (sheet.start[1] if sheet.start else 0)
    return SheetRows(
        name=sheet.name, width=sheet.total_width, rows=lambda: ([*left, *row] for row in sheet.iter_rows())
    )


def _read_csv(path: Path) -> list[SheetRows]:
    """The rows of a CSV file, split at the delimiter that makes most headers known."""
    text = decode_text(path.read_bytes())
    start = "".join(itertools.islice(io.StringIO(text, newline=""), HEADER_SEARCH))
    # The headers decide, not csv.Sniffer, which goes by how regularly a sign occurs: commas in addresses mislead it.
    known = {mark: max(map(count_recognised, _rows_of_csv(start, mark)), default=0) for mark in DELIMITERS}
    rows = _rows_of_csv(text, max(DELIMITERS, key=lambda mark: known[mark]))
    width = max(map(len, rows), default=0)
    guard_extent(path.name, Extent(len(rows), width))
    return [SheetRows(name=path.name, width=width, rows=lambda: rows)]


def _rows_of_csv(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [[GUARDED_TEXT.sub(r"\1", cell) if cell.startswith("=") else cell for cell in row] for row in reader]
    except csv.Error:
        raise FrameFileRefused("csv_broken", line=reader.line_num) from None


READERS: dict[str, Callable[[Path], list[SheetRows]]] = {
    "xlsx": _read_xlsx,
    "xls": _read_sheets,
    "csv": _read_csv,
}
