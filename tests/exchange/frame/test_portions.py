import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter

from survey.exchange.frame import portions, sheet_rows
from survey.exchange.frame.portions import sheets_in_portions
from survey.exchange.frame.shared_texts import CannotBeCutError
from survey.exchange.frame.sheet import SheetRows
from survey.exchange.frame.sheet_rows import SHEET_READERS
from survey.services.frame.complaints import FrameFileRefused

SHEETS, TEXTS = r"xl/worksheets/.*\.xml", r"xl/sharedStrings\.xml"
Change = Callable[[bytes], bytes]


def written(path: Path) -> Path:
    """A workbook as Excel writes it, of every kind of cell, with blank rows and columns and other sheets around it."""
    with xlsxwriter.Workbook(path) as book:
        day, hour, bold = (book.add_format(kind) for kind in ({"num_format": 14}, {"num_format": 20}, {"bold": True}))
        sheet = book.add_worksheet("甲&乙")
        for row in range(3, 40):
            sheet.write_row(row, 2, [f"text {row % 5}", row, row / 3, "", "x"])
            sheet.write_datetime(row, 8, datetime(2026, 1, 1 + row % 28), day if row % 3 else hour)
            sheet.write_boolean(row, 9, bool(row % 2))
            sheet.write_formula(row, 10, "=A1", value="=text" if row % 5 else "#DIV/0!")
            sheet.write_rich_string(row, 12, "a ", bold, "b<&>", "c")
            sheet.write_blank(row, 14, None, bold)
        sheet.write(60, 1, " lead\ttab\nline ")
        sheet.set_row(61, 30)
        sheet.write(70, 3, "_x000D_ 𠮷")
        hidden = book.add_worksheet("hidden")
        hidden.hide()
        book.add_worksheet("empty")
        book.add_worksheet("two").write_string(0, 0, "=SUM(1)")
    return path


def changed(path: Path, parts: str, change: Change) -> Path:
    """The workbook with some of its parts written otherwise."""
    copy = path.with_name("changed.xlsx")
    with ZipFile(path) as old, ZipFile(copy, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if re.fullmatch(parts, name) else old.read(name))
    return copy


def content(sheets: list[SheetRows]) -> list[tuple[str, list[list[Any]]]]:
    """Names and rows, made equally long."""
    rows = [[[*row] for row in sheet.rows()] for sheet in sheets]
    widths = [max(map(len, one), default=0) for one in rows]
    return [
        (sheet.name, [[*row, *[""] * (width - len(row))] for row in one])
        for sheet, one, width in zip(sheets, rows, widths, strict=True)
    ]


def whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[list[Any]]]]:
    """What the parser makes of the workbook as it is."""
    monkeypatch.setattr(sheet_rows, "WHOLE_BELOW", 10**9)
    return content(SHEET_READERS["xlsx"](path))


@pytest.mark.parametrize("size", [1, 700, 10**9])
def test_portions_are_what_the_parser_makes_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    path = written(tmp_path / "list.xlsx")
    monkeypatch.setattr(portions, "PORTION", size)
    found = content(sheets_in_portions(path))
    assert found == whole(path, monkeypatch)
    assert [(name, len(rows)) for name, rows in found] == [("甲&乙", 71), ("empty", 0), ("two", 1)]


@pytest.mark.parametrize("size", [1, 700])
@pytest.mark.parametrize(
    ("parts", "change"),
    [
        (SHEETS, lambda part: re.sub(rb'(<row) r="\d+"', rb"\1", part)),
        (SHEETS, lambda part: re.sub(rb'(<c) r="\w+"', rb"\1", part)),
        (SHEETS, lambda part: re.sub(rb'(<c|<row) r="\w+"', rb"\1", part)),
        (SHEETS, lambda part: re.sub(rb"<(/?)(\w)", rb"<\1x:\2", part.replace(b"xmlns=", b"xmlns:x="))),
        (SHEETS, lambda part: part.replace(b'"', b"'")),
        (SHEETS, lambda part: part.replace(b"><", b">\r\n<")),
        (SHEETS, lambda part: re.sub(rb"<dimension[^>]*>", b'<dimension ref="1:100"/>', part)),
        (SHEETS, lambda part: re.sub(rb'<row r="([12]\d)".*?</row>', b"", part, flags=re.DOTALL)),
        (TEXTS, lambda part: part.replace(b"<si><t>x</t></si>", b"<si/>")),
        (TEXTS, lambda part: part.replace(b"<t>x</t>", b"<t>x</t><rPh sb='0' eb='1'><t>y</t></rPh>")),
        (TEXTS, lambda part: re.sub(rb"<(/?)(\w)", rb"<\1x:\2", part.replace(b"xmlns=", b"xmlns:x="))),
        (r"xl/workbook\.xml", lambda part: part.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')),
    ],
)
def test_workbook_of_other_programs_reads_as_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, parts: str, change: Change
) -> None:
    path = written(tmp_path / "list.xlsx")
    copy = changed(path, parts, change)
    monkeypatch.setattr(portions, "PORTION", size)
    assert content(sheets_in_portions(copy)) == whole(copy, monkeypatch)


@pytest.mark.parametrize(
    ("parts", "change"),
    [
        (TEXTS, lambda part: part.replace(b"<si>", b"<!-- </si> --><si>")),
        (TEXTS, lambda part: part.replace(b"UTF-8", b"UTF-16")),
        (TEXTS, lambda part: part.replace(b"<si>", b"", 1).replace(b"</si>", b"", 1)),
        (SHEETS, lambda part: part.replace(b"</row>", b"<![CDATA[</row>]]></row>")),
        (SHEETS, lambda part: part.replace(b'<row r="71"', b'<row r="2"')),
        (SHEETS, lambda part: part.replace(b"<v>0</v>", b"<v></v>", 1)),
        (SHEETS, lambda part: part[: len(part) // 2]),
    ],
)
def test_what_cannot_be_cut_is_left_to_the_parser(tmp_path: Path, parts: str, change: Change) -> None:
    with pytest.raises(CannotBeCutError):
        sheets_in_portions(changed(written(tmp_path / "list.xlsx"), parts, change))


def test_workbook_that_cannot_be_cut_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = changed(written(tmp_path / "list.xlsx"), TEXTS, lambda part: part.replace(b"<si>", b"<!-- --><si>"))
    monkeypatch.setattr(sheet_rows, "WHOLE_BELOW", 0)
    assert content(SHEET_READERS["xlsx"](copy)) == whole(copy, monkeypatch)


def test_sheet_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey.exchange.sheets.zip_guard.MAX_ROWS", 70)
    with pytest.raises(FrameFileRefused, match="sheet_too_large"):
        sheets_in_portions(written(tmp_path / "list.xlsx"))
