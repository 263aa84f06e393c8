"""How a person is recognised in a text."""

import pytest

from survey.services.operation.personal_places import PersonalPlace, matcher, on_one_line


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        ("Lin@Example.com", "to: LIN@example.COM", True),
        ("0755-1234567", "(0755) 123 45.67", True),
        ("0755 1234567", "0755/1234568", False),
        # Six digits are a number like any other, seven a telephone; with a letter it is none.
        ("123456", "12 34 56", False),
        ("1234567", "123-45-67", True),
        ("A1234567", "A123 4567", False),
        ("王小明", "联系人王小明", True),
        ("王小明", "王小 明", False),
        ("7", 17, True),
    ],
)
def test_text_holds_what_is_wanted(wanted: str, text: object, found: bool) -> None:
    assert matcher(wanted)(text) is found


def test_place_is_named_by_kind_row_and_item() -> None:
    assert PersonalPlace(kind="attached", key=7, about="Firm", text="a.pdf", item="proof").code == "attached:7:proof"


def test_fields_stand_on_one_line_without_those_that_are_empty() -> None:
    assert on_one_line("Li", None, "", {}, 0, "0755") == "Li · 0 · 0755"
