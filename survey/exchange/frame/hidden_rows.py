"""Rows of a sheet that Excel does not show: a filter or a hand has hidden them, and the officer may not know it."""

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree

from survey.exchange.sheets.repaired_copy import sheet_parts

PIECE = 1 << 20
# A tag may be cut by the end of a piece; none is longer than this (ECMA-376, part 1, 18.3.1.73, has 15 attributes).
TAG = 1000
# Programs may write the elements with a prefix of the namespace.
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_NUMBER = re.compile(rb"\br=\"(\d+)\"")
# The two spellings of a truth value in XML Schema.
_HIDDEN = re.compile(rb"\bhidden=\"(?:1|true)\"")
RUNS_NAMED = 8
"""So many runs of rows are named in a sentence."""


def hidden_rows(path: Path, sheet: str) -> list[int]:
    """The numbers of the hidden rows of a sheet, ascending; none where the file is no .xlsx that can be looked into."""
    try:
        with ZipFile(path) as archive, archive.open(sheet_parts(archive)[sheet]) as part:
            rest, found = b"", set[int]()
            while piece := part.read(PIECE):
                text = rest + piece
                found.update(_hidden_in(text))
                rest = text[-TAG:]
    except (KeyError, BadZipFile, OSError, ValueError, NotImplementedError, etree.XMLSyntaxError):
        return []
    return sorted(found)


def _hidden_in(text: bytes) -> set[int]:
    tags = (match[0] for match in _ROW.finditer(text))
    numbers = (_NUMBER.search(tag) for tag in tags if _HIDDEN.search(tag))
    return {int(number[1]) for number in numbers if number}


def in_runs(rows: list[int]) -> str:
    """``4, 7–9``: rows in runs, the first of them."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    texts = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:RUNS_NAMED]]
    return ", ".join(texts) + (" …" if len(runs) > RUNS_NAMED else "")
