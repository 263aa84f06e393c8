"""How a report is laid out: tables with heads that repeat, figures at the right, pictures no higher than a page."""

import struct
import zlib
from collections.abc import Sequence

import pytest
from docx import Document
from docx.document import Document as Report
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm

from survey.exchange.release.report_pages import CHINESE, CHINESE_HEADS, SENTENCE, add_picture, add_table, lay_out

LONG = "w" * SENTENCE


@pytest.fixture
def report() -> Report:
    return Document()


def picture(width: int, height: int) -> bytes:
    """A black PNG."""
    rows = zlib.compress(bytes(height * (width + 1)))
    parts = (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")
    chunks = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def table(report: Report, heads: Sequence[str], *lines: Sequence[str]) -> list[list[tuple[str, object, int]]]:
    """Text, side and width in millimetres of every cell of a table that was added."""
    add_table(report, heads, lines)
    return [
        [(cell.text, cell.paragraphs[0].alignment, round((cell.width or 0) / Cm(0.1))) for cell in row.cells]
        for row in report.tables[-1].rows
    ]


def test_page_is_a4_with_a_typeface_for_chinese_and_its_number(report: Report) -> None:
    lay_out(report, "Survey")
    section = report.sections[0]
    assert [round((side or 0) / Cm(0.1)) for side in (section.page_width, section.page_height)] == [210, 297]
    fonts = [report.styles[name].element.rPr.rFonts for name in ("Normal", "Heading 1")]
    assert [one.get(qn("w:eastAsia")) for one in fonts] == [CHINESE, CHINESE_HEADS]
    assert [one.get(qn("w:eastAsiaTheme")) for one in fonts] == [None, None]
    foot = section.footer.paragraphs[0]
    assert (foot.text, foot._p.xpath("string(.//w:instrText)")) == ("Survey · ", "PAGE")


def test_figures_stand_at_the_right_and_sentences_have_twice_their_room(report: Report) -> None:
    left, right = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
    assert table(report, ["Item", "Share", "Note"], ["Cost", "46%", LONG]) == [
        [("Item", left, 58), ("Share", right, 37), ("Note", left, 75)],
        [("Cost", left, 58), ("46%", right, 37), (LONG, left, 75)],
    ]


def test_heads_stand_again_on_each_page_and_no_row_is_cut(report: Report) -> None:
    table(report, ["Item", "Share"], ["Cost", "46%"])
    rows = [row._tr.trPr for row in report.tables[0].rows]
    assert [len(row.findall(qn("w:tblHeader"))) for row in rows] == [1, 0]
    assert [len(row.findall(qn("w:cantSplit"))) for row in rows] == [1, 1]


@pytest.mark.parametrize(("size", "millimetres"), [((400, 100), [170, 42]), ((100, 400), [55, 220])])
def test_picture_fits_the_page_and_is_told_in_words(
    report: Report, size: tuple[int, int], millimetres: list[int]
) -> None:
    add_picture(report, picture(*size), "A bar for each item.")
    (shape,) = report.inline_shapes
    assert [round(side / Cm(0.1)) for side in (shape.width, shape.height)] == millimetres
    assert shape._inline.docPr.get("descr") == "A bar for each item."
