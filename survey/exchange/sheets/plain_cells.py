"""Cells of a workbook that hold what a person wrote: never a formula, never a control character."""

from datetime import date, datetime, time
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# Excel's limit of a cell; it takes a longer text for damage and repairs the file.
LONGEST_TEXT = 32_767
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell of a CSV file for a formula (OWASP, CSV injection), full width included."""
AS_THEY_ARE = (bool, int, float, datetime, date, time)


def plain_cell(sheet: WriteOnlyWorksheet, value: Any) -> WriteOnlyCell:
    """A cell with a number or date as it is and anything else as text, also where it begins with ``=`` or ``#``."""
    # Lists are read with floats throughout: 3911 must not go back as 3911.0.
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return WriteOnlyCell(sheet, int(value))
    if isinstance(value, AS_THEY_ARE):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, safe_text(str(value)))
    cell.data_type = "s"
    return cell


def no_formula(value: Any) -> Any:
    """A cell of a CSV file, whose types a spreadsheet guesses: an apostrophe before a text that it would compute."""
    # Of texts alone: a negative number is no formula, and a mark before it would make it a text.
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_BEGINS) else value


def safe_text(text: str) -> str:
    """Text without what XML cannot hold, no longer than a cell takes."""
    # "ignore" drops half characters, which UTF-8 cannot hold; U+FFFE and U+FFFF are no characters of XML 1.0 (2.2).
    clean: str = ILLEGAL_CHARACTERS_RE.sub("", text).encode("utf-8", "ignore").decode("utf-8")
    return clean.replace("\ufffe", "").replace("\uffff", "")[:LONGEST_TEXT]
