"""Printing on A4, as wide as the paper, with a chart always whole on one page.

A chart that has no room below its table is an area of print of its own: each area begins on a new page, while breaks
are ignored by programs that fit a sheet to the paper.
"""

from dataclasses import dataclass
from math import ceil

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.sheets.writing import printed_line

A_CHARACTER, A_POINT = 0.2, 2.54 / 72
"""Centimetres; a little more than most programs take for a character of the width of a column."""
SIDE, ABOVE = 0.5, 0.8
"""Margins in inches."""
USUAL_WIDTH, USUAL_HEIGHT = 8.43, 15.0
"""Of a column in characters, of a row in points, where nothing else is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An A4 page: what of it can be printed on, in centimetres."""

    is_landscape: bool

    @property
    def width(self) -> float:
        return (29.7 if self.is_landscape else 21.0) - 2 * SIDE * 2.54

    @property
    def height(self) -> float:
        return (21.0 if self.is_landscape else 29.7) - 2 * ABOVE * 2.54


LANDSCAPE, UPRIGHT = Paper(is_landscape=True), Paper(is_landscape=False)


def width_of_columns(sheet: Worksheet, last: int) -> float:
    """Centimetres of the first columns."""
    # Asking for a column that has no width would give it one.
    widths = [sheet.column_dimensions[letter].width if letter in sheet.column_dimensions else USUAL_WIDTH
              for letter in map(get_column_letter, range(1, last + 1))]  # fmt: skip
    return A_CHARACTER * sum(widths)


def height_of_rows(sheet: Worksheet, first: int, last: int) -> float:
    """Centimetres of these rows, both taken in."""
    heights = (sheet.row_dimensions[row].height for row in range(first, last + 1))
    return A_POINT * sum(height or USUAL_HEIGHT for height in heights)


def height_of_page(sheet: Worksheet, paper: Paper, last: int) -> float:
    """Centimetres of rows on a page, when so many columns are made smaller to fit its width."""
    return paper.height * max(1.0, width_of_columns(sheet, last) / paper.width)


def rows_of_height(centimetres: float) -> int:
    """Rows of the usual height that so much takes, with one to spare."""
    return int(centimetres / (A_POINT * USUAL_HEIGHT)) + 2


SMALLEST = 0.7
"""How small a sheet may be printed: of letters of ten points seven are left."""


def pages_across(sheet: Worksheet, paper: Paper, last: int) -> int:
    """How many pages side by side so many columns take that nothing on them becomes too small to read; the first column
    stands on each of them."""
    page, label = paper.width / SMALLEST, width_of_columns(sheet, 1)
    return 1 + max(0, ceil((width_of_columns(sheet, last) - page) / (page - label)))


def print_on(sheet: Worksheet, paper: Paper, *, footer: str, head_row: int = 0, across: int = 1) -> None:
    """Print as wide as the paper, or as so many pages side by side with the first column on each of them; with heads on
    every page, source and page number below."""
    setup = sheet.page_setup
    setup.paperSize = Worksheet.PAPERSIZE_A4
    setup.orientation = "landscape" if paper.is_landscape else "portrait"
    # 0: as many pages long as it takes.
    setup.fitToWidth, setup.fitToHeight = across, 0
    # fitToWidth counts only with this flag (ECMA-376, 18.3.1.65).
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=SIDE, right=SIDE, top=ABOVE, bottom=ABOVE, header=0.35, footer=0.35)
    sheet.print_title_rows = f"{head_row}:{head_row}" if head_row else None
    sheet.print_title_cols = "A:A" if across > 1 else None
    sheet.oddFooter.left.text = printed_line(footer, 200)
    sheet.oddFooter.right.text = "&P / &N"
