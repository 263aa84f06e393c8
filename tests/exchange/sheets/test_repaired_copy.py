"""Workbooks against the rules of the format are read from a mended copy; only what none can read is damaged."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from survey.exchange.frame.workbook import read_firm_list
from survey.exchange.xlsform import read_xlsform
from survey.services.frame.complaints import FrameFileRefused
from tests.exchange.markdown_forms import FOLDER as FORMS
from tests.exchange.markdown_forms import workbook

FIRMS = Path(__file__).parent.parent / "frame" / "firms_row_dimension.xlsx"


def form(path: Path, cells: dict[str, str]) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in (["type", "name", "label"], ["integer", "n", "N?"]):
        sheet.append(row)
    for place, value in cells.items():
        sheet[place] = value
    book.save(path)
    return path


def with_dimension(path: Path, reference: bytes) -> Path:
    """The workbook with another dimension in each sheet."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + reference + b'"', part))
    return path


@pytest.mark.parametrize(("ending", "called"), [(".xls", ".xlsx"), (".xlsx", ".xls"), (".xls", "")])
def test_workbook_is_read_by_its_content_whatever_it_is_called(ending: str, called: str, tmp_path: Path) -> None:
    written = FORMS / "two_languages.xls"
    if ending == ".xlsx":
        written = workbook((FORMS / "two_languages.md").read_text("utf-8"), tmp_path / "form.xlsx")
    renamed = tmp_path / f"two_languages{called}"
    renamed.write_bytes(written.read_bytes())
    assert read_xlsform(renamed).is_whole


def test_list_of_firms_is_read_by_its_content_whatever_it_is_called(tmp_path: Path) -> None:
    renamed = tmp_path / "firms.xls"
    renamed.write_bytes(FIRMS.read_bytes())
    assert read_firm_list(renamed).table.equals(read_firm_list(FIRMS).table)


def test_form_whose_dimension_names_rows_alone_loads(tmp_path: Path) -> None:
    assert read_xlsform(with_dimension(form(tmp_path / "f.xlsx", {}), b"1:2")).is_whole


def test_list_of_firms_whose_dimension_names_rows_alone_is_read() -> None:
    assert len(read_firm_list(FIRMS).table) == 12


def test_cells_far_away_are_named_and_not_read(tmp_path: Path) -> None:
    reading = read_xlsform(form(tmp_path / "f.xlsx", {"XFD1": "x", "IP2": "y", "A1048576": "z"}))
    found = [finding.place.cell for finding in reading.findings if finding.code == "stray_cell"]
    assert (reading.is_whole, sorted(found)) == (True, ["A1048576", "IP2", "XFD1"])


def test_many_cells_far_away_are_content_and_refused(tmp_path: Path) -> None:
    reading = read_xlsform(form(tmp_path / "f.xlsx", {f"XFD{row}": "x" for row in range(1, 102)}))
    assert [finding.code for finding in reading.findings] == ["sheet_too_large"]


def test_workbook_that_nothing_can_read_is_damaged(tmp_path: Path) -> None:
    path = form(tmp_path / "f.xlsx", {})
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part[:200] if name.startswith("xl/worksheets") else part)
    with pytest.raises(FrameFileRefused) as refused:
        read_firm_list(path)
    assert refused.value.code == "damaged"
