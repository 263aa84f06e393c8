from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from survey.exchange.sheets.plain_cells import plain_cell


@pytest.mark.parametrize(
    ("value", "read_back"),
    [
        ("=1+1", "=1+1"),
        ("#N/A", "#N/A"),
        ("+86", "+86"),
        ("a\x00\x0bb\ud800", "ab"),
        (39.0, 39),
        (12.5, 12.5),
        (date(2026, 1, 2), date(2026, 1, 2)),
        ("长" * 40_000, "长" * 32_767),
    ],
)
def test_cell_holds_what_was_written(value: date | float | str, read_back: date | float | str) -> None:
    book, buffer = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet()
    sheet.append([plain_cell(sheet, value)])
    book.save(buffer)
    cell = load_workbook(buffer).active["A1"]
    found = cell.value.date() if isinstance(value, date) else cell.value
    assert (found, cell.data_type != "f") == (read_back, True)
