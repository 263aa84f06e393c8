from pathlib import Path

from openpyxl import load_workbook

from survey.exchange.frame.hidden_rows import hidden_rows, in_runs
from survey.exchange.frame.workbook import read_firm_list
from tests.frame_lists import write_list


def hidden_list(path: Path, *rows: int) -> Path:
    book = load_workbook(write_list(path))
    for row in rows:
        book.active.row_dimensions[row].hidden = True
    book.save(path)
    return path


def test_hidden_rows_are_named_and_read_like_the_others(tmp_path: Path) -> None:
    found = read_firm_list(hidden_list(tmp_path / "list.xlsx", 3))
    assert (len(found.table), found.notes()) == (3, [("hidden_rows", {"count": 1, "rows": "3"})])


def test_hidden_row_without_a_firm_is_not_named(tmp_path: Path) -> None:
    assert read_firm_list(hidden_list(tmp_path / "list.xlsx", 1, 9)).notes() == []


def test_file_that_is_no_workbook_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("a,b")
    assert hidden_rows(path, "Sheet1") == []


def test_rows_are_named_in_runs() -> None:
    assert (in_runs([4, 7, 8, 9]), in_runs(list(range(2, 40, 2)))) == ("4, 7–9", "2, 4, 6, 8, 10, 12, 14, 16 …")
