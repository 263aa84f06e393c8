"""Several numbers in one answer: shares that add to 100, and small tables."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from survey.instrument.kinds.kind import Columns, Kind, in_one_field
from survey.instrument.kinds.number import PER_CENT, SHARE_OF_A_WHOLE
from survey.instrument.kinds.raw_text import RawInput
from survey.instrument.kinds.reading_numbers import numbers_at
from survey.instrument.kinds.variables import Measure, SpssType
from survey.instrument.kinds.variables_of_kinds import numbers_of_cells, numbers_of_rows
from survey.instrument.schema import Item
from survey.terms import ItemType


def numbers_by_row(kind: Kind, item: Item, raw: RawInput) -> dict[str, float] | None:
    """The numbers by row code; rows left empty are absent. Their total is judged by ``edit_rules``."""
    fields = {row.code: f"{item.code}__{row.code}" for row in kind.rows_of(item)}
    # None and not {}: an answer without a number is no answer, and must not count as one.
    return numbers_at(kind, item, raw, fields) or None


def numbers_by_cell(kind: Kind, item: Item, raw: RawInput) -> dict[str, dict[str, float]] | None:
    """The numbers by row and column code; cells left empty are absent."""
    places = product((row.code for row in kind.rows_of(item)), (column.code for column in item.options))
    numbers = numbers_at(kind, item, raw, {place: f"{item.code}__{'__'.join(place)}" for place in places})
    table: dict[str, dict[str, float]] = {}
    for (row, column), number in numbers.items():
        # Nested as it is asked, so that an answer reads by itself in the document and in exports.
        table.setdefault(row, {})[column] = number
    return table or None


def posted_by_row(name: str, cells: Mapping[str, Any]) -> dict[str, list[str]]:
    """Each answer under the field of its row."""
    return {
        field: value
        for code, answer in cells.items()
        for field, value in in_one_field(f"{name}__{code}", answer).items()
    }


def posted_by_cell(name: str, rows: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """Each answer under the field of its row and column."""
    return {
        field: value for row, cells in rows.items() for field, value in posted_by_row(f"{name}__{row}", cells).items()
    }


SHARES = Kind(
    type=ItemType.SHARES,
    read=numbers_by_row,
    post=posted_by_row,
    variables=numbers_of_rows,
    columns=Columns.ROWS,
    measure=Measure.SCALE,
    spss=SpssType.NUMERIC,
    seconds=8,
    unit=PER_CENT,
    bounds=SHARE_OF_A_WHOLE,
    total=100.0,
    is_numeric=True,
    has_rows=True,
)
NUMBER_TABLE = Kind(
    type=ItemType.NUMBER_TABLE,
    read=numbers_by_cell,
    post=posted_by_cell,
    variables=numbers_of_cells,
    columns=Columns.CELLS,
    measure=Measure.SCALE,
    spss=SpssType.NUMERIC,
    seconds=8,
    is_numeric=True,
    has_rows=True,
    has_columns=True,
)
