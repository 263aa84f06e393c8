"""Cells as text, and cells that hold no value although something was written there."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple

from survey.exchange.sheets.repaired_copy import MAIN, safe_parser, sheet_parts

UNREADABLE = (KeyError, ValueError, OSError, etree.XMLSyntaxError, zipfile.BadZipFile)
"""What comes of a file that the reader of values takes nevertheless; its formulas then stay unknown."""
COMPUTED_TEXT, EXCEL_ERROR = "str", "e"


def cell_as_text(cell: Any) -> str:
    """A cell as pyxform reads it: whole numbers without a point, TRUE and FALSE, dates as ISO."""
    # First, since True is a number of its own kind in Python and would become 1.
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


def without_value(source: Path | bytes) -> dict[str, list[tuple[int, int]]]:
    """Sheet -> row and column, from 1, of formulas that give an error of Excel or were never computed.

    Known of .xlsx only: the binary format keeps results, which read as blank where they are errors.
    """
    file = BytesIO(source) if isinstance(source, bytes) else source
    if not zipfile.is_zipfile(file):
        return {}
    try:
        with zipfile.ZipFile(file) as archive:
            return {
                name: list(_without_value(archive, part))
                for name, part in sheet_parts(archive).items()
                if part in archive.namelist()
            }
    except UNREADABLE:
        return {}


def _without_value(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int]]:
    content = archive.read(part)
    # Most sheets have neither; to parse them for nothing takes longer than to read them.
    if b"<f" not in content and b't="e"' not in content:
        return
    for cell in etree.fromstring(content, safe_parser()).iter(f"{MAIN}c"):
        kind = cell.get("t")
        # Programs that write formulas without reckoning them, as openpyxl does, leave the value out.
        is_blank = cell.find(f"{MAIN}f") is not None and not cell.findtext(f"{MAIN}v") and kind != COMPUTED_TEXT
        if kind == EXCEL_ERROR or is_blank:
            yield coordinate_to_tuple(cell.get("r", ""))
