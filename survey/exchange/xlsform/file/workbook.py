"""The sheets of a form as rows of text, with the numbers that Excel gives them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from survey.exchange.sheets.repaired_copy import MOST_STRAYS, read_or_repair, without_far_cells
from survey.exchange.sheets.tabular_file import file_kind
from survey.exchange.sheets.zip_guard import MAX_COLUMNS, Extent, column_letters, guard_archive, guard_extent
from survey.exchange.xlsform.file.cells import cell_as_text, without_value
from survey.exchange.xlsform.file_refusals import FormFileRefused
from survey.services.frame.complaints import FrameFileRefused
from survey.terms import gettext_noop

MAX_BYTES = 10_000_000
MAX_ROWS = 20_000
MAX_AREA = 6_000_000
"""Cells of a sheet that are looked at; old workbooks reach to column IV whatever is filled."""
SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
EXTERNAL_CHOICES, ENTITIES, OSM = "external_choices", "entities", "osm"
EDIT_RULES = "edit_rules"
READ_SHEETS = (SURVEY, CHOICES, SETTINGS, EXTERNAL_CHOICES, ENTITIES, OSM, EDIT_RULES)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: its headers in order, and the rows from row 2 on, blank ones too, each from header to text.

    ``without_value`` are row and header of the formulas that give an error or were never computed, ``strays`` the few
    cells far away from the form, which are not read.
    """

    name: str
    headers: tuple[str, ...] = ()
    rows: tuple[dict[str, str], ...] = ()
    without_value: tuple[tuple[int, str], ...] = ()
    strays: tuple[str, ...] = ()


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
        raise FormFileRefused("not_a_list", kind=gettext_noop("a text file"))
    if path.stat().st_size > MAX_BYTES:
        megabytes = f"{path.stat().st_size / 1e6:.0f}"
        raise FormFileRefused("file_too_large", megabytes=megabytes, limit=f"{MAX_BYTES / 1e6:.0f}")
    source, strays = _guarded(path) if kind == "xlsx" else (path, {})
    try:
        return read_or_repair(source, lambda workbook: _book(workbook, source, strays))
    except PasswordError:
        raise FormFileRefused("password") from None
    except (CalamineError, OSError, ValueError) as error:
        raise FormFileRefused("damaged", detail=str(error)[:120]) from None


def _guarded(path: Path) -> tuple[Path | bytes, dict[str, list[str]]]:
    """The workbook, or a copy of it without a few far cells, and those by sheet."""
    try:
        guard_archive(path)
    except FrameFileRefused as refused:
        mended = without_far_cells(path, MAX_ROWS, MAX_COLUMNS) if refused.code == "sheet_too_large" else None
        if mended is None:
            raise
        return mended.content, mended.strays
    return path, {}


def _book(workbook: CalamineWorkbook, source: Path | bytes, strays: dict[str, list[str]]) -> Book:
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if not names:
        raise FormFileRefused("damaged", detail="xl/workbook.xml")
    sheets: dict[str, Sheet] = {}
    blank = without_value(source)
    for name in names:
        # pyxform too takes a single sheet for the survey, whatever it is called.
        known = name.strip().lower() if len(names) > 1 else SURVEY
        if known in READ_SHEETS:
            found = _sheet(workbook, name, known, blank.get(name, ()))
            sheets.setdefault(known, replace(found, strays=(*found.strays, *strays.get(name, ()))))
    return Book(sheets, tuple(names))


def _sheet(workbook: CalamineWorkbook, name: str, known: str, blank: Sequence[tuple[int, int]]) -> Sheet:
    """The sheet under its known name; ``blank`` are row and column of cells without a value."""
    sheet = workbook.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > MAX_AREA:
        guard_extent(name, Extent(sheet.total_height, sheet.total_width))
    # With empty rows above, or findings would name other rows than Excel shows.
    found = sheet.to_python(skip_empty_area=False)
    rows, strays = _near(found)
    # So many are no slip but content: leaving them out would lose questions without a word.
    if len(strays) > MOST_STRAYS:
        guard_extent(name, Extent(sheet.total_height, sheet.total_width))
        raise FormFileRefused("too_many_rows", value=sheet.total_height, limit=MAX_ROWS)
    # Line breaks within a header cell are for the eye alone.
    headers = [" ".join(cell_as_text(cell).split()) for cell in rows[0]] if rows else []
    named = tuple(header for header in headers if header)
    places = tuple(
        (row, headers[column - 1]) for row, column in blank if headers[column - 1 : column] not in ([], [""])
    )
    return Sheet(
        name=known,
        headers=named,
        rows=tuple(_row(headers, row) for row in rows[1:]),
        without_value=places,
        strays=tuple(strays),
    )


def _near(rows: list[list[Any]]) -> tuple[list[list[Any]], list[str]]:
    """The rows as far as a form may reach, and the filled cells beyond, no more than can be called astray."""
    far = (
        f"{column_letters(column)}{number}"
        for number, row in enumerate(rows, start=1)
        for column, cell in enumerate(row, start=1)
        if (number > MAX_ROWS or column > MAX_COLUMNS) and cell_as_text(cell).strip()
    )
    strays = list(islice(far, MOST_STRAYS + 1))
    return [row[:MAX_COLUMNS] for row in rows[:MAX_ROWS]], strays


def _row(headers: Sequence[str], cells: Sequence[Any]) -> dict[str, str]:
    """The filled cells under a header; of columns with the same header the first filled one."""
    row: dict[str, str] = {}
    for header, cell in zip(headers, cells, strict=False):
        text = cell_as_text(cell)
        # A cell of blanks looks empty to whoever filled in the form.
        if header and text.strip():
            row.setdefault(header, text)
    return row
