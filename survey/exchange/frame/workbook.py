"""A list of firms as a table, from an Excel workbook or a CSV file."""

import csv
import hashlib
import io
import itertools
import re
from collections.abc import Callable, Sequence
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

from survey.exchange.sheets.tabular_file import decode_text, file_kind
from survey.exchange.sheets.zip_guard import Extent, guard_archive, guard_extent
from survey.services.frame.columns import REQUIRED, count_recognised
from survey.services.frame.complaints import FrameFileRefused

# Headers may stand below a title and notes, but not further down than this.
HEADER_SEARCH = 20
LEAST_HEADERS = 3
# Different texts of a column that are looked for among its further cells.
FEW = 1000
DELIMITERS = ",\t;"
# How CSV files keep Excel from turning a code into a number.
GUARDED_TEXT = re.compile(r'="(.*)"')


@dataclass(frozen=True, kw_only=True)
class FirmList:
    """``table``: the rows below the headers as they were read, headed as in the file, indexed by row of the sheet."""

    sheet: str
    table: pd.DataFrame
    digest: str


def read_firm_list(path: Path) -> FirmList:
    """Read the one list of firms in a file; `FrameFileRefused` says what is in the way and how to mend it."""
    sheets = READERS[file_kind(path)](path)
    filled = [(name, rows) for name, rows in sheets if any(any(cell != "" for cell in row) for row in rows)]
    if not filled:
        raise FrameFileRefused("sheet_empty")
    lists = [(name, rows, place) for name, rows in filled if (place := header_place(rows)) is not None]
    if not lists:
        shown = next(row for row in filled[0][1] if any(cell != "" for cell in row))
        headers = " | ".join(str(cell) for cell in shown if cell != "")[:200]
        raise FrameFileRefused("headers_missing", headers=headers, required=[column.value for column in REQUIRED])
    if len(lists) > 1:
        raise FrameFileRefused("two_lists", sheets=", ".join(name for name, _, _ in lists))
    name, rows, place = lists[0]
    # Of the bytes of the file: the same list put in twice is told, whatever it is called.
    return FirmList(sheet=name, table=as_table(rows, place), digest=hashlib.sha256(path.read_bytes()).hexdigest())


def header_place(rows: Sequence[Sequence[Any]]) -> int | None:
    """Which of the first rows is that of the headers; None if none names at least three known columns."""
    # The first of equally good rows: a list may repeat its headers on every printed page.
    counts = [count_recognised(row) for row in rows[:HEADER_SEARCH]]
    best = max(counts, default=0)
    return counts.index(best) if best >= LEAST_HEADERS else None


def as_table(rows: Sequence[Sequence[Any]], place: int) -> pd.DataFrame:
    """The rows below the headers, blank ones left out, indexed by their number on the sheet (from 1)."""
    # Rows of a CSV file differ in length.
    width = max(len(row) for row in rows[place:])
    headers = [*map(str, rows[place]), *[""] * (width - len(rows[place]))]
    index: list[int] = []
    columns: list[list[Any]] = [[] for _ in headers]
    # One object for each district or industry code: the parser makes one for every cell.
    same: list[dict[str, str]] = [{} for _ in headers]
    for number, row in enumerate(itertools.islice(rows, place + 1, None), start=place + 2):
        if any(cell != "" and str(cell).strip() for cell in row):
            index.append(number)
            for column, known, cell in zip(columns, same, [*row, *[""] * (width - len(row))], strict=True):
                repeated = isinstance(cell, str) and (cell in known or len(known) < FEW)
                column.append(known.setdefault(cell, cell) if repeated else cell)
    table = pd.DataFrame(dict(enumerate(columns)), index=pd.Index(index, dtype=int), dtype=object)
    table.columns = pd.Index(headers, dtype=object)
    return table


def _read_xlsx(path: Path) -> list[tuple[str, Sequence[Sequence[Any]]]]:
    guard_archive(path)
    return _read_sheets(path)


def _read_sheets(path: Path) -> list[tuple[str, Sequence[Sequence[Any]]]]:
    """Name and rows of each visible sheet."""
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            visible = [
                sheet.name
                for sheet in workbook.sheets_metadata
                # Hidden sheets are left out: they hold lists of codes and old states that officers do not know of.
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
            ]
            if not workbook.sheet_names:
                raise FrameFileRefused("damaged", detail="xl/workbook.xml")
            return [(name, _rows_of(workbook.get_sheet_by_name(name))) for name in visible]
    except PasswordError:
        raise FrameFileRefused("password") from None
    except (CalamineError, OSError, ValueError) as error:
        raise FrameFileRefused("damaged", detail=str(error)[:120]) from None


def _rows_of(sheet: CalamineSheet) -> Sequence[Sequence[Any]]:
    guard_extent(sheet.name, Extent(sheet.total_height, sheet.total_width))
    # Empty rows and columns stay in, so that row numbers are those that Excel shows.
    return sheet.to_python(skip_empty_area=False)


def _read_csv(path: Path) -> list[tuple[str, Sequence[Sequence[Any]]]]:
    """The rows of a CSV file, split at the delimiter that makes most headers known."""
    text = decode_text(path.read_bytes())
    start = "".join(itertools.islice(io.StringIO(text, newline=""), HEADER_SEARCH))
    # The headers decide, not csv.Sniffer, which goes by how regularly a sign occurs: commas in addresses mislead it.
    known = {mark: max(map(count_recognised, _rows_of_csv(start, mark)), default=0) for mark in DELIMITERS}
    rows = _rows_of_csv(text, max(DELIMITERS, key=lambda mark: known[mark]))
    guard_extent(path.name, Extent(len(rows), max(map(len, rows), default=0)))
    return [(path.name, rows)]


def _rows_of_csv(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [[GUARDED_TEXT.sub(r"\1", cell) if cell.startswith("=") else cell for cell in row] for row in reader]
    except csv.Error:
        raise FrameFileRefused("csv_broken", line=reader.line_num) from None


READERS: dict[str, Callable[[Path], list[tuple[str, Sequence[Sequence[Any]]]]]] = {
    "xlsx": _read_xlsx,
    "xls": _read_sheets,
    "csv": _read_csv,
}
