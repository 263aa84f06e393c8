"""Cells as text, and cells that hold no value although something was written there."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from posixpath import join, normpath
from typing import Any

from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
UNREADABLE = (KeyError, ValueError, OSError, etree.XMLSyntaxError, zipfile.BadZipFile)
"""What comes of a file that the reader of values takes nevertheless; its formulas then stay unknown."""
COMPUTED_TEXT, EXCEL_ERROR = "str", "e"


def as_text(cell: Any) -> str:
    """A cell as pyxform reads it: whole numbers without a point, TRUE and FALSE, dates as ISO."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    # A date alone can come from the reader as midnight.
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def without_value(path: Path) -> dict[str, list[tuple[int, int]]]:
    """Sheet -> row and column, from 1, of formulas that give an error of Excel or were never computed.

    Known of .xlsx only: the binary format keeps results, which read as blank where they are errors.
    """
    if not zipfile.is_zipfile(path):
        return {}
    try:
        with zipfile.ZipFile(path) as archive:
            return {
                name: list(_without_value(archive, part))
                for name, part in _parts(archive).items()
                if part in archive.namelist()
            }
    except UNREADABLE:
        return {}


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet -> its part of the file."""
    relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), _parser())
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    sheets = etree.fromstring(archive.read("xl/workbook.xml"), _parser()).iter(f"{MAIN}sheet")
    parts = {sheet.get("name", ""): targets.get(sheet.get(RELATION), "") for sheet in sheets}
    return {
        name: part.lstrip("/") if part.startswith("/") else normpath(join("xl", part)) for name, part in parts.items()
    }


def _without_value(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int]]:
    content = archive.read(part)
    # Most sheets have neither; to parse them for nothing takes longer than to read them.
    if b"<f" not in content and b't="e"' not in content:
        return
    for cell in etree.fromstring(content, _parser()).iter(f"{MAIN}c"):
        kind = cell.get("t")
        # Programs that write formulas without reckoning them, as openpyxl does, leave the value out.
        is_blank = cell.find(f"{MAIN}f") is not None and not cell.findtext(f"{MAIN}v") and kind != COMPUTED_TEXT
        if kind == EXCEL_ERROR or is_blank:
            yield coordinate_to_tuple(cell.get("r", ""))


def _parser() -> etree.XMLParser:
    # A form is somebody else's file: nothing in it may be fetched or unfolded.
    return etree.XMLParser(resolve_entities=False, no_network=True)
