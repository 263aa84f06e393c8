"""A large workbook read some thousand rows at a time: each portion is put before the parser as a workbook of its own.

The parser holds all rows of a sheet and all texts of a workbook: 310 MB for 400,000 rows. What it makes of a cell is
left to it; only the bytes of rows are cut out here, with the texts that they name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from survey.exchange.frame.shared_texts import LONGEST, CannotBeCutError, SharedTexts, refuse_the_unusual
from survey.exchange.frame.sheet import SheetRows, visible_names
from survey.exchange.sheets.repaired_copy import DIMENSION, SHEETS, sheet_parts
from survey.exchange.sheets.zip_guard import Extent, guard_extent
from survey.services.frame.spool import Spool

PORTION = 2_000_000
"""Bytes of rows that are parsed at a time, some 2,000 to 5,000 of them."""
PIECE = 1 << 20
# What tells the parser of names, of dates and where things are; all else is not read for values.
FRAME = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
TEXTS = "xl/sharedStrings.xml"
_ENCODING = re.compile(rb"<\?xml[^>]*\bencoding=[\"']([^\"']+)")
_ROOT = re.compile(rb"<((?:\w+:)?)worksheet\b")
_START = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*?(/?)>")
_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_ROW_END = re.compile(rb"</(?:\w+:)?row\s*>|<(?:\w+:)?row\b[^>]*/>")
_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
# A cell whose text stands elsewhere, and the number of that text.
_NAMES_TEXT = re.compile(rb"<(?:\w+:)?c\s[^>]*?\bt=[\"']s[\"'][^>]*(?<!/)>")
_TEXT_OF = re.compile(
    rb"(<(?:\w+:)?c\s[^>]*?\bt=[\"']s[\"'][^>]*>\s*(?:<(?:\w+:)?f\b[^>]*/>\s*)?<(?:\w+:)?v\b[^>]*>\s*)(\d+)(?=\s*</)"
)
Portion = tuple[int, list[list[Any]]]
"""Row of the sheet, from 0, and the rows from there on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutting:
    """What is the same for all portions of a sheet. ``part``: its place in the archive; ``head``: of its part, up to
    the rows; ``tail``: what closes it; ``frame``: the other parts of the workbook that are read."""

    name: str
    part: str
    head: bytes
    tail: bytes
    frame: dict[str, bytes]
    texts: SharedTexts

    def parsed(self, rows: bytes) -> Portion:
        """What the parser makes of some rows, cells to the left of all others included as empty ones."""
        rows, named = self._renumbered(rows)
        texts = b"<sst>%b</sst>" % self.texts.elements(named)
        with _workbook(self.frame | {TEXTS: texts, self.part: self.head + rows + self.tail}) as workbook:
            sheet = workbook.get_sheet_by_name(self.name)
            row, column = sheet.start or (0, 0)
            return row, [[*[""] * column, *cells] for cells in sheet.to_python()]

    def _renumbered(self, rows: bytes) -> tuple[bytes, list[int]]:
        """The rows with the numbers of the portion's own texts, and which texts these are."""
        found = [int(match[2]) for match in _TEXT_OF.finditer(rows)]
        if len(found) != len(_NAMES_TEXT.findall(rows)):
            raise CannotBeCutError("cells")
        named = sorted(set(found))
        own = {number: b"%d" % place for place, number in enumerate(named)}
        return _TEXT_OF.sub(lambda match: match[1] + own[int(match[2])], rows), named


