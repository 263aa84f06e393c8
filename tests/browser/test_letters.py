"""Printed letters as a browser prints them: a page for each, the address in the window, a code that can be read."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
import segno
from playwright.sync_api import Locator, Page

from survey.exchange.letters.printed import PrintedLetter, letters_page
from survey.mailing_terms import Envelope

MM = 96 / 25.4
LINK = "https://survey.example.org/#code=ABCD-EFGH-JKMN-PQRS"
QUIET = 4
"""Modules of white around the code, as ISO/IEC 18004 asks for."""
SAMPLED = """async (svg, [modules, quiet]) => {
  const picture = new Image();
  picture.src = "data:image/svg+xml," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
  await picture.decode();
  const canvas = document.createElement("canvas"), step = 8, side = (modules + 2 * quiet) * step;
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, side, side);
  pen.drawImage(picture, 0, 0, side, side);
  const dark = (row, column) => {
    const at = (place) => (quiet + place + 0.5) * step;
    return pen.getImageData(at(column), at(row), 1, 1).data[0] < 128 ? 1 : 0;
  };
  return [...Array(modules).keys()].map((row) => [...Array(modules).keys()].map((column) => dark(row, column)));
}"""
"""What stands in the middle of each module of the picture, as it is drawn."""
FIRMS = ("深圳市某某科技有限公司", "A" * 70, "深圳市" + "很长的名称" * 12 + "有限公司")


def letter(firm: str) -> PrintedLetter:
    return PrintedLetter(
        to=(firm, "王小明", "深圳市南山区科技园科苑路十五号科兴科学园甲栋四单元"),
        back="深圳市统计局 · 深圳市福田区福中三路",
        subject="请填报:工业互联网痛点调查",
        body="\n\n".join(["各单位请于期限前填报。" * 12] * 4),
        code="ABCD-EFGH-JKMN-PQRS",
        link=LINK,
    )


@pytest.fixture(params=list(Envelope))
def printed(request: pytest.FixtureRequest, open_page: Callable[..., Page]) -> Page:
    page = open_page(viewport={"width": 794, "height": 1123}, device_scale_factor=2)
    page.set_content(letters_page(map(letter, FIRMS), request.param, "Letters").decode())
    page.emulate_media(media="print")
    return page


def millimetres(of: Locator, within: Locator) -> tuple[float, float, float, float]:
    """Left, top, width and height of one thing on its sheet."""
    box, sheet = of.bounding_box(), within.bounding_box()
    assert box is not None
    assert sheet is not None
    return (
        round((box["x"] - sheet["x"]) / MM),
        round((box["y"] - sheet["y"]) / MM),
        round(box["width"] / MM),
        round(box["height"] / MM),
    )


def test_each_letter_is_one_page_of_a4(printed: Page) -> None:
    made = printed.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", made)) == len(FIRMS)
    assert set(re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", made)) <= {
        (b"594.95996", b"841.91998"),
        (b"595", b"842"),
        (b"595.91998", b"842.88"),
    }


def test_address_stands_in_the_window_and_the_return_address_above_it(printed: Page) -> None:
    for sheet in printed.locator(".letter").all():
        left = 20 if "din" in (sheet.get_attribute("class") or "") else 105
        assert millimetres(sheet.locator(".window"), sheet) == (left, 45, 85, 45)
        back, address = (millimetres(sheet.locator(name), sheet) for name in (".back", "address"))
        assert (back[1], back[3]) == (45, 5)
        # Whatever the name, all of the address is seen: it ends before the window does.
        assert 50 <= address[1] < address[1] + address[3] <= 90


def test_picture_of_the_link_is_the_code_that_a_telephone_reads(printed: Page) -> None:
    wanted = [list(row) for row in segno.make(LINK, error="m", micro=False).matrix]
    seen = printed.locator(".code svg").first.evaluate(SAMPLED, [len(wanted), QUIET])
    assert seen == wanted
    assert millimetres(printed.locator(".code svg").first, printed.locator(".letter").first)[2:] == (30, 30)


def test_english_letter_has_quotation_marks_of_its_own_width(open_page: Callable[..., Page]) -> None:
    english = replace(letter("Firm"), body="“", language="en")
    page = open_page(viewport={"width": 794, "height": 1123})
    page.set_content(letters_page([english], Envelope.DIN, "Letters").decode())
    width = """paragraph => { const range = document.createRange(); range.selectNodeContents(paragraph);
      return range.getBoundingClientRect().width / parseFloat(getComputedStyle(paragraph).fontSize); }"""
    assert page.locator("p").evaluate(width) < 0.7
