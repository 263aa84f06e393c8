"""Files that firms attach: checked, renamed, and kept outside of everything that is served."""

import secrets
from pathlib import PurePath
from typing import IO, Protocol

from django.core.files.base import File
from django.core.files.storage import default_storage

from survey.instrument.schema import Item
from survey.models import Case

STANDARD_TYPES = ("pdf", "jpg", "jpeg", "png", "xlsx", "docx")
STANDARD_MEGABYTES = 5.0
BEGINNINGS: dict[str, bytes] = {
    "pdf": b"%PDF-",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
    "png": b"\x89PNG\r\n\x1a\n",
    "xlsx": b"PK\x03\x04",
    "docx": b"PK\x03\x04",
    "zip": b"PK\x03\x04",
}
"""First bytes of a file of each type; a type without an entry is taken by its extension."""


class Uploaded(Protocol):
    """A file as a form brings it."""

    name: str | None
    size: int | None
    file: IO[bytes]

    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, position: int, /) -> int: ...


class UploadRefusedError(Exception):
    """``code``: file_type, file_size, file_empty or file_content."""

    def __init__(self, code: str, name: str) -> None:
        self.code = code
        super().__init__(f"[{code}] {name[:100]!r} is not taken. Attach a file of a type and size that the item names.")


def file_types(item: Item) -> tuple[str, ...]:
    """The extensions that an item takes, without a point."""
    return item.file_types or STANDARD_TYPES


def megabytes(item: Item) -> float:
    """The largest size that an item takes, in megabytes of 1,000,000 bytes."""
    return item.max_megabytes or STANDARD_MEGABYTES


def store_upload(*, case: Case, item: Item, upload: Uploaded) -> str:
    """Check and keep a file; the reference that is stored as the answer. Raises UploadRefusedError."""
    extension = check_upload(item, upload)
    reference = f"{secrets.token_hex(16)}.{extension}"
    default_storage.save(path_of(case, reference), File(upload.file, name=reference))
    return reference


def check_upload(item: Item, upload: Uploaded) -> str:
    """The extension of a file that the item takes. Raises UploadRefusedError."""
    name = upload.name or ""
    extension = PurePath(name).suffix.lower().removeprefix(".")
    if extension not in file_types(item):
        raise UploadRefusedError("file_type", name)
    if not upload.size:
        raise UploadRefusedError("file_empty", name)
    if upload.size > megabytes(item) * 1_000_000:
        raise UploadRefusedError("file_size", name)
    beginning = upload.read(16)
    if not beginning.startswith(BEGINNINGS.get(extension, b"")):
        raise UploadRefusedError("file_content", name)
    upload.seek(0)
    return extension


def path_of(case: Case, reference: str) -> str:
    """Where a case's file lies below ``MEDIA_ROOT``, which no address leads to."""
    return f"answers/{case.key.hex}/{reference}"
