"""What follows from an item itself, before it is worded."""

from datetime import date
from typing import Any

import pytest

from survey.instrument.edits.item_edits import item_failures, range_of
from survey.instrument.expressions.evaluation import Scope
from survey.instrument.routing.route import RouteItem
from survey.instrument.schema import Item
from survey.terms import EditLevel, ItemType, Missing
from tests.instrument.tiny import item, options

SHARES = item("a", ItemType.SHARES, rows=options("x", "y", "z"))


def found(asked: Item, answers: dict[str, Any], *, required: bool = False) -> list[tuple[str, str, dict[str, Any]]]:
    on_route = RouteItem(item=asked, options=asked.options, required=required)
    scope = Scope(answers=answers, facts={}, today=date(2026, 3, 31), own=None)
    return [(one.kind, one.code, dict(one.parameters)) for one in item_failures(on_route, scope)]


def test_open_item_fails_only_where_an_answer_is_required() -> None:
    assert found(item("a", minimum=1), {}) == []
    assert found(item("a", minimum=1), {}, required=True) == [("required", "required", {})]


def test_chosen_non_answer_is_out_of_no_range() -> None:
    assert found(item("a", maximum=5, missing=(Missing.REFUSED,)), {"a": "refused"}, required=True) == []


@pytest.mark.parametrize(
    ("limits", "value", "code", "shown"),
    [
        ({"minimum": 1, "maximum": 5000}, 5001, "range_between", {"minimum": "1", "maximum": "5,000"}),
        ({"minimum": 1}, 0, "range_least", {"minimum": "1", "maximum": ""}),
        ({"maximum": 5}, 6, "range_most", {"minimum": "", "maximum": "5"}),
    ],
)
def test_figure_beyond_a_limit_names_the_limits(
    limits: dict[str, int], value: int, code: str, shown: dict[str, str]
) -> None:
    assert found(item("a", **limits), {"a": value}) == [("range", code, shown)]
    assert [found(item("a", **limits), {"a": limit}) for limit in limits.values()] == [[]] * len(limits)


def test_percentage_has_the_limits_of_its_kind_unless_it_has_its_own() -> None:
    assert range_of(item("a", ItemType.PERCENTAGE)) == (0, 100)
    assert range_of(item("a", ItemType.PERCENTAGE, maximum=200)) == (None, 200)
    assert range_of(item("a")) == (None, None)


@pytest.mark.parametrize(("last", "fails"), [(33.3, False), (33.5, False), (33.2, True), (33.6, True)])
def test_shares_may_miss_100_by_what_rounding_takes(last: float, fails: bool) -> None:
    failures = found(SHARES, {"a": {"x": 33.3, "y": 33.3, "z": last}})
    assert [code for _kind, code, _shown in failures] == (["shares_total"] if fails else [])


def test_total_of_shares_is_said_as_it_was_typed() -> None:
    assert found(SHARES, {"a": {"x": 0.1, "y": 0.2}}) == [("shares", "shares_total", {"total": "0.3"})]


def test_constraint_that_reads_an_open_answer_is_not_checked() -> None:
    asked = item("high", constraint=". > ${low}")
    assert found(asked, {"high": 4}) == []
    assert found(asked, {"high": 4, "low": 5}) == [("constraint", "constraint", {})]


def test_option_to_be_specified_names_itself_until_it_is() -> None:
    asked = item("a", ItemType.MULTIPLE, options=(*options("x"), *options("o", specify=True)))
    assert found(asked, {"a": ["x", "o"]}) == [("specify", "specify", {"option": asked.options[1].text})]
    assert found(asked, {"a": ["x", "o"], "a__other": "words"}) == found(asked, {"a": ["x"]}) == []


def test_open_cell_of_a_required_column_is_named_with_its_field() -> None:
    asked = item(
        "t", ItemType.TABLE, rows=options("r"),
        options=(*options("n", type=ItemType.INTEGER, required=True), *options("m", type=ItemType.TEXT)),
    )  # fmt: skip
    scope = Scope(answers={"t": {"r": {"m": "x"}}}, facts={}, today=date(2026, 3, 31), own=None)
    (failure,) = item_failures(RouteItem(item=asked, options=asked.options, required=False), scope)
    assert (failure.kind, failure.level, failure.fields) == ("cells", EditLevel.HARD, ("t__r__n",))
