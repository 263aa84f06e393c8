"""A file is known by its content: whatever its name says, a program or a macro is taken for nothing else."""

import pytest

from survey.instrument.kinds.file_types import FILE_TYPES, LONGEST_BEGINNING, STANDARD_TYPES, FileContent

PROGRAM = FileContent(beginning=b"MZ\x90\x00")
WORKBOOK = FileContent(beginning=b"PK\x03\x04", names=["[Content_Types].xml", "xl/workbook.xml"])
DOCUMENT = FileContent(beginning=b"PK\x03\x04", names=["word/document.xml"])
CONTENTS = {
    "pdf": FileContent(beginning=b"%PDF-1.7"),
    "jpg": FileContent(beginning=b"\xff\xd8\xff\xe0"),
    "jpeg": FileContent(beginning=b"\xff\xd8\xff\xe1"),
    "png": FileContent(beginning=b"\x89PNG\r\n\x1a\n"),
    "xlsx": WORKBOOK,
    "docx": DOCUMENT,
    "ofd": FileContent(beginning=b"PK\x03\x04", names=["OFD.xml"]),
    "csv": FileContent(beginning=b"a,b", is_text=True),
    "txt": FileContent(beginning=b"a b", is_text=True),
}


def test_each_type_knows_its_own_content_and_no_program() -> None:
    known = {name: (knows(CONTENTS[name]), knows(PROGRAM)) for name, knows in FILE_TYPES.items()}
    assert known == dict.fromkeys(FILE_TYPES, (True, False))


@pytest.mark.parametrize(("name", "folder"), [("xlsx", "xl"), ("docx", "word")])
def test_office_document_with_macros_is_not_taken(name: str, folder: str) -> None:
    names = [*CONTENTS[name].names, f"{folder}/vbaProject.bin"]
    assert not FILE_TYPES[name](FileContent(beginning=b"PK\x03\x04", names=names))


def test_one_package_is_not_taken_for_another() -> None:
    assert [name for name, knows in FILE_TYPES.items() if knows(WORKBOOK)] == ["xlsx"]


def test_as_many_bytes_are_read_as_the_longest_beginning_has() -> None:
    assert max(len(content.beginning) for content in CONTENTS.values()) <= LONGEST_BEGINNING
    assert set(STANDARD_TYPES) <= set(FILE_TYPES)
