from io import BytesIO
from pathlib import Path

import pytest
from django.utils import translation
from openpyxl import load_workbook

from survey.exchange.frame.template import template_workbook
from survey.exchange.frame.workbook import read_firm_list
from survey.selectors.design.classifications import Classifications
from survey.services.frame.columns import FrameColumn, recognise_columns
from survey.terms import AskedUnit
from tests.frame_lists import FIRMS, checked_table

pytestmark = pytest.mark.usefixtures("classified")


@pytest.mark.parametrize("lists", list(AskedUnit))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_headers_of_the_template_are_all_recognised(language: str, lists: AskedUnit) -> None:
    with translation.override(language):
        firms = load_workbook(BytesIO(template_workbook(lists))).worksheets[0]
    has_number = lists is AskedUnit.LOCAL_UNIT
    wanted = [column for column in FrameColumn if has_number or column is not FrameColumn.UNIT_KEY]
    assert list(recognise_columns([cell.value for cell in firms[1]], lists).positions) == wanted


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_filled_template_goes_in_without_errors(
    language: str, tmp_path: Path, classifications: Classifications
) -> None:
    with translation.override(language):
        book = load_workbook(BytesIO(template_workbook()))
    for firm in FIRMS:
        values = [*firm[:6], None, None, *firm[6:]]
        row = book.worksheets[0].max_row + 1 if book.worksheets[0]["A2"].value else 2
        for column, value in enumerate(values, start=1):
            book.worksheets[0].cell(row, column, value)
    book.save(tmp_path / "filled.xlsx")
    table = read_firm_list(tmp_path / "filled.xlsx").table
    assert checked_table(table, classifications).bad_count == 0


def test_codes_of_districts_and_divisions_are_listed() -> None:
    codes = load_workbook(BytesIO(template_workbook())).worksheets[2]
    assert (codes["A2"].value, codes["D2"].value, codes.max_row) == ("440303", "01", 98)


def test_credit_code_is_formatted_as_text() -> None:
    firms = load_workbook(BytesIO(template_workbook())).worksheets[0]
    assert (firms["A2"].number_format, firms["E2"].number_format) == ("@", "General")


def test_sheets_print_on_the_width_of_a_page_with_their_heads() -> None:
    book = load_workbook(BytesIO(template_workbook()))
    printed = [(sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.print_title_rows) for sheet in book]
    assert printed == [(True, "$1:$1")] * 3
