"""Files that firms attach: checked, renamed, kept outside of everything that is served, and deleted when replaced."""

import secrets
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any, Protocol
from zipfile import BadZipFile, ZipFile

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from survey.complaints import Catalogue, Entry, Refused, Translate
from survey.instrument.kinds.file_types import FILE_TYPES, LONGEST_BEGINNING, STANDARD_TYPES, FileContent
from survey.instrument.kinds.missing import is_missing
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item
from survey.models import Case, LateDraft, Response
from survey.terms import ResponseStatus
from survey.terms import gettext_noop as _

STANDARD_MEGABYTES = 5.0
LONGEST_NAME = 100
# What Excel and WPS write as CSV or text under Chinese Windows; GB18030 contains GBK and GB2312.
ENCODINGS = ("utf-8", "gb18030")


class Uploaded(Protocol):
    """A file as a form brings it."""

    @property
    def name(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...
    @property
    def file(self) -> IO[Any] | None: ...

    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, position: int, /) -> int: ...


def _types_joined(shown: Mapping[str, Any], translate: Translate) -> Mapping[str, Any]:
    return {**shown, "types": translate(_(", ")).join(shown["types"])}


ENTRIES: dict[str, Entry] = {
    "file_type": Entry(_("Attach a file of one of these types: %(types)s.")),
    "file_size": Entry(_("Attach a file of at most %(limit)s MB.")),
    "file_empty": Entry(_("Attach the file again; it arrived empty.")),
    "file_content": Entry(_("Attach the file again; its content is not what its name says. File types: %(types)s.")),
}


class UploadRefusedError(Refused):
    """Why an item does not take a file, with its name, and what to attach instead."""

    catalogue = Catalogue(entries=ENTRIES, in_words=_types_joined)

    # The name comes from the firm and is repeated on a page and in the log: cut to what fits there.
    def __init__(self, code: str, name: str, item: Item) -> None:
        super().__init__(code, name[:100], types=file_types(item), limit=f"{megabytes(item):g}")


def file_types(item: Item) -> tuple[str, ...]:
    """The extensions that an item takes, without a point."""
    return item.file_types or STANDARD_TYPES


def megabytes(item: Item) -> float:
    """The largest size that an item takes, in megabytes of 1,000,000 bytes."""
    return item.max_megabytes or STANDARD_MEGABYTES


def name_upload(item: Item, upload: Uploaded) -> str:
    """Check a file; the reference that is stored as the answer. Raises UploadRefusedError."""
    # Stored under a name of chance, never as the firm named it: a name can hold a path or another file's name. What the
    # firm calls it is an answer beside it (``name_shown``).
    return f"{secrets.token_hex(16)}.{check_upload(item, upload)}"


def name_shown(upload: Uploaded) -> str:
    """What the firm calls the file: without a path, printable, at most ``LONGEST_NAME`` characters with its ending."""
    # Some browsers send the whole path of Windows; control characters would garble the list of an officer.
    name = "".join(part for part in (upload.name or "") if part.isprintable()).replace("\\", "/").rpartition("/")[2]
    path = PurePath(name)
    return f"{path.stem[: LONGEST_NAME - len(path.suffix)]}{path.suffix}" if len(path.suffix) < 10 else ""


def keep_uploads(*, case: Case, uploads: Mapping[str, Uploaded], answers: Mapping[str, Any]) -> None:
    """Once the transaction holds, store those files (by reference) that the answers name.

    Not before: what is undone would leave a file that nothing names. A file that cannot be stored then is taken out of
    the draft again, so that the firm sees that it is missing.
    """
    named = {value for value in answers.values() if isinstance(value, str)}
    wanted = {reference: upload for reference, upload in uploads.items() if reference in named}
    if wanted:
        transaction.on_commit(lambda: _store(case, wanted))


def _store(case: Case, uploads: Mapping[str, Uploaded]) -> None:
    for reference, upload in uploads.items():
        try:
            default_storage.save(path_of(case, reference), File(upload.file, name=reference))
        # Whatever it is: a disk raises OSError, a store elsewhere errors of its own.
        except Exception:
            # The answers are committed by now: nothing can be undone, only mended; the error then goes on its way.
            _forget(case, reference)
            raise


