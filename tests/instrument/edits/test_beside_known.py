from typing import Any

import pytest

from survey.instrument.edits.rules import EditFailure, check_all
from survey.instrument.schema import Item, Text
from survey.terms import EditLevel, ItemType
from tests.instrument.tiny import TODAY, item, one_page

WAN, YUAN = Text("万元", "10,000 yuan"), Text("元", "yuan")


def amount(unit: Text, **more: Any) -> Item:
    return item("a", ItemType.MONEY, unit=unit, magnitude=1.0, decimals=2, **more)


def only(asked: Item, value: float, **facts: float) -> EditFailure | None:
    failures = check_all(one_page(asked), {"a": value}, facts, {}, TODAY).failures
    return failures[0] if failures else None


def repair(asked: Item, value: float, **facts: float) -> float | None:
    found = only(asked, value, **facts)
    assert found is not None
    return found.repair


def test_yuan_typed_for_ten_thousands_are_offered_in_ten_thousands() -> None:
    assert repair(amount(WAN), 5_600_000.0, frame_revenue=1000.0) == 560.0
    assert repair(amount(WAN), 5_600_000.0, previous_a=550.0) == 560.0
    assert repair(amount(YUAN), 560.0, previous_a=5_500_000.0) == 5_600_000.0


def test_no_repair_is_offered_that_would_look_wrong_itself() -> None:
    assert repair(amount(WAN), 5_600_000.0, frame_revenue=100.0) is None
    assert repair(amount(Text("吨", "tons")), 5_600_000.0, frame_revenue=1000.0) is None
    assert repair(amount(WAN), 1_234_567.0, frame_revenue=1000.0) is None


@pytest.mark.parametrize(
    ("value", "fails"), [(150.0, False), (151.0, True), (67.0, False), (66.0, True), (-100.0, True)]
)
def test_large_change_since_last_time_asks_for_a_reason(value: float, fails: bool) -> None:
    found = only(item("a", ItemType.DECIMAL, largest_change=1.5), value, previous_a=100.0)
    assert (found is not None) == fails
    if found:
        assert (found.rule, found.code, found.level) == ("a__change", "change_previous", EditLevel.VERIFY)
        assert found.values == {"a": value, "previous_a": 100.0}


def test_change_is_not_judged_without_an_answer_of_last_time() -> None:
    assert only(item("a", ItemType.DECIMAL, largest_change=1.5), 9.0) is None
    assert only(item("a", ItemType.DECIMAL), 900.0, previous_a=1.0) is None


def test_another_unit_is_not_called_a_large_change_too() -> None:
    found = check_all(one_page(amount(WAN, largest_change=2.0)), {"a": 5e6}, {"previous_a": 500.0}, {}, TODAY).failures
    assert [failure.rule for failure in found] == ["a__magnitude"]
