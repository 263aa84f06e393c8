"""Which columns the extract should hold of an item, worked out from the answers without the code under test."""

from collections.abc import Callable, Iterator
from typing import Any

from survey.instrument.kinds.choices import rows_of
from survey.instrument.schema import Item
from survey.methods.coding import first_choice
from survey.terms import ItemType
from tests.any_condition import CELLS, NUMBER, usable

Columns = Iterator[tuple[str, Any]]


def none(item: Item, kept: dict[str, Any]) -> Columns:
    yield from ()


def one(item: Item, kept: dict[str, Any]) -> Columns:
    yield item.code, kept.get(item.code)


def several(item: Item, kept: dict[str, Any]) -> Columns:
    value = kept.get(item.code)
    for option in item.options:
        yield f"{item.code}__{option.code}", str(int(option.code in value)) if isinstance(value, list) else None


def ranked(item: Item, kept: dict[str, Any]) -> Columns:
    yield from several(item, kept)
    value = kept.get(item.code)
    yield first_choice(item.code), value[0] if isinstance(value, list) else None


def number(item: Item, kept: dict[str, Any]) -> Columns:
    value = kept.get(item.code)
    yield item.code, None if value is None or isinstance(value, str) else value


def cells(item: Item, kept: dict[str, Any]) -> Columns:
    value = usable(kept, item.code) or {}
    for row in rows_of(item):
        if item.type is ItemType.SHARES:
            yield f"{item.code}__{row.code}", value.get(row.code)
        else:
            for column in item.options:
                yield f"{item.code}__{row.code}__{column.code}", value.get(row.code, {}).get(column.code)


ANALYSED = frozenset({*NUMBER, ItemType.SINGLE, ItemType.YES_NO})


def cells_of_any(item: Item, kept: dict[str, Any]) -> Columns:
    value = usable(kept, item.code) or {}
    for row in rows_of(item):
        for column in item.options:
            if column.type in ANALYSED:
                yield f"{item.code}__{row.code}__{column.code}", value.get(row.code, {}).get(column.code)


COLUMNS: dict[ItemType, Callable[[Item, dict[str, Any]], Columns]] = {
    **dict.fromkeys((ItemType.SEVERITY, ItemType.YES_NO, ItemType.SINGLE), one),
    ItemType.MULTIPLE: several,
    ItemType.RANKING: ranked,
    **dict.fromkeys((*NUMBER, ItemType.CALCULATION), number),
    **dict.fromkeys(CELLS, cells),
    ItemType.TABLE: cells_of_any,
}
"""What the extract should hold of an item, by type."""
