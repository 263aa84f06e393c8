"""A table whose columns hold answers of any kind."""

from typing import Any

import pytest

from survey.instrument.answers import parse_item
from survey.instrument.kinds.cells import cells_by_place
from survey.instrument.kinds.choices import number_columns
from survey.instrument.kinds.registry import kind_of
from survey.instrument.raw_answers import to_raw
from survey.instrument.schema import Item, Option, Text
from survey.terms import ItemType

ROWS = (Option(code="r1", text=Text("一", "One")), Option(code="r2", text=Text("二", "Two")))
LINKS = (Option(code="wired", text=Text("有线", "By wire")), Option(code="air", text=Text("无线", "By air")))
COLUMNS = (
    Option(code="name", text=Text("名称", "Name"), type=ItemType.TEXT),
    Option(code="staff", text=Text("人数", "People"), type=ItemType.INTEGER),
    Option(code="link", text=Text("联网", "Link"), type=ItemType.SINGLE, choices=LINKS),
    Option(code="since", text=Text("启用", "Since"), type=ItemType.DATE),
    Option(code="own", text=Text("自有", "Own"), type=ItemType.YES_NO),
)
SITES = Item(code="sites", type=ItemType.TABLE, text=Text("场所", "Sites"), rows=ROWS, options=COLUMNS)
POSTED = {
    "sites__r1__name": ["总部"],
    "sites__r1__staff": ["约 1,200"],
    "sites__r1__link": ["air"],
    "sites__r2__since": ["2020年3月1日"],
    "sites__r2__own": ["yes"],
    "sites__r2__name": [""],
}
STORED = {"r1": {"name": "总部", "staff": 1200, "link": "air"}, "r2": {"since": "2020-03-01", "own": "yes"}}


def test_each_cell_is_read_as_a_question_of_its_kind() -> None:
    assert parse_item(SITES, POSTED).answers == {"sites": STORED}


def test_stored_table_is_posted_again_as_it_was_read() -> None:
    assert parse_item(SITES, to_raw(SITES, {"sites": STORED})).answers == {"sites": STORED}


@pytest.mark.parametrize(
    ("cell", "typed", "code"),
    [
        ("r1__staff", "many", "not_a_number"),
        ("r2__staff", "2.5", "not_whole"),
        ("r1__link", "cable", "not_offered"),
        ("r2__since", "soon", "date_form"),
        ("r1__name", "dont_know", "reserved_word"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_cell(cell: str, typed: str, code: str) -> None:
    (error,) = parse_item(SITES, {**POSTED, f"sites__{cell}": [typed]}).errors
    assert (error.code, error.place.code, error.place.field) == (code, "sites", f"sites__{cell}")


def test_every_unfit_cell_is_named() -> None:
    errors = parse_item(SITES, {"sites__r1__staff": ["x"], "sites__r2__staff": ["y"]}).errors
    assert [error.place.field for error in errors] == ["sites__r1__staff", "sites__r2__staff"]


def test_nothing_typed_is_no_answer() -> None:
    assert parse_item(SITES, {"sites__r1__name": [" "]}).answers == {}


def test_column_of_no_fitting_kind_takes_a_text() -> None:
    columns = (Option(code="a", text=Text("甲", "A")), Option(code="b", text=Text("乙", "B"), type=ItemType.FILE))
    table = Item(code="t", type=ItemType.TABLE, text=Text("表", "Table"), rows=ROWS[:1], options=columns)
    assert [cell.type for _row, _column, cell in cells_by_place(table)] == [ItemType.TEXT, ItemType.TEXT]


def test_variables_are_those_of_each_cell() -> None:
    found = kind_of(SITES).variables(kind_of(SITES), SITES)[:5]
    shown: list[tuple[Any, ...]] = [(one.name, one.kind.value, one.spss.value, len(one.codes)) for one in found]
    assert shown == [
        ("sites__r1__name", "text", "string", 0),
        ("sites__r1__staff", "number", "numeric", 0),
        ("sites__r1__link", "code", "string", 2),
        ("sites__r1__since", "date", "date", 0),
        ("sites__r1__own", "code", "string", 2),
    ]
    assert found[1].label.en == "Sites · One · People"


def test_columns_of_numbers_are_known_by_their_kind() -> None:
    assert [column.code for column in number_columns(SITES)] == ["staff"]
