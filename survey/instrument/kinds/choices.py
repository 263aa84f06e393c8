"""The options, rows and labels of an item, of its own or of its kind."""

from survey.instrument.kinds.registry import KINDS, kind_of
from survey.instrument.schema import Item, Option, Text


def options_of(item: Item) -> tuple[Option, ...]:
    """The item's own options, or the standard ones of its kind."""
    return kind_of(item).options_of(item)


def rows_of(item: Item) -> tuple[Option, ...]:
    """The rows of shares or of a table; shares may list them as options."""
    return kind_of(item).rows_of(item)


def number_columns(item: Item) -> tuple[Option, ...]:
    """The columns of a table that hold numbers."""
    if kind_of(item).is_numeric:
        return item.options
    return tuple(column for column in item.options if column.type and KINDS[column.type].is_numeric)


def label_of(item: Item, code: str) -> Text:
    """The label of a code of an item, Missing codes included; the code itself where it has none."""
    return kind_of(item).label_of(item, code)
