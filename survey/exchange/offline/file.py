"""The file in which an offline form comes back: that it is a workbook of a sane size, and what stands in its cells.

Excel, WPS and LibreOffice each write a workbook anew in their own way. So only sheets, cells and number formats are
looked at: no properties, drawings, comments, tables or links, in which the programs differ and the parser may fail.
"""

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile
from zlib import error

from django.utils.translation import gettext_noop as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from survey.exchange.sheets.tabular_file import file_kind
from survey.exchange.sheets.zip_guard import guard_archive
from survey.services.answers.offline_refusals import OfflineFormRefused
from survey.services.frame.complaints import FrameFileRefused

# A filled form has some hundred kilobytes; a clerk who pastes a picture beside it is still let in.
MAX_BYTES, MAX_UNPACKED = 5_000_000, 20_000_000
PARTS_READ = ("[Content_Types].xml", "_rels/.rels", "xl/workbook", "xl/_rels/", "xl/styles", "xl/worksheets/")
MOST_COLUMNS = 200
"""As far as the look into the archive lets a sheet reach."""
SHARED_STRINGS = "sharedstrings"
MACROS, STRICT = "vbaproject.bin", b"purl.oclc.org/ooxml"
OTHER_KINDS = {
    # .et is WPS's own name for the same container.
    "xls": _("a workbook of the old kind (.xls or .et)"),
    # Its parts bear other namespaces (ISO/IEC 29500), in which openpyxl finds no sheet.
    "strict": _("a workbook of the kind “Strict Open XML”"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCell:
    """A cell with something in it: its address, value (number, bool, date or text), and how the value is shown."""

    place: str
    row: int
    column: int
    value: Any
    number_format: str
    is_computed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """A sheet by the name that its tab shows; ``cells`` by address, without empty ones. ``epoch`` is day 0 of dates."""

    title: str
    cells: Mapping[str, FormCell]
    epoch: datetime

    def value(self, place: str) -> Any:
        """What stands in a cell; None where it is empty."""
        cell = self.cells.get(place)
        return cell.value if cell else None


def read_sheets(path: Path) -> list[FormSheet]:
    """The sheets of the workbook in a file. Raises OfflineFormRefused."""
    guard_file(path)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of validations and headers that it drops; none of them is read here.
            warnings.simplefilter("ignore")
            book = load_workbook(lean_copy(path), read_only=True, keep_links=False)
            return [
                FormSheet(title=sheet.title, cells=dict(_cells(sheet)), epoch=book.epoch) for sheet in book.worksheets
            ]
    except Exception:
        # A made-up workbook can break the parser anywhere.
        raise OfflineFormRefused("damaged") from None


def guard_file(path: Path) -> None:
    """Refuse what is no workbook, or holds macros, document type declarations or more than a form."""
    if path.stat().st_size > MAX_BYTES:
        raise OfflineFormRefused("file_too_large", limit=MAX_BYTES // 1_000_000)
    try:
        kind = file_kind(path)
        if kind in OTHER_KINDS:
            raise OfflineFormRefused("other_workbook", kind=OTHER_KINDS[kind])
        if kind != "xlsx":
            raise OfflineFormRefused("text_table" if kind == "csv" else "not_the_form")
        guard_content(path)
        guard_archive(path)
    except FrameFileRefused as refused:
        raise OfflineFormRefused(_CODES.get(refused.code, "not_the_form"), **refused.complaint.parameters) from None
    except (BadZipFile, OSError, ValueError, NotImplementedError, error):
        raise OfflineFormRefused("damaged") from None


def guard_content(path: Path) -> None:
    """Refuse what would unpack to more than a form, declares entities, or holds macros."""
    with ZipFile(path) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise OfflineFormRefused("too_much")
        if any(entry.filename.lower().endswith(MACROS) for entry in entries):
            raise OfflineFormRefused("macros")
        for entry in entries:
            if not entry.filename.lower().endswith((".xml", ".rels")):
                continue
            # Without zero bytes the declaration is found in UTF-16 as well.
            content = archive.read(entry).replace(b"\0", b"")
            # No spreadsheet program writes one; it is the door to entities that grow ("billion laughs").
            if b"<!DOCTYPE" in content:
                raise OfflineFormRefused("not_the_form")
            if entry.filename == "xl/workbook.xml" and STRICT in content:
                raise OfflineFormRefused("other_workbook", kind=OTHER_KINDS["strict"])


def lean_copy(path: Path) -> IO[bytes]:
    """The archive with the parts alone in which cells and number formats stand."""
    lean = BytesIO()
    with ZipFile(path) as source, ZipFile(lean, "w") as target:
        for entry in source.infolist():
            is_read = entry.filename.startswith(PARTS_READ) or SHARED_STRINGS in entry.filename.lower()
            if is_read:
                target.writestr(entry.filename, source.read(entry))
    lean.seek(0)
    return lean


def _cells(sheet: Any) -> Iterator[tuple[str, FormCell]]:
    """The cells that hold something, whatever the sheet says about its extent."""
    # Some programs write a wrong <dimension>, which openpyxl believes when it only reads.
    sheet.reset_dimensions()
    before: tuple[Any, ...] = ()
    for cells in sheet.iter_rows(max_col=MOST_COLUMNS):
        if cells is before:
            # Rows that are missing come as one and the same empty row, up to a million of them.
            continue
        before = cells
        for cell in cells:
            if cell.value is None or cell.value == "":
                continue
            place = f"{get_column_letter(cell.column)}{cell.row}"
            # A formula's value is that of the last reckoning on some PC; nobody knows whether it was saved since.
            computed = cell.data_type in ("f", "e")
            yield (
                place,
                FormCell(
                    place=place,
                    row=cell.row,
                    column=cell.column,
                    value=cell.value,
                    number_format=str(cell.number_format),
                    is_computed=computed,
                ),
            )


_CODES = {
    "password": "password",
    "damaged": "damaged",
    "zip_bomb": "too_much",
    "sheet_too_large": "too_much",
    "file_too_large": "too_much",
    "other_workbook": "other_workbook",
    "not_a_list": "other_file",
}
