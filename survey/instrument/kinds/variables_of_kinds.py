"""Which variables an item has: one value, one for each option, row or cell, or none."""

from survey.instrument.kinds.kind import Kind, Variables
from survey.instrument.kinds.variables import ItemVariable, ValueKind, chosen_variable, joined_wordings
from survey.instrument.schema import Item, Text


def no_variable(kind: Kind, item: Item) -> list[ItemVariable]:
    """A text to read leaves nothing."""
    return []


def coded(kind: Kind, item: Item) -> list[ItemVariable]:
    """The code of the answer."""
    codes = tuple((option.code, option.text) for option in kind.options_of(item))
    return [_one(kind, item.code, item.text, ValueKind.CODE, codes)]


def chosen_options(kind: Kind, item: Item) -> list[ItemVariable]:
    """For each option whether it was chosen, or named at any place."""
    return [
        # 0 and 1 for each option: a list of codes in one column is nothing that a statistical program can count.
        chosen_variable(f"{item.code}__{option.code}", joined_wordings(item.text, option.text))
        for option in kind.options_of(item)
    ]


def numbers_of_rows(kind: Kind, item: Item) -> list[ItemVariable]:
    """A number for each row."""
    rows = kind.rows_of(item)
    return [
        _one(kind, f"{item.code}__{row.code}", joined_wordings(item.text, row.text), ValueKind.NUMBER) for row in rows
    ]


def numbers_of_cells(kind: Kind, item: Item) -> list[ItemVariable]:
    """A number for each row and column."""
    return [
        _one(
            kind,
            f"{item.code}__{row.code}__{column.code}",
            joined_wordings(item.text, row.text, column.text),
            ValueKind.NUMBER,
        )
        for row in kind.rows_of(item)
        for column in item.options
    ]


def holding(values: ValueKind) -> Variables:
    """One variable with these values."""
    return lambda kind, item: [_one(kind, item.code, item.text, values)]


def _one(
    kind: Kind, name: str, label: Text, values: ValueKind, codes: tuple[tuple[str, Text], ...] = ()
) -> ItemVariable:
    return ItemVariable(name=name, label=label, kind=values, spss=kind.spss, measure=kind.measure, codes=codes)
