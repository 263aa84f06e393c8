"""The types of file that an item can take, each known by its content and not by its name alone."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

STANDARD_TYPES = ("pdf", "jpg", "jpeg", "png", "xlsx", "docx")
# Longer than any mark below; that of PNG has eight bytes.
LONGEST_BEGINNING = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """What tells a type: the first bytes, the names inside a package (empty where it is none), whether all is text."""

    beginning: bytes
    names: Collection[str] = ()
    is_text: bool = False


def _begins(*beginnings: bytes) -> Callable[[FileContent], bool]:
    return lambda content: content.beginning.startswith(beginnings)


def _package(part: str) -> Callable[[FileContent], bool]:
    """An Office document: a package with its main part and without macros."""
    # A workbook with macros differs from one without only by this part, whatever its name ends in.
    return lambda content: part in content.names and not any(name.endswith("vbaProject.bin") for name in content.names)


FILE_TYPES: dict[str, Callable[[FileContent], bool]] = {
    "pdf": _begins(b"%PDF-"),
    "jpg": _begins(b"\xff\xd8\xff"),
    "jpeg": _begins(b"\xff\xd8\xff"),
    "png": _begins(b"\x89PNG\r\n\x1a\n"),
    "xlsx": _package("xl/workbook.xml"),
    "docx": _package("word/document.xml"),
    "ofd": lambda content: "OFD.xml" in content.names,
    "csv": lambda content: content.is_text,
    "txt": lambda content: content.is_text,
}
"""How the content of each type is known; a type that is not here is taken from nobody."""
