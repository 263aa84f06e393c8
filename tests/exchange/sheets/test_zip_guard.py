import struct
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from survey.exchange.sheets import zip_guard
from survey.exchange.sheets.zip_guard import column_letters, column_number, guard_archive
from survey.services.frame.complaints import FrameFileRefused
from tests.frame_lists import write_list


def refusal(path: Any) -> Any:
    with pytest.raises(FrameFileRefused) as refused:
        guard_archive(path)
    return refused.value


def bomb(path: Any, size: Any) -> Any:
    with ZipFile(path, "w", ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", b"<" + b" " * size)
    return path


def with_cell(path: Any, place: Any, value: str = "x") -> Any:
    book = Workbook()
    book.active["A1"] = "x"
    book.active[place] = value
    book.active[place].fill = PatternFill("solid", fgColor="FF0000")
    book.save(path)
    return path


def test_ordinary_workbook_passes(tmp_path: Path) -> None:
    assert guard_archive(write_list(tmp_path / "list.xlsx")) is None  # type: ignore[func-returns-value]


def test_declared_size_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_guard, "MAX_UNPACKED", 1_000_000)
    assert refusal(bomb(tmp_path / "bomb.xlsx", 2_000_000)).code == "zip_bomb"


def test_ratio_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_guard, "RATIO_FROM", 1_000_000)
    assert refusal(bomb(tmp_path / "bomb.xlsx", 2_000_000)).code == "zip_bomb"


def test_size_that_is_not_declared_is_found_by_unpacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_guard, "MAX_UNPACKED", 1_000_000)
    path = bomb(tmp_path / "bomb.xlsx", 2_000_000)
    content = path.read_bytes()
    path.write_bytes(content.replace(struct.pack("<I", 2_000_001), struct.pack("<I", 10)))
    with ZipFile(path) as made:
        assert made.infolist()[0].file_size == 10
    assert refusal(path).code == "zip_bomb"


def test_entries_that_share_their_bytes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = bomb(tmp_path / "bomb.xlsx", 500_000)
    monkeypatch.setattr(zip_guard.ZipFile, "infolist", lambda archive: archive.filelist * 1500)  # type: ignore[attr-defined]
    assert refusal(path).code == "zip_bomb"


def test_broken_content_is_refused(tmp_path: Path) -> None:
    path = bomb(tmp_path / "list.xlsx", 5000)
    content = bytearray(path.read_bytes())
    start = 30 + len("xl/worksheets/sheet1.xml")
    content[start : start + 6] = b"\xff" * 6
    path.write_bytes(content)
    assert refusal(path).code == "damaged"


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "ZZZ2"])
def test_stray_cell_far_away_is_refused_before_it_takes_the_memory(tmp_path: Path, place: str) -> None:
    refused = refusal(with_cell(tmp_path / "list.xlsx", place))
    assert (refused.code, refused.complaint.parameters["cell"]) == ("sheet_too_large", place)


def test_empty_cell_that_is_only_coloured_is_no_stray(tmp_path: Path) -> None:
    assert guard_archive(with_cell(tmp_path / "list.xlsx", "XFD1048576", None)) is None  # type: ignore[arg-type, func-returns-value]


def test_cells_are_found_across_the_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = with_cell(tmp_path / "list.xlsx", "XFD9")
    monkeypatch.setattr(zip_guard, "PIECE", 7)
    assert refusal(path).complaint.parameters["cell"] == "XFD9"


@pytest.mark.parametrize(("letters", "number"), [(b"A", 1), (b"Z", 26), (b"AA", 27), (b"XFD", 16384)])
def test_column_letters_and_numbers(letters: bytes, number: int) -> None:
    assert (column_number(letters), column_letters(number)) == (number, letters.decode())


def test_stored_entries_are_counted_too(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with ZipFile(path, "w") as made:
        made.writestr("xl/worksheets/sheet1.xml", '<c r="XFD9" t="n"><v>1</v></c></row></sheetData>')
    assert refusal(path).complaint.parameters["cell"] == "XFD9"


def test_texts_beside_the_sheets_are_counted_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_guard, "MAX_UNPACKED", 1_000_000)
    path = tmp_path / "bomb.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as made:
        made.writestr("xl/sharedStrings.xml", " " * 2_000_000)
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 2_000_000), struct.pack("<I", 10)))
    assert refusal(path).code == "zip_bomb"
