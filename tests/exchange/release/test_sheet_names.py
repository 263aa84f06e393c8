"""SheetNames of sheets speak, are taken by Excel, and each is another."""

import pytest

from survey.exchange.release.sheet_names import SheetNames, table_name


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("1 Pain points", "1 Pain points"),
        ("2 Costs: [2026]/2025?", "2 Costs 2026 2025"),
        ("5 Pain points by the share of firms that find them serious", "5 Pain points by the share"),
        (
            "3 认为本主题至少一个痛点严重或非常严重的企业占全部企业的比例以及更多的字",
            "3 认为本主题至少一个痛点严重或非常严重的企业占全部企业的比例",
        ),
        ("'quoted'", "quoted"),
        ("History", "History (2)"),
    ],
)
def test_name_is_cut_between_words_and_cleaned(wanted: str, given: str) -> None:
    name = SheetNames().sheet(wanted)
    assert (name, len(name) <= 31) == (given, True)


def test_names_that_differ_in_case_alone_are_told_apart() -> None:
    names = SheetNames()
    assert [names.sheet(wanted) for wanted in ("Notes", "notes", "Notes")] == ["Notes", "notes (2)", "Notes (3)"]


def test_name_of_a_table_has_letters_digits_and_underscores() -> None:
    assert table_name("choices_F1-payback", "zh-hans") == "table_choices_F1_payback_zh"
