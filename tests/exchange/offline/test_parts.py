"""The rows below a question: one for each of its fields, named as they are posted."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.utils.translation import override

from survey.exchange.offline.form_row import TICK, FormWording, OfflineRow, RowKind
from survey.exchange.offline.parts import by_label, cells_of_any, no_parts, ranks, rows_of_shares, rows_of_table, ticks
from survey.instrument.routing.piping import Piping
from survey.instrument.schema import Item, Option, Text
from survey.terms import ItemType, Missing
from tests.every_type import EVERY_TYPE

TWO = (Option(code="a", text=Text("甲", "One")), Option(code="b", text=Text("乙", "Two")))
WORDS = FormWording(language="en", piping=Piping(questionnaire=EVERY_TYPE, answers={}, facts={}), look_ups={})


def item(type_: ItemType, **more: object) -> Item:
    return Item(code="q", type=type_, text=Text("问", "Ask"), **more)  # type: ignore[arg-type]


def rows(make: Callable[[Item, FormWording], Iterator[OfflineRow]], asked: Item) -> list[tuple[str, str, str]]:
    """Name, wording and field of each row."""
    with override("en"):
        found = list(make(asked, WORDS))
    assert {row.kind for row in found} <= {RowKind.PART}
    return [(row.name, row.text, row.field) for row in found]


def test_question_of_one_field_has_no_rows_below() -> None:
    assert rows(no_parts, item(ItemType.TEXT)) == []


def test_every_option_and_non_answer_is_ticked_in_a_row_of_its_own() -> None:
    asked = item(ItemType.MULTIPLE, options=TWO, missing=(Missing.DONT_KNOW,))
    assert rows(ticks, asked) == [
        ("tick:q:a", "One", "q"),
        ("tick:q:b", "Two", "q"),
        ("tick:q:dont_know", "Don't know", "q"),
    ]
    assert next((row.tick, row.choices) for row in ticks(asked, WORDS)) == ("a", {TICK: "a"})


def test_places_of_a_ranking_are_as_many_as_may_be_chosen() -> None:
    asked = item(ItemType.RANKING, options=(*TWO, Option(code="c", text=Text("丙", "Three"))), max_choices=2)
    assert rows(ranks, asked) == [("field:q__1", "Choice 1", "q__1"), ("field:q__2", "Choice 2", "q__2")]
    assert {tuple(row.choices.items()) for row in ranks(asked, WORDS)} == {(("One", "a"), ("Two", "b"), ("Three", "c"))}


def test_rows_of_shares_and_cells_of_a_table_are_typed() -> None:
    asked = item(ItemType.SHARES, rows=TWO)
    assert rows(rows_of_shares, asked) == [("field:q__a", "One", "q__a"), ("field:q__b", "Two", "q__b")]
    grid = item(ItemType.NUMBER_TABLE, rows=TWO[:1], options=TWO)
    assert rows(rows_of_table, grid) == [
        ("field:q__a__a", "One, One", "q__a__a"),
        ("field:q__a__b", "One, Two", "q__a__b"),
    ]
    assert all(row.is_typed for row in (*rows_of_shares(asked, WORDS), *rows_of_table(grid, WORDS)))


@pytest.mark.parametrize(
    ("pairs", "labels"),
    [
        ([("a", "One"), ("b", "Two")], {"One": "a", "Two": "b"}),
        ([("a", "Same"), ("b", " Same "), ("c", "Else")], {"Same [a]": "a", "Same [b]": "b", "Else": "c"}),
        ([("a", "In\n two  lines")], {"In two lines": "a"}),
    ],
)
def test_options_of_one_wording_are_told_apart_by_their_codes(
    pairs: list[tuple[str, str]], labels: dict[str, str]
) -> None:
    assert by_label(pairs) == labels


def test_cell_of_a_table_of_any_answers_is_chosen_or_typed_as_its_kind_is() -> None:
    columns = (
        Option(code="n", text=Text("名", "Name"), type=ItemType.TEXT),
        Option(code="d", text=Text("日", "Day"), type=ItemType.DATE),
        Option(code="c", text=Text("选", "Choice"), type=ItemType.SINGLE, choices=TWO),
    )
    with override("en"):
        found = list(cells_of_any(item(ItemType.TABLE, rows=TWO[:1], options=columns), WORDS))
    assert [
        (row.text, row.field, row.item and row.item.type, row.guide, row.choices, row.is_typed) for row in found
    ] == [
        ("One, Name", "q__a__n", ItemType.TEXT, "", {}, True),
        ("One, Day", "q__a__d", ItemType.DATE, "For example 2026-03-31", {}, True),
        ("One, Choice", "q__a__c", ItemType.SINGLE, "", {"One": "a", "Two": "b"}, False),
    ]


@pytest.mark.parametrize("make", [rows_of_table, cells_of_any])
def test_cell_of_a_required_column_is_marked(make: Callable[[Item, FormWording], Iterator[OfflineRow]]) -> None:
    columns = (replace(TWO[0], required=True), TWO[1])
    found = rows(make, item(ItemType.TABLE, rows=TWO[:1], options=columns, required="true()"))
    assert [text for _name, text, _field in found] == ["One, One (required)", "One, Two"]
