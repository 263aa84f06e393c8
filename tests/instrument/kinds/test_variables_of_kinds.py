"""The variables of an item: their names, values and words."""

import pytest

from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item
from survey.terms import ItemType
from tests.instrument.tiny import item, options

CODES = options("a", "b")
ROWS = options("r", "s")


@pytest.mark.parametrize(
    ("asked", "names", "values"),
    [
        (item("x", ItemType.SINGLE, options=CODES), ["x"], "code"),
        (item("x", ItemType.MULTIPLE, options=CODES), ["x__a", "x__b"], "chosen"),
        (item("x", ItemType.SHARES, rows=ROWS), ["x__r", "x__s"], "number"),
        (
            item("x", ItemType.NUMBER_TABLE, rows=ROWS, options=CODES),
            ["x__r__a", "x__r__b", "x__s__a", "x__s__b"],
            "number",
        ),
        (item("x", ItemType.TEXT), ["x"], "text"),
        (item("x", ItemType.NOTE), [], None),
    ],
)
def test_item_has_a_variable_for_each_value(asked: Item, names: list[str], values: str | None) -> None:
    found = kind_of(asked).variables(kind_of(asked), asked)
    assert [one.name for one in found] == names
    assert {one.kind.value for one in found} == ({values} if values else set())


def test_code_is_explained_by_the_options_of_its_item() -> None:
    asked = item("x", ItemType.SINGLE, options=CODES)
    (found,) = kind_of(asked).variables(kind_of(asked), asked)
    assert [(code, words.en) for code, words in found.codes] == [("a", "a"), ("b", "b")]


def test_variable_of_a_cell_is_called_by_item_row_and_column() -> None:
    asked = item("x", ItemType.NUMBER_TABLE, rows=ROWS, options=CODES)
    found = kind_of(asked).variables(kind_of(asked), asked)
    assert (found[1].label.en, found[1].label.zh) == ("x · r · b", "x（中） · r（中） · b（中）")
