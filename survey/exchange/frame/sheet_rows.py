"""The rows of the sheets of a file, be it an Excel workbook or CSV."""

import csv
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from survey.exchange.frame.portions import sheets_in_portions
from survey.exchange.frame.shared_texts import CannotBeCutError
from survey.exchange.frame.sheet import SheetRows, visible_names
from survey.exchange.sheets.repaired_copy import read_or_repair
from survey.exchange.sheets.tabular_file import text_encoding
from survey.exchange.sheets.zip_guard import Extent, guard_archive, guard_extent
from survey.services.frame.columns import count_recognised
from survey.services.frame.complaints import FrameFileRefused

# Headers may stand below a title and notes, but not further down than this.
HEADER_SEARCH = 20
# A workbook below this size, packed at the ratio that is still allowed, unpacks to less than the program itself takes.
WHOLE_BELOW = 300_000
DELIMITERS = ",\t;"
# How CSV files keep Excel from turning a code into a number.
GUARDED_TEXT = re.compile(r'="(.*)"')


def _read_xlsx(path: Path) -> list[SheetRows]:
    guard_archive(path)
    if path.stat().st_size >= WHOLE_BELOW:
        # What cannot be cut, or is damaged, is left to the parser, which says what is wrong.
        with suppress(CannotBeCutError):
            return sheets_in_portions(path)
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
    return [_rows_of(workbook.get_sheet_by_name(name)) for name in visible_names(workbook)]


def _rows_of(sheet: CalamineSheet) -> SheetRows:
    guard_extent(sheet.name, Extent(sheet.total_height, sheet.total_width))
    # Empty rows come with the others, so that row numbers are those that Excel shows; empty columns on the left do not.
    left = [""] * (sheet.start[1] if sheet.start else 0)
    return SheetRows(
        name=sheet.name, width=sheet.total_width, rows=lambda: ([*left, *row] for row in sheet.iter_rows())
    )


def _read_csv(path: Path) -> list[SheetRows]:
    """The rows of a CSV file, split at the delimiter that makes most headers known; read anew each time."""
    encoding = text_encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        start = list(itertools.islice(file, HEADER_SEARCH))
    # The headers decide, not csv.Sniffer, which goes by how regularly a sign occurs: commas in addresses mislead it.
    known = {mark: max(map(count_recognised, _split(start, mark)), default=0) for mark in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda mark: known[mark])

    def rows() -> Iterator[list[str]]:
        with path.open(encoding=encoding, newline="") as file:
            yield from _split(file, delimiter)

    extent = Extent()
    for row in rows():
        extent.rows, extent.columns = extent.rows + 1, max(extent.columns, len(row))
    guard_extent(path.name, extent)
    return [SheetRows(name=path.name, width=extent.columns, rows=rows)]


def _split(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for row in reader:
            yield [GUARDED_TEXT.sub(r"\1", cell) if cell.startswith("=") else cell for cell in row]
    except csv.Error:
        raise FrameFileRefused("csv_broken", line=reader.line_num) from None


SHEET_READERS: dict[str, Callable[[Path], list[SheetRows]]] = {
    "xlsx": _read_xlsx,
    "xls": _read_sheets,
    "csv": _read_csv,
}
