"""Letters as one page to print."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from survey.exchange.letters.printed import PrintedLetter, letters_page, picture_of
from survey.mailing_terms import Envelope

LETTER = PrintedLetter(
    to=("企业", "王小明", "深圳市"),
    back="统计局\n福中路 1 号",
    subject="Your answers",
    body="First part\n\nSecond part",
    code="ABCD-EFGH",
    link="https://a.example.org/#code=ABCD",
)


def page(*letters: PrintedLetter, envelope: Envelope = Envelope.DIN) -> str:
    with override("en"):
        return letters_page(letters, envelope, "Letters <1>").decode()


def test_address_and_return_address_stand_in_the_window() -> None:
    assert '<div class="back">统计局 · 福中路 1 号</div><address>企业<br>王小明<br>深圳市</address>' in page(LETTER)


def test_body_has_its_paragraphs_and_the_code_its_picture() -> None:
    shown = page(LETTER)
    assert "<h1>Your answers</h1><p>First part</p><p>Second part</p>" in shown
    assert "<strong>ABCD-EFGH</strong>" in shown
    assert picture_of(LETTER.link) in shown


def test_letter_without_a_code_has_no_picture() -> None:
    assert "<svg" not in page(replace(LETTER, code=""))


def test_text_with_signs_of_html_stays_text() -> None:
    shown = page(replace(LETTER, to=("<b>A & B</b>",), subject="<script>"))
    assert ("&lt;b&gt;A &amp; B&lt;/b&gt;" in shown, "<script>" in shown, "<title>Letters &lt;1&gt;" in shown) == (
        True,
        False,
        True,
    )


@pytest.mark.parametrize("envelope", list(Envelope))
def test_sheet_is_that_of_the_envelope(envelope: Envelope) -> None:
    assert page(LETTER, LETTER, envelope=envelope).count(f'<section class="letter {envelope.value}"') == 2


def test_letter_of_a_demonstration_says_so() -> None:
    said = "Demonstration: firms, persons and answers are made up."
    assert [said in page(replace(LETTER, is_demonstration=shown)) for shown in (True, False)] == [True, False]
