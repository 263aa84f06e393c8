"""Workbooks that programs write against the rules of the format, read from a copy without what cannot be read.

Two faults are common: a dimension that names rows alone (``A`` is missing in ``1:100``), and a filled cell at the end
of the sheet. Neither says anything about the rest.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from posixpath import join, normpath
from typing import TypeVar
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, is_zipfile

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from survey.exchange.sheets.tabular_file import OLE, ZIP
from survey.exchange.sheets.zip_guard import column_number

T = TypeVar("T")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SHEETS = "xl/worksheets/"
NAMED = {".xlsx": ZIP, ".xlsm": ZIP, ".xls": OLE}
"""How a workbook begins, by the end of its name."""
MOST_STRAYS = 100
"""As many far cells can stand somewhere by mistake; more of them are content."""
PLACE = re.compile(r"([A-Z]+)([0-9]+)")
MAX_PART = 100_000_000
"""Bytes of a sheet that is taken apart."""
PIECE = 1 << 20
# It stands before the rows (ECMA-376, part 1, 18.3.1.99), so the first piece of a sheet has it.
DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*?(?:/>|>\s*</(?:\w+:)?dimension>)")


@dataclass(frozen=True, slots=True, kw_only=True)
class MendedWorkbook:
    """A copy of a workbook, and the cells that it lacks by sheet."""

    content: bytes
    strays: dict[str, list[str]]


def read_or_repair(source: Path | bytes, read: Callable[[CalamineWorkbook], T]) -> T:
    """What ``read`` makes of the workbook or, where it cannot be parsed, of a copy without dimensions.

    Raises what the parser raises where the copy cannot be read either.
    """
    try:
        return _read(source, read)
    # A kind of CalamineError, and nothing that a copy without dimensions would mend.
    except PasswordError:
        raise
    except (CalamineError, OSError, ValueError) as error:
        mended = without_dimensions(source)
        # The first error says more than one of a copy that was never made.
        if mended is None:
            raise error
        return _read(mended, read)


def _read(source: Path | bytes, read: Callable[[CalamineWorkbook], T]) -> T:
    if isinstance(source, Path) and _is_what_it_is_called(source):
        with CalamineWorkbook.from_path(str(source)) as workbook:
            return read(workbook)
    # Of a path the reader believes the name, of bytes the content.
    content = source.read_bytes() if isinstance(source, Path) else source
    with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
        return read(workbook)


def _is_what_it_is_called(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(OLE)).startswith(NAMED.get(path.suffix.lower(), b""))


def without_dimensions(source: Path | bytes) -> bytes | None:
    """The workbook without what its sheets say of their own size; None where none says anything, or it is no .xlsx."""
    file = BytesIO(source) if isinstance(source, bytes) else source
    if not is_zipfile(file):
        return None
    changed, copy = False, BytesIO()
    try:
        with ZipFile(file) as archive, ZipFile(copy, "w", ZIP_DEFLATED) as target:
            for entry in archive.infolist():
                with archive.open(entry) as content, target.open(entry.filename, "w") as written:
                    piece = content.read(PIECE)
                    if entry.filename.startswith(SHEETS):
                        piece, found = DIMENSION.subn(b"", piece, count=1)
                        changed = changed or bool(found)
                    while piece:
                        written.write(piece)
                        piece = content.read(PIECE)
    # NotImplementedError: zipfile knows the method of compression by name but cannot unpack it.
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    return copy.getvalue() if changed else None


def without_far_cells(path: Path, most_rows: int, most_columns: int) -> MendedWorkbook | None:
    """The workbook without the cells beyond so many rows and columns.

    None where more than ``MOST_STRAYS`` are filled there, or where it cannot be taken apart.
    """
    copy, far = BytesIO(), dict[str, list[str]]()
    try:
        with ZipFile(path) as archive, ZipFile(copy, "w", ZIP_DEFLATED) as target:
            names = {part: name for name, part in sheet_parts(archive).items()}
            for entry in archive.infolist():
                with archive.open(entry) as file:
                    content = file.read(MAX_PART + 1)
                # Read one byte more than allowed: the size that the archive declares need not be true.
                if len(content) > MAX_PART:
                    return None
                if entry.filename.startswith(SHEETS) and entry.filename.endswith(".xml"):
                    content, cells = _cropped(content, most_rows, most_columns)
                    far[names.get(entry.filename, entry.filename)] = cells
                target.writestr(entry.filename, content)
    except (KeyError, BadZipFile, OSError, ValueError, NotImplementedError, etree.XMLSyntaxError):
        return None
    if sum(map(len, far.values())) > MOST_STRAYS:
        return None
    return MendedWorkbook(content=copy.getvalue(), strays=far)


def _cropped(content: bytes, most_rows: int, most_columns: int) -> tuple[bytes, list[str]]:
    """A sheet without far cells and without its dimension, and those of them that were filled."""
    root = etree.fromstring(content, safe_parser())
    filled = []
    for cell in list(root.iter(f"{MAIN}c")):
        place = cell.get("r")
        if place is None:
            continue
        letters, row = PLACE.findall(place.upper())[0]
        if int(row) > most_rows or column_number(letters.encode()) > most_columns:
            # A cell without a child holds a format alone, and its loss is nothing to be told of.
            filled += [place] if len(cell) else []
            cell.getparent().remove(cell)
    # It still names the far corner, and the parser would lay out a rectangle up to there.
    for dimension in root.findall(f"{MAIN}dimension"):
        root.remove(dimension)
    # Without an encoding lxml writes ASCII, in which a Chinese character takes eight bytes.
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), filled


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """Name of each sheet -> its part of the file."""
    relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), safe_parser())
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    sheets = etree.fromstring(archive.read("xl/workbook.xml"), safe_parser()).iter(f"{MAIN}sheet")
    parts = {sheet.get("name", ""): targets.get(sheet.get(RELATION), "") for sheet in sheets}
    return {
        name: part.lstrip("/") if part.startswith("/") else normpath(join("xl", part)) for name, part in parts.items()
    }


def safe_parser() -> etree.XMLParser:
    """A parser for somebody else's file: nothing in it may be fetched or unfolded."""
    return etree.XMLParser(resolve_entities=False, no_network=True)
