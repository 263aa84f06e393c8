"""Letters as one page to print: each on a sheet of its own, its address where the window of the envelope is."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import segno
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from survey.mailing_terms import Envelope
from survey.selectors.said import said as _

# DIN 5008, form B: the address field begins 45 mm from the top and 20 mm from the left, is 85 mm wide and 45 mm high,
# its first 5 mm for the return address; marks for folding at 105 mm and 210 mm. The window of a Chinese DL envelope
# (110 x 220 mm, GB/T 1416) is taken to show the right half of the same band.
STYLE = """
@page { size: A4 portrait; margin: 0 }
body { margin: 0; font: 11pt/1.6 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; color: #000;
  background: #fff }
.letter { position: relative; width: 210mm; min-height: 296mm; box-sizing: border-box; padding: 105mm 20mm 20mm 25mm;
  break-after: page; overflow-wrap: anywhere }
/* Chinese faces draw English quotation marks a whole sign wide. */
.letter:lang(en) { font-family: "Noto Serif", "Liberation Serif", "Times New Roman", "Noto Serif CJK SC",
  "Source Han Serif SC", SimSun, serif }
.letter:last-child { break-after: auto }
.window { position: absolute; top: 45mm; width: 85mm; height: 45mm; box-sizing: border-box; overflow: hidden }
.din .window { left: 20mm; padding-left: 5mm }
.cn .window { left: 105mm }
.back { font-size: 7pt; line-height: 5mm; height: 5mm; overflow: hidden; white-space: nowrap;
  border-bottom: .2mm solid #000 }
address { font-style: normal; line-height: 1.35; margin-top: 2mm }
.fold { position: absolute; left: 0; width: 5mm; border-top: .2mm solid #000 }
h1 { font-size: 13pt; margin: 0 0 6mm }
p { margin: 0 0 3mm; white-space: pre-line }
.code { display: flex; gap: 6mm; align-items: center; margin-top: 6mm; break-inside: avoid }
.code svg { width: 30mm; height: 30mm; flex: none }
.code strong { font: 600 14pt/1.4 monospace }
.demonstration { position: absolute; top: 8mm; left: 25mm; right: 20mm; border: .3mm solid #000; text-align: center }
"""
FOLDS = mark_safe('<i class="fold" style="top:105mm"></i><i class="fold" style="top:210mm"></i>')


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLetter:
    """One sheet: whom it goes to, line by line, and what it says; without a code it has no picture of the link."""

    to: tuple[str, ...]
    back: str
    subject: str
    body: str
    code: str
    link: str
    language: str = "zh"
    is_demonstration: bool = False


def letters_page(letters: Iterable[PrintedLetter], envelope: Envelope, title: str) -> bytes:
    """The letters as one HTML file that needs nothing else; every text is text, whatever signs it has."""
    sheets = format_html_join("\n", "{}", ((_sheet(letter, envelope),) for letter in letters))
    page = format_html(
        '<!DOCTYPE html>\n<html lang="{}"><head><meta charset="utf-8"><title>{}</title><style>{}</style></head>\n'
        "<body>\n{}\n</body></html>\n",
        get_language() or "zh",
        title,
        mark_safe(STYLE),
        sheets,
    )
    return page.encode()


def _sheet(letter: PrintedLetter, envelope: Envelope) -> SafeString:
    return format_html(
        '<section class="letter {}" lang="{}">{}'
        '<div class="window"><div class="back">{}</div><address>{}</address></div>{}<h1>{}</h1>{}{}</section>',
        envelope.value,
        letter.language,
        _demonstration() if letter.is_demonstration else "",
        " · ".join(letter.back.split("\n")),
        format_html_join(mark_safe("<br>"), "{}", ((line,) for line in letter.to)),
        FOLDS,
        letter.subject,
        format_html_join("", "<p>{}</p>", ((part,) for part in letter.body.split("\n\n"))),
        _code(letter) if letter.code else "",
    )


def _demonstration() -> SafeString:
    return format_html(
        '<div class="demonstration">{}</div>', _("Demonstration: firms, persons and answers are made up.")
    )


def _code(letter: PrintedLetter) -> SafeString:
    return format_html(
        '<div class="code">{}<div>{}<br><strong>{}</strong></div></div>',
        # The picture holds the link as dark and light squares, never as text that a browser could read as HTML.
        mark_safe(picture_of(letter.link)),
        _("Access code"),
        letter.code,
    )


def picture_of(link: str) -> str:
    """The QR code of a link as SVG."""
    stream = BytesIO()
    # Level M bears a fold or a stain; the quiet zone of four modules is what ISO/IEC 18004 asks for.
    segno.make(link, error="m", micro=False).save(
        stream, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4
    )
    return stream.getvalue().decode()
