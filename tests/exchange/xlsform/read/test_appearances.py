"""Words of an appearance: drawn here, meant by the type, or named by what is lost with them."""

import pytest

from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import APPEARANCE, XlsformRow
from survey.exchange.xlsform.read.appearances import appearance_of, appearance_words


def row(cell: str) -> XlsformRow:
    return XlsformRow(sheet="survey", number=2, values={APPEARANCE: cell}, headers={APPEARANCE: "appearance"})


def test_call_with_its_arguments_is_one_word() -> None:
    cell = "minimal search('towns', 'matches', 'a b', ${c}) quick"
    assert appearance_words(row(cell)) == ["minimal", "search('towns', 'matches', 'a b', ${c})", "quick"]


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("autocomplete", []),
        ("multiline", []),
        ("quick", ["appearance"]),
        ("search('towns')", ["data_search"]),
        ("ex:org.app.reader(a=1)", ["device"]),
        ("bearing", ["device"]),
    ],
)
def test_word_without_a_counterpart_is_named_by_what_is_lost(word: str, codes: list[str]) -> None:
    findings = Findings()
    appearance_of(row(word), findings)
    assert [(one.code, one.value) for one in findings.found] == [(code, word) for code in codes]


def test_first_word_that_our_pages_draw_is_kept() -> None:
    assert appearance_of(row("multiline minimal autocomplete"), Findings()) == "minimal"
    assert appearance_of(row("multiline"), Findings()) == ""
