from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from openpyxl import load_workbook

from survey.exchange.frame.errors_workbook import errors_workbook
from survey.exchange.frame.workbook import FirmList, read_firm_list
from survey.selectors.design.classifications import Classifications
from tests.frame_lists import CODES, HEADERS, checked_table, firms, good_rows


@pytest.fixture
def written(classifications: Classifications) -> Any:
    """The sheet of errors of a list with these changes."""

    def write(*changes: Any) -> Any:
        table = firms(*changes)
        checked = checked_table(table, classifications)
        with translation.override("en"):
            return errors_workbook(FirmList.of_table(table), checked)

    return write


def rows(content: Any) -> Any:
    return [list(row) for row in load_workbook(BytesIO(content)).active.iter_rows(values_only=True)]


def test_wrong_row_stands_as_it_was_with_reason_and_repair(written: Any) -> None:
    table = rows(written((3, "从业人员", "约三千")))
    assert table[0] == ["Row", "What is wrong", "How to mend it", *HEADERS]
    assert table[1:] == [
        [
            3,
            "Employees must be a number; it reads “约三千”.",
            "Enter digits only, without words or formulas.",
            CODES[1],
            "乙软件有限公司",
            "福田",
            "65",
            "约三千",
            5000.5,
            "李先生",
            None,
            "13800138000",
        ]
    ]


def test_all_reasons_of_a_row_stand_in_one_cell(written: Any) -> None:
    _, row = rows(written((3, "从业人员", -1), (3, "电子邮箱", "x")))
    assert row[1] == "Employees is negative (-1).\n“x” is not an e-mail address."


def test_contact_that_was_left_blank_is_listed_with_its_firm(written: Any) -> None:
    _, row = rows(written((3, "电子邮箱", "x")))
    assert (row[0], row[1]) == (3, "“x” is not an e-mail address. The firm is in without it.")


def test_number_of_a_person_goes_no_further(written: Any) -> None:
    content = written((3, "统一社会信用代码", "11010519491231002X"))
    _, row = rows(content)
    assert (row[3], "49123" in row[1]) == ("1101…", False)


def test_formula_and_control_character_of_the_list_do_no_harm(written: Any) -> None:
    _, row = rows(written((3, "单位名称", "=HYPERLINK(1)\x07"), (3, "从业人员", "=1+1")))
    assert (row[4], row[7]) == ("=HYPERLINK(1)", "=1+1")


def test_wrong_cells_are_tinted_and_texts_keep_their_format(written: Any) -> None:
    sheet = load_workbook(BytesIO(written((3, "从业人员", -1)))).active
    assert [cell.column for cell in sheet[2] if cell.fill.fgColor.rgb == "00FFF6E0"] == [8]
    assert sheet["D2"].number_format == "@"


def test_mended_workbook_can_be_put_in_again(written: Any, tmp_path: Path, classifications: Classifications) -> None:
    book = load_workbook(BytesIO(written((3, "从业人员", "约三千"))))
    book.active["H2"] = 3000
    book.save(tmp_path / "mended.xlsx")
    table = read_firm_list(tmp_path / "mended.xlsx").table
    assert good_rows(table, classifications)["credit_code"].tolist() == [CODES[1]]
    assert checked_table(table, classifications).bad_count == 0


def test_progress_is_told(classifications: Classifications) -> None:
    table = firms().loc[[2] * 4000].reset_index(drop=True)
    checked = checked_table(table, classifications)
    seen = []
    errors_workbook(FirmList.of_table(table), checked, lambda done, total: seen.append((done, total)))
    assert seen == [(2000, 4000), (4000, 4000)]
