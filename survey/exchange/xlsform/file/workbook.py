"""The sheets of a form as rows of text, with the numbers that Excel gives them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from survey.exchange.sheets.tabular_file import file_kind
from survey.exchange.sheets.zip_guard import Extent, guard_archive, guard_extent
from survey.exchange.xlsform.file.cells import as_text, without_value
from survey.exchange.xlsform.file_refusals import FormFileRefused

MAX_BYTES = 10_000_000
MAX_ROWS = 20_000
SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
EXTERNAL_CHOICES, ENTITIES, OSM = "external_choices", "entities", "osm"
EDIT_RULES = "edit_rules"
READ_SHEETS = (SURVEY, CHOICES, SETTINGS, EXTERNAL_CHOICES, ENTITIES, OSM, EDIT_RULES)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: its headers in order, and the rows from row 2 on, blank ones too, each from header to text.

    ``without_value`` are row and header of the formulas that give an error or were never computed.
    """

    name: str
    headers: tuple[str, ...] = ()
    rows: tuple[dict[str, str], ...] = ()
    without_value: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Book:
    """The sheets of a form by their lower-case names, and the name of every sheet as written."""

    sheets: dict[str, Sheet]
    names: tuple[str, ...]

    def sheet(self, name: str) -> Sheet:
        """The sheet, or an empty one."""
        return self.sheets.get(name, Sheet(name=name))


def read_book(path: Path) -> Book:
    """The sheets that belong to a form. Raises `FrameFileRefused` with a code of ``FILE_REFUSALS``."""
    kind = file_kind(path)
    if kind == "csv":
        raise FormFileRefused("not_a_list", kind="a text file")
    if path.stat().st_size > MAX_BYTES:
        megabytes = f"{path.stat().st_size / 1e6:.0f}"
        raise FormFileRefused("file_too_large", megabytes=megabytes, limit=f"{MAX_BYTES / 1e6:.0f}")
    if kind == "xlsx":
        guard_archive(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            return _book(workbook, path)
    except PasswordError:
        raise FormFileRefused("password") from None
    except (CalamineError, OSError, ValueError) as error:
        raise FormFileRefused("damaged", detail=str(error)[:120]) from None


def _book(workbook: CalamineWorkbook, path: Path) -> Book:
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if not names:
        raise FormFileRefused("damaged", detail="xl/workbook.xml")
    sheets: dict[str, Sheet] = {}
    blank = without_value(path)
    for name in names:
        # pyxform too takes a single sheet for the survey, whatever it is called.
        known = name.strip().lower() if len(names) > 1 else SURVEY
        if known in READ_SHEETS:
            sheets.setdefault(known, _sheet(workbook, name, known, blank.get(name, ())))
    return Book(sheets, tuple(names))


def _sheet(workbook: CalamineWorkbook, name: str, known: str, blank: Sequence[tuple[int, int]]) -> Sheet:
    """The sheet under its known name; ``blank`` are row and column of cells without a value."""
    sheet = workbook.get_sheet_by_name(name)
    guard_extent(name, Extent(sheet.total_height, sheet.total_width))
    if sheet.total_height > MAX_ROWS:
        raise FormFileRefused("too_many_rows", value=sheet.total_height, limit=MAX_ROWS)
    rows = sheet.to_python(skip_empty_area=False)
    # Line breaks within a header cell are for the eye alone.
    headers = [" ".join(as_text(cell).split()) for cell in rows[0]] if rows else []
    named = tuple(header for header in headers if header)
    places = tuple(
        (row, headers[column - 1]) for row, column in blank if headers[column - 1 : column] not in ([], [""])
    )
    return Sheet(name=known, headers=named, rows=tuple(_row(headers, row) for row in rows[1:]), without_value=places)


def _row(headers: Sequence[str], cells: Sequence[Any]) -> dict[str, str]:
    """The filled cells under a header; of columns with the same header the first filled one."""
    row: dict[str, str] = {}
    for header, cell in zip(headers, cells, strict=False):
        text = as_text(cell)
        if header and text.strip():
            row.setdefault(header, text)
    return row
