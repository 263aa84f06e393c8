"""Files that hold a form, in both formats, and files that hold none."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from survey.exchange.sheets.repaired_copy import MOST_STRAYS
from survey.exchange.xlsform import read_xlsform
from survey.exchange.xlsform.file.workbook import MAX_ROWS
from tests.exchange.markdown_forms import FOLDER, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BINARIES = (
    *("two_languages", "cascading_choices", "constraints"),
    *("names_in_chinese", "chance", "values_to_read", "required_messages"),
)


def codes(path: Path) -> list[str]:
    return [finding.code for finding in read_xlsform(path).findings]


@pytest.mark.parametrize("name", BINARIES)
def test_binary_workbook_reads_like_the_other(name: str, tmp_path: Path) -> None:
    other = workbook((FOLDER / f"{name}.md").read_text("utf-8"), tmp_path / f"{name}.xlsx")
    found = read_xlsform(FOLDER / f"{name}.xls")
    assert found.is_whole
    assert found.questionnaire == read_xlsform(other).questionnaire


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"type,name,label\n", "not_a_list"),
        (b"%PDF-1.7", "not_a_list"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "WordDocument".encode("utf-16-le"), "not_a_list"),
        (OLE + "Workbook".encode("utf-16-le"), "damaged"),
        (b"x" * 60_000_001, "file_too_large"),
    ],
    ids=["empty", "csv", "pdf", "broken zip", "password", "word", "broken xls", "huge"],
)
def test_file_without_a_form_is_refused_with_a_code(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)
    assert codes(path) == [code]


def test_missing_file_is_said(tmp_path: Path) -> None:
    assert codes(tmp_path / "none.xlsx") == ["file_missing"]


def test_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    assert codes(path) == ["zip_bomb"]


def test_content_far_away_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "survey"
    for row in range(999_900, 1_000_001):
        book.active.cell(row, 1, "x")
    book.save(tmp_path / "form.xlsx")
    assert codes(tmp_path / "form.xlsx") == ["sheet_too_large"]


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    book = Workbook()
    for row in range(MAX_ROWS + 1, MAX_ROWS + MOST_STRAYS + 2):
        book.active.cell(row, 1, "x")
    book.save(tmp_path / "form.xlsx")
    assert codes(tmp_path / "form.xlsx") == ["too_many_rows"]


@pytest.mark.parametrize(
    "rows", [[], [["a", "b"]], [["type", "name"]], [["type"], ["text"]], [["type", "name"], ["", "a"]]]
)
def test_sheet_that_is_no_form_is_an_error(rows: list[list[str]], tmp_path: Path) -> None:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "form.xlsx")
    reading = read_xlsform(tmp_path / "form.xlsx")
    assert (reading.questionnaire, reading.is_whole) == (None, False)
    assert all(finding.message() for finding in reading.findings)


def test_only_sheet_of_any_name_is_the_survey(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Tabelle1"
    for row in (["type", "name", "label"], ["text", "a", "A"]):
        book.active.append(row)
    book.save(tmp_path / "my form.xlsx")
    reading = read_xlsform(tmp_path / "my form.xlsx")
    assert reading.questionnaire is not None
    assert (reading.questionnaire.code, list(reading.questionnaire.items)) == ("my_form", ["a"])


def test_truth_values_and_numbers_are_read_from_their_cells(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "survey"
    rows = (["type", "name", "label", "required", "default"], ["integer", "a", 2026, True, 5.0])
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "form.xlsx")
    read = read_xlsform(tmp_path / "form.xlsx").questionnaire
    assert read is not None
    item = read.items["a"]
    assert (item.text.en, item.required, item.prefill) == ("2026", "true()", "number(5)")
