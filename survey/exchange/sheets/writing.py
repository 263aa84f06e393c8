"""How the sheets of a release are written: safe cells, styles and widths that fit Chinese."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.sheets.plain_cells import safe_text
from survey.selectors.said import said as _

INK, MUTED, BRAND, WARNING = "1B2A3A", "5B6B7B", "17324D", "8A5A00"
# With Windows since Vista; a face of Latin letters would leave Chinese to whatever a program falls back on.
FACE = "Microsoft YaHei"
BODY = Font(name=FACE, size=10, color=INK)
BOLD = Font(name=FACE, size=10, color=INK, bold=True)
QUIET = Font(name=FACE, size=9, color=MUTED)
TITLE = Font(name=FACE, size=14, color=BRAND, bold=True)
HEAD = Font(name=FACE, size=9, color="FFFFFF", bold=True)
LINK = Font(name=FACE, size=10, color="0B6E75", underline="single")
WARNED = Font(name=FACE, size=10, color=WARNING, bold=True)
HEAD_FILL = PatternFill("solid", fgColor=BRAND)
HAIRLINE = Border(bottom=Side(style="hair", color="C3CED8"))
WRAP = Alignment(wrap_text=True, vertical="top")
RIGHT = Alignment(horizontal="right", vertical="top")
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
FIGURE_WIDTH = 14.0


def put(sheet: Worksheet, row: int, column: int, value: Any, font: Font = BODY, number_format: str = "") -> Cell:
    """Write one cell; a text stays a text, also where it begins with ``=``."""
    cell: Cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = safe_text(value)
        cell.data_type = "s"
    else:
        cell.value = value
    cell.font = font
    if number_format:
        cell.number_format = number_format
    return cell


def put_head(sheet: Worksheet, row: int, heads: Sequence[str]) -> None:
    """A line of column heads."""
    for column, head in enumerate(heads, 1):
        cell = put(sheet, row, column, head, HEAD)
        cell.fill, cell.alignment = HEAD_FILL, CENTRE
    # Said, because no program reckons the height of wrapped text when it opens a file.
    sheet.row_dimensions[row].height = 14.0 * max((lines_of(head, FIGURE_WIDTH - 3) for head in heads), default=1) + 6


def demonstration_mark() -> str:
    """What every sheet of a demonstration says."""
    return _("Demonstration: firms, persons and answers are made up.")


def width_of(text: str) -> int:
    """Width in narrow characters; a Chinese character counts as two."""
    # W and F are the wide classes of UAX #11.
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def lines_of(text: str, width: float) -> int:
    """Lines that a text takes in a column of this width."""
    # An empty line takes a line too.
    return sum(max(1, -(-width_of(line) // max(int(width), 1))) for line in text.split("\n"))


def printed_line(text: str, longest: int) -> str:
    """A text for the head or foot of printed pages, in which ``&`` alone would begin a code."""
    # Cut first: a doubled "&" that is cut in two would begin a code.
    return safe_text(text)[:longest].replace("&", "&&")
