"""How a report looks: paper, letters, tables with heads that repeat, pictures with alternative texts."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import vl_convert
from docx.document import Document as Report
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from survey.exchange.release.page_blocks import released_block
from survey.exchange.sheets.plain_cells import safe_text
from survey.methods.released.table import ReleasedTable

WIDTH, MARGIN = 21.0, 2.0
"""Centimetres of A4 and of what stays white at its sides."""
LABEL = 0.34
"""Of the width, for the first column of a table."""
SENTENCE = 24
"""Characters from which a text is read as one and not as a figure."""
PIXELS = 640
"""Width of a picture as a page draws it; letters are then as large as those of the text."""
SHARPNESS = 2.0
LATIN, CHINESE, CHINESE_HEADS = "Calibri", "宋体", "黑体"
"""Typefaces that Word and WPS have; other programs take their own for them."""
HEADS = ("Title", "Subtitle", "Heading 1", "Heading 2")
clean = safe_text
"""Text without what a document cannot hold."""


def lay_out(report: Report, footer: str) -> None:
    """A4 with typefaces for both languages, and a footer with the number of the page."""
    section = report.sections[0]
    section.page_width, section.page_height = Cm(WIDTH), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    for name in ("Normal", *HEADS):
        style = report.styles[name]
        style.font.name = LATIN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        # Themes come first in Word, and would take these for nothing.
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), CHINESE_HEADS if name in HEADS else CHINESE)
    report.styles["Normal"].font.size = Pt(10)
    line = section.footer.paragraphs[0]
    line.add_run(f"{footer} · ")
    _add_page_number(line)


def _add_page_number(line: Paragraph) -> None:
    # A field in three runs (ECMA-376, part 1, 17.16.18); python-docx has no call for it.
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part: Any = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        line.add_run()._r.append(part)


def add_facts(report: Report, facts: Sequence[tuple[str, str]]) -> None:
    """Labels beside what they are, without a row of heads."""
    table = report.add_table(rows=0, cols=2)
    for label, value in facts:
        row = table.add_row()
        _keep_whole(row)
        for cell, text, share in zip(row.cells, (label, value), (LABEL, 1 - LABEL), strict=True):
            cell.width = Cm(share * (WIDTH - 2 * MARGIN))
            _write(cell, text, is_bold=share == LABEL)


def add_table(report: Report, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """A table whose heads stand again on each page; figures are read from the right."""
    table = report.add_table(rows=1, cols=len(heads), style="Table Grid")
    # Otherwise programs make columns as wide as their texts, and a long label takes the room of the figures.
    table.autofit = False
    # From nine columns on figures would be broken in two in letters of the usual size.
    size = Pt(8.5) if len(heads) <= 8 else Pt(7)
    _mark_as_head(table.rows[0])
    widths = _widths(heads, lines)
    for place, line in enumerate((heads, *lines)):
        row = table.rows[0] if place == 0 else table.add_row()
        _keep_whole(row)
        for column, (cell, text, width) in enumerate(zip(row.cells, line, widths, strict=True)):
            # Word goes by the width of each cell and passes over that of the column.
            cell.width = Cm(width)
            paragraph = _write(cell, text, is_bold=place == 0, size=size)
            is_figure = column and not _is_sentence(column, lines)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_figure else WD_ALIGN_PARAGRAPH.LEFT
    report.add_paragraph()


def _is_sentence(column: int, lines: Sequence[Sequence[str]]) -> bool:
    return any(len(line[column]) >= SENTENCE for line in lines)


def _widths(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> list[float]:
    """Centimetres of each column: the first holds labels, and a column of sentences has twice the room of a figure."""
    parts = [2 if _is_sentence(column, lines) else 1 for column in range(1, len(heads))]
    room = WIDTH - 2 * MARGIN
    return [LABEL * room, *((1 - LABEL) * room * part / sum(parts) for part in parts)]


def _write(cell: _Cell, text: str, *, is_bold: bool = False, size: Pt | None = None) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(clean(text))
    run.bold, run.font.size = is_bold, size
    return paragraph


def _keep_whole(row: _Row) -> None:
    # A row that is cut between two pages leaves a figure away from its label.
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _mark_as_head(row: _Row) -> None:
    # So that heads stand on every page; screen readers find the heads by the same mark.
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def picture_of(table: ReleasedTable) -> bytes | None:
    """The chart of the page as a picture (PNG); None where the table has none."""
    chart = released_block(table).chart
    if chart is None:
        return None
    drawn = {**chart, "width": PIXELS, "autosize": {"type": "fit-x", "contains": "padding"}}
    made: bytes = vl_convert.vegalite_to_png(drawn, scale=SHARPNESS)
    return made


def add_picture(report: Report, picture: bytes, told: str) -> None:
    """A picture as wide as the text, or less where it would be higher than a page, with its alternative text."""
    shape = report.add_picture(BytesIO(picture), width=Cm(WIDTH - 2 * MARGIN))
    # 25.7 cm between the margins, less the heading and the lines above it, which must not stand alone on a page.
    highest = Cm(22)
    if shape.height > highest:
        shape.width, shape.height = int(shape.width * highest / shape.height), highest
    # python-docx has no call for an alternative text.
    shape._inline.docPr.set("descr", told)
