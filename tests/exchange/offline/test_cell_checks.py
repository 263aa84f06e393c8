"""What a spreadsheet checks of a typed answer: the limits of the item, and never more than the reader refuses."""

import pytest

from survey.exchange.offline.cell_checks import FIRST_DAY, LAST_DAY, date_check, length_check, number_check
from survey.instrument.schema import Item
from survey.terms import ItemType
from tests.instrument.tiny import item

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("asked", "kind", "limits"),
    [
        (item("n", ItemType.INTEGER, minimum=0, maximum=40), "whole", ("0", "40")),
        (item("n", ItemType.DECIMAL, minimum=0.5), "decimal", ("0.5", "1000000000000000")),
        (item("n", ItemType.PERCENTAGE), "decimal", ("0", "100")),
    ],
)
def test_number_is_checked_within_the_limits_of_its_item(asked: Item, kind: str, limits: tuple[str, str]) -> None:
    check = number_check(asked)
    assert (check.type, (check.formula1, check.formula2), check.allow_blank) == (kind, limits, True)


def test_number_without_limits_is_not_told_of_any() -> None:
    messages = [number_check(item("n", ItemType.INTEGER, **limits)).error for limits in ({}, {"maximum": 9})]
    assert messages == [
        "Enter a number alone, without a unit.",
        "Enter a number within the limits of this question, without a unit.",
    ]


def test_date_typed_as_a_text_is_warned_of_and_let_in() -> None:
    check = date_check(item("d", ItemType.DATE))
    assert (check.type, check.errorStyle, check.formula1, check.formula2) == (
        "date", "warning", str(FIRST_DAY), str(LAST_DAY),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "limit"),
    [
        (item("t", ItemType.TEXT, max_length=12), "12"),
        (item("t", ItemType.TEXT), "255"),
        (item("t", ItemType.LONG_TEXT), "4000"),
        (item("t", ItemType.EMAIL), "255"),
    ],
)
def test_text_is_checked_for_the_length_of_its_item_or_kind(asked: Item, limit: str) -> None:
    check = length_check(asked)
    assert (check.operator, check.formula1, check.error) == (
        "lessThanOrEqual", limit, f"Enter at most {limit} characters.",
    )  # fmt: skip


def test_every_check_is_switched_on() -> None:
    checks = [number_check(item("n", ItemType.INTEGER)), date_check(item("d", ItemType.DATE))]
    assert [check.showErrorMessage for check in checks] == [True, True]
