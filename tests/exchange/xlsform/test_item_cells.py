"""Cells of a row that follow from its item."""

import pytest

from survey.exchange.xlsform.item_cells import appearance_for, default_of, filter_of, parameters_for
from survey.instrument.schema import Item, Option, Text
from survey.terms import ItemType

LABEL = Text("题", "Question")


@pytest.mark.parametrize(
    ("prefill", "cell"),
    [("", ""), ("frame_employees", "${frame_employees}"), ("${a} + 1", "${a} + 1"), ("today()", "today()")],
)
def test_bare_fact_is_written_as_other_tools_know_it(prefill: str, cell: str) -> None:
    assert default_of(Item(code="q", type=ItemType.INTEGER, text=LABEL, prefill=prefill)) == cell


def test_drawn_order_is_asked_for_where_there_is_a_list() -> None:
    drawn = [Item(code="q", type=kind, text=LABEL, shuffled=True) for kind in (ItemType.SINGLE, ItemType.INTEGER)]
    assert [parameters_for(item) for item in drawn] == ["randomize=true", ""]
    assert parameters_for(Item(code="q", type=ItemType.SINGLE, text=LABEL)) == ""


def test_filter_names_the_options_with_a_condition() -> None:
    options = tuple(
        Option(code=code, text=LABEL, relevant=relevant)
        for code, relevant in (("a", "${x} > 1"), ("b", ""), ("c", "${y}"))
    )
    assert filter_of(options) == "(name != 'a' or (${x} > 1)) and (name != 'c' or (${y}))"


def test_appearance_of_the_item_stands_before_that_of_its_kind() -> None:
    kinds = [
        Item(code="q", type=ItemType.LONG_TEXT, text=LABEL),
        Item(code="q", type=ItemType.SINGLE, text=LABEL, appearance="minimal"),
    ]
    assert [appearance_for(item) for item in kinds] == ["multiline", "minimal"]
