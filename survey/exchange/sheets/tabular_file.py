"""What kind of file an officer has put in, found out from its bytes, before anything is parsed."""

import codecs
import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from django.conf import settings
from django.utils.translation import gettext_noop as _

from survey.services.frame.complaints import FrameFileRefused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
PICTURE, ARCHIVE, DOCUMENT = _("a picture"), _("a compressed archive"), _("a text document")
SIGNATURES = {
    b"%PDF": _("a PDF document"),
    b"\x89PNG": PICTURE,
    b"\xff\xd8\xff": PICTURE,
    b"GIF8": PICTURE,
    b"BM": PICTURE,
    b"Rar!": ARCHIVE,
    b"7z\xbc\xaf": ARCHIVE,
    b"\x1f\x8b": ARCHIVE,
    b"{\\rtf": DOCUMENT,
    b"SQLite format 3": _("a database"),
    b"MZ": _("a program"),
    b"\x7fELF": _("a program"),
}
# Names of streams in the old binary format; the first that occurs decides.
OLE_STREAMS = {"WordDocument": DOCUMENT, "PowerPoint Document": _("a presentation")}
ZIP_FOLDERS = {"word/": DOCUMENT, "ppt/": _("a presentation")}
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
MARKUP = {b"<!doctype": _("a web page"), b"<html": _("a web page"), b"<table": _("a web page")}
PIECE = 1 << 20
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def file_kind(path: Path) -> str:
    """``xlsx``, ``xls`` or ``csv`` by content; `FrameFileRefused` for anything else, and for files too large."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            # A web page that is called .xls, as some registers export it, shows itself within these bytes.
            head = file.read(512)
    except OSError:
        raise FrameFileRefused("file_missing", name=path.name) from None
    if not size:
        raise FrameFileRefused("file_empty")
    if size > settings.FRAME_UPLOAD_MAX_BYTES:
        limit = settings.FRAME_UPLOAD_MAX_BYTES / 1e6
        raise FrameFileRefused("file_too_large", megabytes=f"{size / 1e6:.0f}", limit=f"{limit:.0f}")
    # The content decides, never the name: offices rename .csv to .xls and .xlsx to .xls.
    if head.startswith(ZIP):
        return zip_kind(path)
    if head.startswith(OLE):
        return ole_kind(path.read_bytes())
    return text_kind(head)


def zip_kind(path: Path) -> str:
    """What a zip file holds."""
    try:
        if not is_zipfile(path):
            raise BadZipFile("no end of the archive")
        with ZipFile(path) as archive:
            names = set(archive.namelist())
            # Bit 0 of the general purpose flags: the entry is encrypted (APPNOTE.TXT, 4.4.4).
            locked = any(entry.flag_bits & 1 for entry in archive.infolist())
            # OpenDocument names its type in a first entry of this name (OpenDocument 1.3, part 2, 3.3).
            media = archive.read("mimetype")[:100] if "mimetype" in names and not locked else b""
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FrameFileRefused("damaged", detail=str(error)) from None
    if locked:
        raise FrameFileRefused("password")
    # Before the folder "xl/", which a binary workbook has too.
    if "xl/workbook.bin" in names:
        raise FrameFileRefused("other_workbook", kind=_("a binary workbook (.xlsb)"))
    if b"opendocument.spreadsheet" in media:
        raise FrameFileRefused("other_workbook", kind=_("an OpenDocument spreadsheet (.ods)"))
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    kinds = [kind for folder, kind in ZIP_FOLDERS.items() if any(name.startswith(folder) for name in names)]
    raise FrameFileRefused("not_a_list", kind=(kinds or [ARCHIVE])[0])


def ole_kind(content: bytes) -> str:
    """What the old binary container holds: a workbook, one locked with a password, or something else."""
    # A workbook with a password is an old container around the encrypted new one.
    # Stream names are UTF-16 there.
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FrameFileRefused("password")
    for stream, kind in OLE_STREAMS.items():
        if stream.encode("utf-16-le") in content:
            raise FrameFileRefused("not_a_list", kind=kind)
    # "Workbook" since Excel 97, "Book" in Excel 5.0 and 95.
    if any(stream.encode("utf-16-le") in content for stream in ("Workbook", "Book")):
        return "xls"
    raise FrameFileRefused("not_a_list", kind=_("an Office file of another type"))


def text_kind(head: bytes) -> str:
    """``csv`` unless the beginning gives away another format or is no text."""
    for signature, kind in SIGNATURES.items():
        if head.startswith(signature):
            raise FrameFileRefused("not_a_list", kind=kind)
    # HTML may begin behind a mark or blanks, and in capitals.
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for tag, kind in MARKUP.items():
        if start.startswith(tag):
            raise FrameFileRefused("other_workbook", kind=kind)
    if start.startswith(b"<?xml"):
        raise FrameFileRefused("other_workbook", kind=_("an XML file"))
    # UTF-16 has zero bytes in every Latin letter; elsewhere no text has them, nor other control characters, which
    # a workbook without its first bytes is full of.
    if CONTROL.search(head) and not any(head.startswith(mark) for mark in BYTE_ORDER_MARKS):
        raise FrameFileRefused("not_a_list", kind=_("a file of a type that is not known"))
    return "csv"


def text_encoding(path: Path) -> str:
    """How a CSV file is written: by its byte order mark, else UTF-8, else GB18030. Refuses what is none of them."""
    with path.open("rb") as file:
        start = file.read(max(map(len, BYTE_ORDER_MARKS)))
    marked = [encoding for mark, encoding in BYTE_ORDER_MARKS.items() if start.startswith(mark)]
    position = None
    # UTF-8 first: GB18030 accepts almost any bytes, so it would never be refused if it came first.
    for encoding in marked or ["utf-8", "gb18030"]:
        position = _undecodable(path, encoding)
        if position is None:
            return encoding
    raise FrameFileRefused("encoding_unknown", position=position)


def _undecodable(path: Path, encoding: str) -> int | None:
    """Where a file is not in an encoding, in bytes from its start; None where it is. Piece by piece."""
    decoder, read = codecs.getincrementaldecoder(encoding)(), 0
    with path.open("rb") as file:
        try:
            while piece := file.read(PIECE):
                read += len(piece)
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            # Counted from what was held back of the piece before.
            return read - len(error.object) + error.start
    return None
