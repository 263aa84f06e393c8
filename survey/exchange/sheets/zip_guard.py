"""A look into an .xlsx archive before it is parsed: that it unpacks to a sane size and that no sheet is boundless.

The parser holds a sheet as a full rectangle, so that one stray cell at XFD1048576 would take all memory there is, and
it believes the archive. So the entries are really unpacked here, piece by piece, and the cells' places are read.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from survey.services.frame.complaints import FrameFileRefused

# MAX_CELLS cells of some 40 bytes of XML each.
MAX_UNPACKED = 600_000_000
MAX_ENTRIES = 2_000
# Beyond this size an archive that shrinks better than this is no list of firms.
RATIO_FROM, MAX_RATIO = 50_000_000, 150
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 500_000, 200, 15_000_000
PIECE = LONGEST_TAG = 1 << 20
# A cell that is not empty; one that is only formatted is not kept by the parser. What follows it must be in sight.
CELL = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^>]*(?<!/)>"
    rb"(?!</|<(?:\w+:)?v\s*/>)(?=[\s\S]{9})"
)


@dataclass
class Extent:
    """The last row and column that hold something."""

    rows: int = 0
    columns: int = 0

    def widen(self, cells: list[tuple[bytes, bytes]]) -> None:
        self.rows = max([self.rows, *map(int, {row for _, row in cells})])
        self.columns = max([self.columns, *map(column_number, {letters for letters, _ in cells})])

    @property
    def last_cell(self) -> str:
        return f"{column_letters(self.columns)}{self.rows}"


class CellsSeen:
    """How far the cells reach in a sheet that comes in pieces; a cell cut in two is looked at with the next piece."""

    def __init__(self) -> None:
        self.extent = Extent()
        self.rest = b""

    def look_at(self, piece: bytes) -> None:
        content = self.rest + piece
        self.extent.widen(CELL.findall(content))
        # A tag may be cut between two pieces: what follows the last whole one is looked at again.
        cut = max(content.rfind(b"<c "), content.rfind(b"</row"), 0)
        self.rest = content[cut:][-LONGEST_TAG:]


def guard_archive(path: Path) -> None:
    """`FrameFileRefused` if the workbook would unpack to too much or a sheet reaches too far."""
    with ZipFile(path) as archive, path.open("rb") as file:
        entries = archive.infolist()
        packed = sum(entry.compress_size for entry in entries)
        declared = sum(entry.file_size for entry in entries)
        # Entries that share the same bytes (Fifield 2019) unpack to far more than their sizes say.
        overlapping = packed > path.stat().st_size
        if len(entries) > MAX_ENTRIES or overlapping or _is_bomb(declared, packed):
            raise FrameFileRefused("zip_bomb", limit=MAX_UNPACKED // 1_000_000)
        unpacked = 0
        for entry in entries:
            # Sizes in the directory are the archive's own word, so what really comes out is counted too.
            cells = CellsSeen() if entry.filename.startswith("xl/worksheets/") else None
            for piece in _unpack(entry, file):
                unpacked += len(piece)
                if _is_bomb(unpacked, packed):
                    raise FrameFileRefused("zip_bomb", limit=MAX_UNPACKED // 1_000_000)
                if cells:
                    cells.look_at(piece)
            if cells:
                guard_extent(entry.filename.rpartition("/")[2], cells.extent)


def guard_extent(sheet: str, extent: Extent) -> None:
    """`FrameFileRefused` if a sheet is longer or wider than a list of firms can be."""
    # The area counts, since the parser lays a sheet out as a rectangle: a wide one may be less long.
    rows = min(MAX_ROWS, MAX_CELLS // max(extent.columns, 1))
    if extent.rows > rows or extent.columns > MAX_COLUMNS:
        raise FrameFileRefused(
            "sheet_too_large", sheet=sheet, cell=extent.last_cell, rows=min(rows, MAX_ROWS), columns=MAX_COLUMNS
        )


def _is_bomb(unpacked: int, packed: int) -> bool:
    # The ratio counts for large archives only: a small sheet of equal rows shrinks as well as a bomb does.
    return unpacked > MAX_UNPACKED or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1))


def _unpack(entry: ZipInfo, file: BinaryIO) -> Iterator[bytes]:
    file.seek(entry.header_offset)
    header = file.read(30)
    # 30 bytes stand before the name of an entry (APPNOTE.TXT, 4.3.7); packages of Office know these two methods alone
    # (ECMA-376, part 2).
    if len(header) < 30 or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise FrameFileRefused("damaged", detail=entry.filename)
    # The local header has lengths of its own; those of the directory may differ.
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    file.seek(name_length + extra_length, 1)
    left = entry.compress_size
    # -15: raw deflate, which is what a zip archive holds, without a zlib header.
    inflate = zlib.decompressobj(-15)
    try:
        while left and (packed := file.read(min(PIECE, left))):
            left -= len(packed)
            if entry.compress_type == ZIP_STORED:
                yield packed
                continue
            while packed:
                # Never more than one piece at a time, so that memory does not follow the ratio.
                yield inflate.decompress(packed, PIECE)
                packed = inflate.unconsumed_tail
    except zlib.error:
        raise FrameFileRefused("damaged", detail=entry.filename) from None


def column_number(letters: bytes) -> int:
    """1 for A, 28 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def column_letters(number: int) -> str:
    """A for 1, AB for 28."""
    letters = ""
    while number:
        # Letters count from 1 without a zero, so that Z is followed by AA: hence less one at every place.
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
