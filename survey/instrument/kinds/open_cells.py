"""Columns of a table that must be filled in: how they are marked, and their cells that are still open."""

from collections.abc import Mapping
from typing import Any

from survey.instrument.kinds.choices import rows_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item, Option, Text, combined

REQUIRED = Text("（必填）", "(required)")
REQUIRED_WHERE_BEGUN = Text("（填写该行时必填）", "(required in each row that you fill in)")


def marked_column(item: Item, column: Option) -> Text:
    """The words of a column, with a mark where its cells may not be left open."""
    if not column.required:
        return column.text
    mark = REQUIRED if item.required else REQUIRED_WHERE_BEGUN
    wordings = column.text.to_dict().items()
    return Text.from_dict({language: f"{said} {mark.of(language)}" if said else "" for language, said in wordings})


def open_cells(
    item: Item, columns: tuple[Option, ...], value: Any, *, is_required: bool
) -> tuple[tuple[Option, Option], ...]:
    """Row and column of each open cell of a required column, row by row; none of an item that is no table.

    ``columns`` are those offered. Where the item is required now that is every row; where it never is, a row that was
    begun; where its condition does not hold, none.
    """
    if not kind_of(item).has_columns or not isinstance(value, Mapping):
        return ()
    rows = [row for row in rows_of(item) if is_required or (not item.required and value.get(row.code))]
    return tuple(
        (row, column)
        for row in rows
        for column in columns
        if column.required and column.code not in value.get(row.code, {})
    )


def names_of_cells(item: Item, cells: tuple[tuple[Option, Option], ...]) -> tuple[str, ...]:
    """The names that the cells are posted under."""
    return tuple(f"{item.code}__{row.code}__{column.code}" for row, column in cells)


def named_cells(cells: tuple[tuple[Option, Option], ...]) -> Text:
    """The cells with row and column, in each language."""
    places = [combined("{} – {}".format, row.text, column.text) for row, column in cells]
    languages = dict.fromkeys(language for place in places for language in place.to_dict())
    return Text.from_dict({language: _listed(places, language) for language in languages})


def _listed(places: list[Text], language: str) -> str:
    return ("；" if language.startswith("zh") else "; ").join(place.of(language) for place in places)
