"""Lists for the telephone, an SMS gateway or a WeChat account."""

from io import BytesIO
from typing import Any

from django.utils.translation import override
from openpyxl import load_workbook

from survey.exchange.letters.lists import ListedMessage, list_workbook

ROW = ListedMessage(
    phone="0755-1", text="=1+1", firm="企业", contact="王小明", code="ABCD-EFGH", link="https://a.example.org/"
)


def sheet(*rows: ListedMessage, title: str = "Firms") -> Any:
    with override("en"):
        return load_workbook(BytesIO(list_workbook(rows, title))).active


def test_row_holds_whom_to_call_and_what_to_say() -> None:
    heads, row = sheet(ROW).iter_rows(values_only=True)
    assert heads == ("Telephone", "Text", "Firm", "Contact person", "Access code", "Link")
    assert row == ("0755-1", "=1+1", "企业", "王小明", "ABCD-EFGH", "https://a.example.org/")


def test_no_cell_of_a_list_computes() -> None:
    assert {cell.data_type for row in sheet(ROW).iter_rows() for cell in row} == {"s"}


def test_list_without_firms_has_its_head_which_stays_in_view() -> None:
    assert (sheet().max_row, sheet().freeze_panes) == (1, "A2")


def test_title_is_cut_to_what_a_sheet_may_be_called() -> None:
    assert sheet(title="t" * 40).title == "t" * 31
