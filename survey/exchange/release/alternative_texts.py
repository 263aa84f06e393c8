"""Alternative texts of charts in a workbook, which openpyxl has no place for: they are put into the finished file."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

DRAWING = "xl/drawings/drawing{number}.xml"
NAMESPACES = {
    "": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
FRAME = f"{{{NAMESPACES['']}}}cNvPr"


def with_alternative_texts(book: bytes, texts: Sequence[str]) -> bytes:
    """The workbook with these texts on its charts, in the order of its sheets; each sheet has one chart at most."""
    made = BytesIO()
    # openpyxl numbers the drawings as it writes the sheets, from 1.
    by_name = {DRAWING.format(number=number): text for number, text in enumerate(texts, 1)}
    with ZipFile(BytesIO(book)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            text = by_name.pop(entry.filename, "")
            new.writestr(entry, _described(content, text) if text else content)
    assert not by_name, "every chart has a drawing of its own"
    return made.getvalue()


def _described(drawing: bytes, text: str) -> bytes:
    for prefix, address in NAMESPACES.items():
        ElementTree.register_namespace(prefix, address)
    # Written by openpyxl a moment ago, not by anybody outside.
    root = ElementTree.fromstring(drawing)
    for frame in root.iter(FRAME):
        frame.set("descr", text)
    described: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return described
