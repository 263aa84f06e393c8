"""Reasons of a list beside a firm's own words."""

import pytest

from survey.instrument.edits.reason_codes import DEFAULT_REASONS, Reason, reason_of, reason_words, reasons_listed
from survey.instrument.schema import Text


@pytest.mark.parametrize(
    "reason",
    [Reason(code="merger"), Reason(code="other", words="moved to a new site"), Reason(words="停产"), Reason()],
)
def test_reason_is_read_as_it_was_stored(reason: Reason) -> None:
    assert reason_of(reason.stored) == reason


def test_typed_words_make_no_code() -> None:
    assert reason_of(Reason(words=" #merger ").stored) == Reason(words="merger")


@pytest.mark.parametrize(
    ("stored", "explains"),
    [
        ("#merger", True),
        ("#other", False),
        ("#other 核实无误", False),
        ("#other 停产", True),
        ("核实无误", False),
        ("", False),
    ],
)
def test_code_explains_by_itself_but_other_needs_words(stored: str, explains: bool) -> None:
    assert reason_of(stored).explains == explains


def test_list_of_a_survey_stands_in_every_language() -> None:
    listed = reasons_listed(Text("strike 罢工\nflood 水灾", "strike Strike\n"))
    assert [(option.code, option.text) for option in listed] == [
        ("strike", Text("罢工", "Strike")),
        ("flood", Text("水灾", "")),
    ]


def test_survey_without_a_list_offers_the_usual_reasons() -> None:
    assert reasons_listed(Text()) == DEFAULT_REASONS


def test_reason_reads_as_words() -> None:
    assert reason_words("#stoppage 春节", DEFAULT_REASONS, "zh-hans") == "停产：春节"
    assert reason_words("#stoppage", DEFAULT_REASONS, "en") == "Production stopped"
