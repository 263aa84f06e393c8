"""A table whose columns hold answers of any kind: texts, numbers, choices, days.

Each cell is read, kept and described as a question of the kind of its column would be.
"""

from collections.abc import Iterator
from typing import Any

from survey.instrument.kinds.date import DATE, YEAR_MONTH
from survey.instrument.kinds.kind import Columns, Kind
from survey.instrument.kinds.number import DECIMAL, INTEGER, MONEY, PERCENTAGE
from survey.instrument.kinds.number_grid import posted_by_cell
from survey.instrument.kinds.one_choice import SINGLE, YES_NO
from survey.instrument.kinds.raw_text import RawInput, RefusedInput
from survey.instrument.kinds.text import LONG_TEXT, TEXT
from survey.instrument.kinds.time_of_day import TIME
from survey.instrument.kinds.variables import ItemVariable, joined_wordings
from survey.instrument.schema import Item, Option
from survey.terms import ItemType

IN_CELLS = {
    kind.type: kind
    for kind in (TEXT, LONG_TEXT, INTEGER, DECIMAL, PERCENTAGE, MONEY, SINGLE, YES_NO, DATE, YEAR_MONTH, TIME)
}
"""The kinds that the column of a table may be of: those that are answered in one field."""


def cell_of(item: Item, row: Option, column: Option) -> Item:
    """A cell as the question that it is; a column without a kind, as drafts may have it, takes a text."""
    return Item(
        # Codes have no two underscores in a row, so that this name is that of no other item.
        code=f"{item.code}__{row.code}__{column.code}",
        # A draft is shown as it is while it is being made; lint keeps such a column from being published.
        type=column.type if column.type in IN_CELLS else ItemType.TEXT,
        text=joined_wordings(item.text, row.text, column.text),
        options=column.choices,
        unit=item.unit,
    )


def cells_by_place(item: Item) -> Iterator[tuple[Option, Option, Item]]:
    """Row, column and cell of a table, row by row."""
    for row in item.rows:
        for column in item.options:
            yield row, column, cell_of(item, row, column)


def answers_by_cell(kind: Kind, item: Item, raw: RawInput) -> dict[str, dict[str, Any]] | None:
    """The answers by row and column code; cells left empty are absent.

    Raises one RefusedInput that carries those of every unfit cell.
    """
    table: dict[str, dict[str, Any]] = {}
    refused: list[RefusedInput] = []
    for row, column, cell in cells_by_place(item):
        of_cell = IN_CELLS[cell.type]
        assert of_cell.read is not None
        try:
            value = of_cell.read(of_cell, cell, raw)
        except RefusedInput as refusal:
            refused.append(refusal)
            continue
        if value is not None:
            table.setdefault(row.code, {})[column.code] = value
    if refused:
        # All at once: a firm that is shown one unfit cell after the other sends the page as often.
        refused[0].beside = tuple(refused[1:])
        raise refused[0]
    return table or None


def variables_of_cells(kind: Kind, item: Item) -> list[ItemVariable]:
    """The variables of each cell, as a question of its kind would have them."""
    return [
        variable
        for _row, _column, cell in cells_by_place(item)
        for variable in IN_CELLS[cell.type].variables(IN_CELLS[cell.type], cell)
    ]


TABLE = Kind(
    type=ItemType.TABLE,
    read=answers_by_cell,
    post=posted_by_cell,
    variables=variables_of_cells,
    columns=Columns.MIXED,
    seconds=8,
    has_rows=True,
    has_columns=True,
)