def sheets_in_portions(path: Path) -> list[SheetRows]:
    """Each visible sheet of an .xlsx file, its rows in a file without a name.

    Raises `CannotBeCutError` where the workbook is written otherwise than most are, or is damaged, and
    `FrameFileRefused` where a sheet is too large.
    """
    try:
        with ZipFile(path) as archive:
            frame = {name: archive.read(name) for name in FRAME if name in archive.namelist()}
            texts = SharedTexts(_pieces(archive, _place_of_texts(archive)))
            places = sheet_parts(archive)
            with _workbook(frame) as workbook:
                names = visible_names(workbook)
            return [_sheet(archive, name, places[name], frame, texts) for name in names]
    except (
        CalamineError,
        BadZipFile,
        etree.XMLSyntaxError,
        OSError,
        LookupError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise CannotBeCutError(path.name) from error


def _workbook(parts: dict[str, bytes]) -> CalamineWorkbook:
    book = BytesIO()
    with ZipFile(book, "w") as target:
        for place, content in parts.items():
            target.writestr(place, content)
    book.seek(0)
    return CalamineWorkbook.from_filelike(book)


def _place_of_texts(archive: ZipFile) -> str | None:
    """Where the texts are, by the only name that programs give it."""
    places = [name for name in archive.namelist() if name.lower().endswith("sharedstrings.xml")]
    if places not in ([], [TEXTS]):
        raise CannotBeCutError(places[0])
    return places[0] if places else None


def _pieces(archive: ZipFile, place: str | None) -> Iterator[bytes]:
    """A part of the archive, in UTF-8 as nearly all are."""
    if place is None:
        return
    with archive.open(place) as part:
        piece = part.read(PIECE)
        encoding = _ENCODING.search(piece[:200])
        if piece.startswith((b"\xff", b"\xfe")) or (encoding and encoding[1].lower() != b"utf-8"):
            raise CannotBeCutError(place)
        while piece:
            yield piece
            piece = part.read(PIECE)


def _sheet(archive: ZipFile, name: str, place: str, frame: dict[str, bytes], texts: SharedTexts) -> SheetRows:
    spool: Spool[Portion] = Spool()
    extent = Extent()
    for start, rows in _portions(_pieces(archive, place), name, place, frame, texts):
        if start < extent.rows:
            raise CannotBeCutError("order of rows")
        extent = Extent(start + len(rows), max(extent.columns, len(rows[0])))
        guard_extent(name, extent)
        spool.add((start, rows))
    return SheetRows(name=name, width=extent.columns, rows=lambda: _numbered(spool))


def _numbered(portions: Spool[Portion]) -> Iterator[Sequence[Any]]:
    """All rows from the first, empty ones between the portions too."""
    number = 0
    for start, rows in portions:
        yield from ([] for _ in range(start - number))
        yield from rows
        number = start + len(rows)


def _portions(
    pieces: Iterator[bytes], name: str, place: str, frame: dict[str, bytes], texts: SharedTexts
) -> Iterator[Portion]:
    """The filled rows of a sheet, portion by portion."""
    head, rest, has_rows = _head(pieces)
    if not has_rows:
        return
    root = _ROOT.search(head)
    if root is None or not place.startswith(SHEETS):
        raise CannotBeCutError(place)
    cutting = Cutting(
        name=name,
        part=place,
        head=DIMENSION.sub(b"", head, count=1),
        tail=b"</%bsheetData></%bworksheet>" % (root[1], root[1]),
        frame=frame,
        texts=texts,
    )
    last = 0
    for rows in _cut(rest, pieces):
        numbered, last = _with_number(rows, last)
        start, cells = cutting.parsed(numbered)
        if cells:
            yield start, cells


def _head(pieces: Iterator[bytes]) -> tuple[bytes, bytes, bool]:
    """What stands up to the first row, what follows of the pieces taken, and whether there are rows."""
    head = b""
    for piece in pieces:
        head += piece
        if start := _START.search(head):
            refuse_the_unusual(head)
            return head[: start.end()], head[start.end() :], not start[1]
        if len(head) > LONGEST:
            break
    raise CannotBeCutError("no rows")


def _cut(rest: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Whole rows, so many that they have some `PORTION` bytes, to the end of the sheet's rows."""
    while True:
        end = _END.search(rest)
        if end or len(rest) >= PORTION:
            refuse_the_unusual(rest[: end.start()] if end else rest)
            cut = end.start() if end else _last_row_end(rest)
            if rest[:cut].strip():
                yield rest[:cut]
            if end:
                return
            rest = rest[cut:]
        piece = next(pieces, b"")
        if not piece:
            raise CannotBeCutError("no end of the rows")
        rest += piece


def _last_row_end(rows: bytes) -> int:
    end = 0
    for match in _ROW_END.finditer(rows):
        end = match.end()
    if not end:
        raise CannotBeCutError("a row without an end")
    return end


def _with_number(rows: bytes, last: int) -> tuple[bytes, int]:
    """The rows, the first of them with its number, and the number of the last; ``last``: that of the row before."""
    for place, tag in enumerate(_ROW.finditer(rows)):
        given = _NUMBER.search(tag[0])
        number = int(given[1]) if given else last + 1
        if number <= last:
            raise CannotBeCutError("order of rows")
        if not place and not given:
            # Counted on from the row before, which is not in sight of the parser.
            cut = tag.start() + tag[0].index(b"row") + len(b"row")
            rows = rows[:cut] + b' r="%d"' % number + rows[cut:]
        last = number
    return rows, last
