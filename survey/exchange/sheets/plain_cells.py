"""Cells of a workbook that hold what a person wrote: never a formula, never a control character."""

from datetime import date, datetime, time
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

LONGEST_TEXT = 32_767
AS_THEY_ARE = (bool, int, float, datetime, date, time)


def plain_cell(sheet: WriteOnlyWorksheet, value: Any) -> WriteOnlyCell:
    """A cell with a number or date as it is and anything else as text, also where it begins with ``=`` or ``#``."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return WriteOnlyCell(sheet, int(value))
    if isinstance(value, AS_THEY_ARE):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, safe_text(str(value)))
    cell.data_type = "s"
    return cell


def safe_text(text: str) -> str:
    """Text without what XML cannot hold, no longer than a cell takes."""
    clean: str = ILLEGAL_CHARACTERS_RE.sub("", text).encode("utf-8", "ignore").decode("utf-8")
    return clean.replace("\ufffe", "").replace("\uffff", "")[:LONGEST_TEXT]
