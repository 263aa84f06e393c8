"""A sheet on paper: as wide as the page, with its heads repeated, and how much room its columns and rows take."""

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.sheets.paper import (
    A_CHARACTER,
    LANDSCAPE,
    UPRIGHT,
    height_of_page,
    height_of_rows,
    print_on,
    rows_of_height,
    width_of_columns,
)


@pytest.fixture
def sheet() -> Worksheet:
    made: Worksheet = Workbook().create_sheet("T1")
    return made


def test_page_is_a4_as_wide_as_the_paper_with_its_head_repeated(sheet: Worksheet) -> None:
    print_on(sheet, UPRIGHT, footer="Source & co", head_row=4)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (int(Worksheet.PAPERSIZE_A4), "portrait")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert (sheet.print_title_rows, sheet.oddFooter.left.text) == ("$4:$4", "Source && co")


def test_page_without_a_head_repeats_nothing(sheet: Worksheet) -> None:
    print_on(sheet, LANDSCAPE, footer="")
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == (None, "landscape")


def test_paper_lies_or_stands_within_the_same_margins() -> None:
    sides = [(paper.width, paper.height) for paper in (LANDSCAPE, UPRIGHT)]
    assert sides == [pytest.approx((27.16, 16.936)), pytest.approx((18.46, 25.636))]


def test_width_of_columns_counts_what_is_said_and_what_is_usual(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 20
    assert width_of_columns(sheet, 2) == pytest.approx(0.2 * (20 + 8.43))
    # Asked for, a column gets no width of its own.
    assert "B" not in sheet.column_dimensions


def test_height_of_rows_counts_what_is_said_and_what_is_usual(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].height = 30
    assert height_of_rows(sheet, 1, 2) == pytest.approx(45 * 2.54 / 72)
    assert rows_of_height(height_of_rows(sheet, 1, 2)) == 5


def test_page_that_is_made_smaller_to_fit_its_width_holds_more_rows() -> None:
    sheet = Workbook().create_sheet("wide")
    assert height_of_page(sheet, LANDSCAPE, 3) == LANDSCAPE.height
    sheet.column_dimensions["A"].width = 2 * LANDSCAPE.width / A_CHARACTER
    assert height_of_page(sheet, LANDSCAPE, 1) == pytest.approx(2 * LANDSCAPE.height)
