import csv
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from survey.exchange.frame import found_list, hidden_rows, portions, sheet_rows
from survey.exchange.frame.found_list import find_list
from survey.exchange.sheets import tabular_file, zip_guard
from tests.frame_lists import FIRMS, HEADERS


def workbook_of(path: Path, rows: int) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        table: list[list[object]] = [[*HEADERS], *FIRMS * rows]
        for number, row in enumerate(table):
            # No text like another: each stands in the table of texts by itself.
            sheet.write_row(number, 0, [f"{cell} {number}" if number else str(cell) for cell in row])
    return path


def text_of(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADERS, *FIRMS * rows])
    return path


def bytes_for(path: Path) -> int:
    """The most memory that finding the list and going through its parts takes."""
    tracemalloc.start()
    try:
        found = find_list(path)
        assert sum(len(numbers) for numbers, _ in found.parts()) > 0
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("write", [workbook_of, text_of])
def test_longer_list_takes_no_more_memory_but_where_its_texts_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, int], Path]
) -> None:
    monkeypatch.setattr(found_list, "PART_ROWS", 100)
    monkeypatch.setattr(portions, "PORTION", 20_000)
    for module in (portions, hidden_rows, tabular_file, zip_guard):
        monkeypatch.setattr(module, "PIECE", 20_000)
    monkeypatch.setattr(sheet_rows, "WHOLE_BELOW", 0)
    small, large = (bytes_for(write(tmp_path / f"{rows}", rows)) for rows in (400, 3200))
    # Eight bytes at most for each cell more; one that is held takes more than sixty.
    assert large - small < 8 * (3200 - 400) * len(FIRMS) * len(HEADERS)


def test_rows_end_where_their_cells_do(tmp_path: Path) -> None:
    found = find_list(text_of(tmp_path / "list.csv", 1))
    assert (found.headers, [numbers for numbers, _ in found.parts()]) == (HEADERS, [[2, 3, 4]])
