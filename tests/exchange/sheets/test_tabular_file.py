from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pytest_django import Settings

from survey.exchange.sheets import tabular_file
from survey.exchange.sheets.tabular_file import file_kind, text_encoding
from survey.services.frame.complaints import FrameFileRefused
from tests.frame_lists import write_list

DATA = Path(__file__).parent.parent / "data"


def refusal(path: Any) -> Any:
    with pytest.raises(FrameFileRefused) as refused:
        file_kind(path)
    return refused.value.code, refused.value.complaint.parameters.get("kind")


def file(folder: Any, content: Any, name: str = "list.xlsx") -> Any:
    path = folder / name
    path.write_bytes(content)
    return path


def archive(folder: Any, *names: Any) -> Any:
    path = folder / "list.xlsx"
    with ZipFile(path, "w") as made:
        for name in names:
            made.writestr(name, "application/vnd.oasis.opendocument.spreadsheet" if name == "mimetype" else "x")
    return path


def test_kind_is_told_by_content_not_by_name(tmp_path: Path) -> None:
    assert file_kind(write_list(tmp_path / "list.csv")) == "xlsx"
    assert file_kind(DATA / "firms.xls") == "xls"
    assert file_kind(file(tmp_path, "名称,区\n".encode())) == "csv"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_that_is_called_a_workbook_is_a_text(tmp_path: Path, encoding: str) -> None:
    assert file_kind(file(tmp_path, "名称,区\r\n一\t二,三\n".encode(encoding), "list.xlsx")) == "csv"


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_broken_workbook_is_damaged_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    whole = write_list(tmp_path / "whole.xlsx").read_bytes()
    assert refusal(file(tmp_path, whole[: len(whole) // 2], name))[0] == "damaged"


def test_encrypted_workbook_is_said_to_have_a_password() -> None:
    assert refusal(DATA / "password.xlsx") == ("password", None)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ("file_empty", None)),
        (b"%PDF-1.7 firms", ("not_a_list", "a PDF document")),
        (b"\x89PNG\r\n", ("not_a_list", "a picture")),
        (b"Rar!\x1a", ("not_a_list", "a compressed archive")),
        (b"\xef\xbb\xbf<!DOCTYPE html>", ("other_workbook", "a web page")),
        (b"  <table><tr>", ("other_workbook", "a web page")),
        (b"<?xml version='1.0'?>", ("other_workbook", "an XML file")),
        (b"abc\0\0\0def", ("not_a_list", "a file of a type that is not known")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ("not_a_list", "a text document")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ("not_a_list", "an Office file of another type")),
        (b"PK\x03\x04 broken off", ("damaged", None)),
        (b"xl/worksheets/sheet1.xml\xa5\x06\x95k", ("not_a_list", "a file of a type that is not known")),
    ],
)
def test_other_file_is_refused_by_what_it_is(tmp_path: Path, content: bytes, expected: tuple[Any, ...]) -> None:
    assert refusal(file(tmp_path, content)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("word/document.xml", ("not_a_list", "a text document")),
        ("photos/1.jpg", ("not_a_list", "a compressed archive")),
        ("xl/workbook.bin", ("other_workbook", "a binary workbook (.xlsb)")),
        ("mimetype", ("other_workbook", "an OpenDocument spreadsheet (.ods)")),
    ],
)
def test_other_archive_is_refused_by_what_it_holds(tmp_path: Path, name: str, expected: tuple[str, str]) -> None:
    assert refusal(archive(tmp_path, name)) == expected


def test_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing.xlsx")[0] == "file_missing"


def test_file_over_the_limit_is_refused(tmp_path: Path, settings: Settings) -> None:
    settings.FRAME_UPLOAD_MAX_BYTES = 10
    assert refusal(file(tmp_path, b"x" * 11))[0] == "file_too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("piece", [3, 1000])
def test_encoding_of_a_text_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, piece: int
) -> None:
    monkeypatch.setattr(tabular_file, "PIECE", piece)
    path = tmp_path / "list.csv"
    path.write_bytes("单位名称,南山区\n".encode(encoding))
    with path.open(encoding=text_encoding(path), newline="") as file:
        assert file.read() == "单位名称,南山区\n"


@pytest.mark.parametrize(
    ("content", "position"), [(b"abc\xff\xff", 3), ("甲乙".encode("gb18030") + b"\xff\xff", 4), (b"ab\xe7", 2)]
)
@pytest.mark.parametrize("piece", [1, 2, 1000])
def test_text_in_no_known_encoding_is_refused_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, position: int, piece: int
) -> None:
    monkeypatch.setattr(tabular_file, "PIECE", piece)
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(FrameFileRefused) as refused:
        text_encoding(path)
    assert (refused.value.code, refused.value.complaint.parameters) == ("encoding_unknown", {"position": position})
