"""Lists of firms for tests: tables and files with a few rows, right unless a test makes them wrong."""

from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook

from survey.selectors.design.classifications import Classifications
from survey.services.frame.checked_list import CheckedList, check_list

HEADERS = [
    "统一社会信用代码",
    "单位名称",
    "所在区",
    "行业代码",
    "从业人员",
    "营业收入",
    "联系人",
    "电子邮箱",
    "联系电话",
]
CODES = ["91440303Y000000162", "91440305Y00000024R", "91440306Y000000323", "92440309Y000000406", "12440300Y000000599"]
FIRMS = [
    [CODES[0], "甲电子有限公司", "南山区", "3911", 1200, 56000, "王女士", "a@example.com", "0755-12345678"],
    [CODES[1], "乙软件有限公司", "福田", "65", 150, 5000.5, "李先生", "", "13800138000"],
    [CODES[2], "丙商贸有限公司", "440306", "F51", 3, 900, "", "", ""],
]


def firms(*changes: tuple[int, str, Any]) -> pd.DataFrame:
    """Three good firms in rows 2 to 4, with (row, header, value) changed."""
    table = pd.DataFrame(FIRMS, columns=HEADERS, index=[2, 3, 4], dtype=object)
    for row, header, value in changes:
        table.loc[row, header] = value
    return table


def checked_table(table: pd.DataFrame, classifications: Classifications) -> CheckedList:
    """The check of a table as one part."""
    return check_list(lambda: [table], list(table.columns), classifications=classifications)


def good_rows(table: pd.DataFrame, classifications: Classifications) -> pd.DataFrame:
    """The rows of a table that can go in."""
    return pd.concat([*checked_table(table, classifications).good_parts()])


def write_xlsx(path: Path, *sheets: list[list[Any]]) -> Path:
    """A workbook with these rows; texts stay texts even where they begin with ``=``."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
        for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
            cell.data_type = "s"
    book.save(path)
    return path


def write_list(path: Path, table: pd.DataFrame | None = None) -> Path:
    """A workbook with one list of firms."""
    table = firms() if table is None else table
    return write_xlsx(path, [list(table.columns), *table.to_numpy(object).tolist()])


def local_units(*changes: tuple[int, str, Any]) -> pd.DataFrame:
    """Four good rows of a list of local units: two of the first firm, one of each other; with changes as `firms`."""
    table = firms()
    table.loc[5] = table.loc[2]
    table.insert(1, "单位编号", pd.Series(["001", "01", "A 1", "002"], index=table.index, dtype=object))
    table.loc[5, "单位名称"] = "甲电子有限公司二厂"
    for row, header, value in changes:
        table.loc[row, header] = value
    return table
