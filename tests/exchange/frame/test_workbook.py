from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest

from survey.exchange.frame.workbook import read_firm_list
from survey.selectors.design.classifications import Classifications
from survey.services.frame.complaints import FrameFileRefused
from tests.frame_lists import CODES, FIRMS, HEADERS, checked_table, firms, good_rows, write_list, write_xlsx

DATA = Path(__file__).parent.parent / "data"


def refusal(path: Any) -> Any:
    with pytest.raises(FrameFileRefused) as refused:
        read_firm_list(path)
    return refused.value


def csv(folder: Any, text: Any, encoding: str = "utf-8") -> Any:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


def as_csv(delimiter: str = ",") -> Any:
    rows = [HEADERS, *[[str(cell) for cell in row] for row in FIRMS]]
    return "\r\n".join(delimiter.join(row) for row in rows)


def test_workbook_is_read_with_its_row_numbers(tmp_path: Path) -> None:
    table = read_firm_list(write_list(tmp_path / "list.xlsx")).table
    assert (list(table.columns), list(table.index)) == (HEADERS, [2, 3, 4])
    assert table.iloc[0].tolist()[:6] == [CODES[0], "甲电子有限公司", "南山区", "3911", 1200.0, 56000.0]


def test_old_workbook_is_read() -> None:
    assert read_firm_list(DATA / "firms.xls").table.iloc[0].tolist() == [
        CODES[0],
        "甲公司",
        "南山区",
        "39",
        120.0,
        5600.5,
    ]


def test_title_above_and_blank_rows_between_keep_the_row_numbers(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["2026 年企业名单"], [], HEADERS, FIRMS[0], [], [" "], FIRMS[1]]
    assert list(read_firm_list(write_xlsx(tmp_path / "list.xlsx", rows)).table.index) == [4, 7]


def test_list_is_found_on_any_visible_sheet(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", [["说明"], ["请填写"]], [HEADERS, FIRMS[0]])
    assert read_firm_list(path).sheet == "Sheet2"


def test_two_lists_are_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", [HEADERS, FIRMS[0]], [HEADERS, FIRMS[1]])
    assert (refusal(path).code, refusal(path).complaint.parameters) == ("two_lists", {"sheets": "Sheet1, Sheet2"})


@pytest.mark.parametrize("sheets", [[[]], [[[]], [[""]]]])
def test_empty_sheets_are_refused(tmp_path: Path, sheets: list[list[list[str]]]) -> None:
    assert refusal(write_xlsx(tmp_path / "list.xlsx", *sheets)).code == "sheet_empty"


def test_missing_headers_are_refused_with_what_stands_there(tmp_path: Path) -> None:
    refused = refusal(write_xlsx(tmp_path / "list.xlsx", [[], ["甲", 1], ["乙", 2]]))
    assert (refused.code, refused.complaint.parameters["headers"]) == ("headers_missing", "甲 | 1.0")


def test_damaged_workbook_is_refused(tmp_path: Path) -> None:
    path = write_list(tmp_path / "list.xlsx")
    with ZipFile(path) as whole, ZipFile(tmp_path / "part.xlsx", "w") as part:
        for name in whole.namelist():
            if name != "xl/workbook.xml":
                part.writestr(name, whole.read(name))
    assert refusal(tmp_path / "part.xlsx").code == "damaged"


def test_digest_belongs_to_the_bytes(tmp_path: Path) -> None:
    path = csv(tmp_path, as_csv())
    assert read_firm_list(path).digest == read_firm_list(path).digest
    assert len(read_firm_list(path).digest) == 64


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_every_usual_form(
    tmp_path: Path, classifications: Classifications, encoding: str, delimiter: str
) -> None:
    table = read_firm_list(csv(tmp_path, as_csv(delimiter), encoding)).table
    assert good_rows(table, classifications)["credit_code"].tolist() == CODES[:3]


def test_csv_and_workbook_give_the_same_firms(tmp_path: Path, classifications: Classifications) -> None:
    tables = [read_firm_list(path).table for path in (csv(tmp_path, as_csv()), write_list(tmp_path / "list.xlsx"))]
    good = [good_rows(table, classifications) for table in tables]
    pd.testing.assert_frame_equal(good[0], good[1], check_index_type=False)


def test_codes_guarded_against_excel_are_unwrapped(tmp_path: Path) -> None:
    text = as_csv().replace(CODES[0], f'="{CODES[0]}"')
    assert read_firm_list(csv(tmp_path, text)).table.iloc[0, 0] == CODES[0]


def test_longer_rows_keep_their_cells(tmp_path: Path) -> None:
    table = read_firm_list(csv(tmp_path, as_csv() + ",more")).table
    assert (list(table.columns)[-1], table.iloc[2, -1], table.iloc[0, -1]) == ("", "more", "")


def test_quotation_mark_left_open_is_refused(tmp_path: Path) -> None:
    text = as_csv() + '\r\n"' + "x" * 200_000
    assert refusal(csv(tmp_path, text)).code == "csv_broken"


def test_csv_with_too_many_columns_is_refused(tmp_path: Path) -> None:
    assert refusal(csv(tmp_path, as_csv() + "\r\n" + "," * 300)).code == "sheet_too_large"


def test_mended_rows_can_be_put_in_again(tmp_path: Path, classifications: Classifications) -> None:
    table = firms()
    table.insert(0, "Row", [7, 8, 9])
    assert checked_table(table, classifications).bad_count == 0
