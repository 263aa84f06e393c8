"""How the rows of the offline form look: fonts that have Chinese, cells to fill in, heights that show every line."""

from collections.abc import Iterable

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.offline.form_row import RowKind
from survey.exchange.sheets.writing import BODY, BRAND, FACE, HEAD, QUIET, lines_of

NUMBER, TEXT, ANSWER, GUIDE, EXPLANATION, NAME, SEAL = "ABCDEFG"
WIDTHS = {NUMBER: 6, TEXT: 56, ANSWER: 32, GUIDE: 36, EXPLANATION: 28}
LINE_HEIGHT, SPACE = 15.0, 4.0
FITTING = {TEXT: 1.1, ANSWER: 1.0, GUIDE: 1.25, EXPLANATION: 1.0, NUMBER: 1.0}
"""Characters that a line takes, per unit of the column's width; the guide is printed small."""
LINE, GROUND, TO_FILL = "C3CED8", "E6EBF0", "FFF6E0"
WRAP = Alignment(wrap_text=True, vertical="top")
INDENTED = Alignment(horizontal="left", wrap_text=True, vertical="top", indent=2)
BOX = Border(*(Side(style="thin", color=LINE) for _side in range(4)))
ABOVE = Border(top=Side(style="hair", color=LINE))
SECTION, PAGE = Font(name=FACE, size=13, bold=True, color=BRAND), Font(name=FACE, size=10, bold=True, color=BRAND)
FONTS = {RowKind.SECTION: SECTION, RowKind.PAGE: PAGE}


class FittedRow(RowDimension):  # type: ignore[misc]  # openpyxl is not typed
    """A row whose height was fitted to its text and goes on fitting itself: no height of a person's own."""

    # With a height of its own marked as custom, Excel and WPS do not grow the row when an answer has several lines.
    customHeight = False  # noqa: N815  -- the name in the file format


def cut_to(lines: int, text: str, column: str) -> str:
    """The beginning of a label that may be chosen: a row need not be higher for it than so many lines."""
    # Half: a Chinese character takes the width of two.
    return text[: int(room(column) * lines / 2)]


def fit_row(sheet: Worksheet, place: int, texts: Iterable[tuple[str, float]], *, least: int = 1) -> None:
    """Make a row as high as the longest of its texts needs in its width, and at least so many lines."""
    lines = max([least, *(lines_of(text, width) for text, width in texts)])
    # Given all the same, because no program fits a row when it opens a file that another has written.
    sheet.row_dimensions[place] = FittedRow(sheet, index=place, ht=lines * LINE_HEIGHT + SPACE)


def room(column: str) -> float:
    """Narrow characters that fit into a line of a column."""
    return WIDTHS[column] * FITTING[column] - 1


def style_row(sheet: Worksheet, place: int, kind: RowKind) -> None:
    """The look of a row of this kind before anything stands in it."""
    for column in WIDTHS:
        cell = sheet[f"{column}{place}"]
        cell.font, cell.alignment = FONTS.get(kind, BODY), WRAP
        if kind is RowKind.SECTION:
            cell.fill = PatternFill("solid", start_color=GROUND)
        if kind is RowKind.QUESTION:
            cell.border = ABOVE
    sheet[f"{GUIDE}{place}"].font = QUIET
    if kind is RowKind.PART:
        sheet[f"{TEXT}{place}"].alignment = INDENTED


def open_answer(cell: Cell, number_format: str) -> None:
    """A coloured cell to write the answer into; everything stands at its left, numbers too."""
    open_explanation(cell)
    cell.fill, cell.number_format = PatternFill("solid", start_color=TO_FILL), number_format


def open_explanation(cell: Cell) -> None:
    """A cell to write into where need be."""
    cell.protection, cell.border, cell.number_format = Protection(locked=False), BOX, "@"
    # At the left, because spreadsheets put numbers to the right, away from the question.
    cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)


def style_heads(sheet: Worksheet, place: int) -> None:
    for column in WIDTHS:
        cell = sheet[f"{column}{place}"]
        cell.font, cell.fill, cell.alignment = HEAD, PatternFill("solid", start_color=BRAND), WRAP
