"""Whether conditions can hold together: which parts of them are judged, and with which values."""

from typing import Any

import pytest

from survey.instrument.expressions.evaluation import parse
from survey.instrument.expressions.tree import Name
from survey.instrument.lint import satisfiability
from survey.instrument.lint.satisfiability import (
    MOST_SUBSET_CODES,
    OTHER_TEXT,
    about_item,
    can_hold,
    conjuncts,
    is_plain,
    literals_in,
    usable_values,
)
from survey.terms import ItemType
from tests.instrument.tiny import item, options

LETTERS = [chr(ord("a") + place) for place in range(MOST_SUBSET_CODES + 2)]


@pytest.mark.parametrize(
    ("conditions", "values", "expected"),
    [
        (["${a} = 1", "${a} = 2"], [1, 2], False),
        (["${a} = 1", "${b} = 2"], [1, 2], True),
        (["${a} = 1 and ${b} = 2"], [1], False),
        (["${a} > ${b}"], [1], True),
        ([], [], True),
    ],
)
def test_conditions_hold_together_where_one_combination_meets_them_all(
    conditions: list[str], values: list[Any], expected: bool
) -> None:
    assert can_hold(map(parse, conditions), {"a": values, "b": values}) is expected


def test_nothing_is_claimed_where_too_much_would_have_to_be_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(satisfiability, "MOST_COMBINATIONS", 4)
    condition, most = parse("${a} = 'no' and ${b} = 'no'"), [1, 2, 3, 4]
    assert [can_hold([condition], {"a": most, "b": other}) for other in ([1], [1, 2], None)] == [False, True, True]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("${a} > 1", True),
        ("1 < ${a}", True),
        ("${a} > ${b}", False),
        ("${a} + 1 > 2", False),
        ("not(${a} = 1 or selected(${b}, 'x'))", True),
        ("not(${a} = ${b})", False),
        ("${a} = 1 or ${a} = ${b}", False),
        ("${a}", True),
        ("true()", True),
        ("string-length(${a}) > 1", False),
    ],
)
def test_only_comparisons_with_fixed_values_are_judged(condition: str, expected: bool) -> None:
    assert is_plain(parse(condition)) is expected


def test_condition_is_split_at_and_alone() -> None:
    assert conjuncts(parse("${a} = 1 and (${b} = 2 and ${c} = 3)")) == [
        parse("${a} = 1"), parse("${b} = 2"), parse("${c} = 3"),
    ]  # fmt: skip
    assert conjuncts(parse("${a} = 1 or ${b} = 2")) == [parse("${a} = 1 or ${b} = 2")]


def test_own_value_is_read_as_the_item_wherever_it_stands() -> None:
    assert about_item(parse("."), "a") == Name("a")
    assert about_item(parse("not(. > 1) and ${b} = 2"), "a") == parse("not(${a} > 1) and ${b} = 2")


def test_fixed_values_are_found_once_in_their_order() -> None:
    assert literals_in([parse("${a} = 2 or ${b} = 'x'"), parse("${a} > 2")]) == [2.0, "x"]


def test_numbers_are_tried_at_beside_and_between_marks_within_the_range() -> None:
    whole = item("a", ItemType.INTEGER, minimum=0, maximum=3)
    assert usable_values(whole, [2.0]) == [0.0, 1.0, 2.0, 3.0, OTHER_TEXT]
    part = item("a", ItemType.DECIMAL, minimum=1, maximum=2)
    assert usable_values(part, [2.0]) == [1.0, 2.0, 1.5, OTHER_TEXT]


def test_closed_item_has_its_options_alone() -> None:
    assert usable_values(item("a", ItemType.SINGLE, options=options("x", "y")), ["z"]) == ["x", "y"]


def test_selections_are_those_that_the_item_allows() -> None:
    several = item(
        "a", ItemType.MULTIPLE, options=(*options("x", "y", "z", "o"), *options("e", exclusive=True)), max_choices=2
    )
    assert usable_values(several, ["x", "y", "e"]) == [["z"], ["x"], ["y"], ["e"], ["x", "y"]]


def test_too_many_codes_are_not_combined() -> None:
    several = item("a", ItemType.MULTIPLE, options=options(*LETTERS))
    assert usable_values(several, LETTERS[: MOST_SUBSET_CODES + 1]) is None
    assert len(usable_values(several, LETTERS[:MOST_SUBSET_CODES]) or ()) == 2**MOST_SUBSET_CODES