@transaction.atomic
def _forget(case: Case, reference: str) -> None:
    """Take a file that is nowhere out of what can still be filled in; what was submitted never changes."""
    # Under a lock: the firm may be saving another page at this moment.
    drafts = case.responses.select_for_update().filter(is_current=True, status=ResponseStatus.DRAFT.value)
    documents: list[Response | LateDraft] = [*drafts, *case.late_drafts.all()]
    for document in documents:
        document.answers = {key: value for key, value in document.answers.items() if value != reference}
        document.save(update_fields=["answers"])


def check_upload(item: Item, upload: Uploaded) -> str:
    """The extension of a file that the item takes. Raises UploadRefusedError."""
    name = upload.name or ""
    extension = PurePath(name).suffix.lower().removeprefix(".")
    # Both: what the designer allows, and what the program knows how to recognise by content.
    if extension not in file_types(item) or extension not in FILE_TYPES:
        raise UploadRefusedError("file_type", name, item)
    if not upload.size:
        raise UploadRefusedError("file_empty", name, item)
    if upload.size > megabytes(item) * 1_000_000:
        raise UploadRefusedError("file_size", name, item)
    # The size is known to be allowed here: the content is read whole into memory.
    if not FILE_TYPES[extension](content_of(upload)):
        raise UploadRefusedError("file_content", name, item)
    return extension


def content_of(upload: Uploaded) -> FileContent:
    """What tells the type of a file of a size that is allowed; the file stands at its beginning again."""
    whole = upload.read()
    upload.seek(0)
    names: tuple[str, ...] = ()
    if whole.startswith(b"PK"):
        try:
            # Names only: nothing is unpacked, so an archive that unpacks to terabytes costs nothing here.
            names = tuple(ZipFile(BytesIO(whole)).namelist())
        # zipfile raises all of these for archives that are damaged or made to harm; none of them is a workbook.
        except (BadZipFile, ValueError, NotImplementedError, OSError):
            names = ()
    return FileContent(beginning=whole[:LONGEST_BEGINNING], names=names, is_text=is_text(whole))


def is_text(content: bytes) -> bool:
    """Whether the bytes are text in an encoding that offices use."""
    # GB18030 decodes much that is no text; a zero byte stands in none.
    return b"\0" not in content and any(_can_be(content, encoding) for encoding in ENCODINGS)


def _can_be(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def path_of(case: Case, reference: str) -> str:
    """Where a case's file lies below ``MEDIA_ROOT``, which no address leads to."""
    # By the key of the case and not its number, so that a folder name tells nobody how many or which firms there are.
    return f"answers/{case.key.hex}/{reference}"


def open_upload(case: Case, reference: str) -> File:  # type: ignore[type-arg]  # Django cannot take the argument at run time
    """A file that is kept for the case. Raises FileNotFoundError."""
    return default_storage.open(path_of(case, reference))


def references(items: Iterable[Item], answers: Mapping[str, Any]) -> set[str]:
    """The files that the answers to these items speak of."""
    files = (answers.get(item.code) for item in items if kind_of(item).is_file)
    return {value for value in files if isinstance(value, str) and not is_missing(value)}


def discard_uploads(*, case: Case, dropped: set[str]) -> None:
    """Once the transaction holds, delete files that no answers of the case name any more."""
    if dropped:
        transaction.on_commit(lambda: _delete(case, dropped))


def _delete(case: Case, dropped: set[str]) -> None:
    # After the commit, so what is read here is what stands.
    documents = [*case.responses.values_list("answers", flat=True), *case.late_drafts.values_list("answers", flat=True)]
    # Every document of the case is asked: a response that was returned still names the files of its draft.
    kept = {value for answers in documents for value in answers.values() if isinstance(value, str)}
    for reference in dropped - kept:
        default_storage.delete(path_of(case, reference))
