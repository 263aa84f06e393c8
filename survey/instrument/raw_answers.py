"""From stored answers back to what a form posts, so that a form can be shown again: ``parse_item(to_raw(x)) == x``."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from survey.instrument.answers import has_missing_field
from survey.instrument.routing.pruning import ESTIMATED, MISSING, OTHER, is_missing
from survey.instrument.schema import Item, Page
from survey.terms import ItemType


def to_raw(item: Item, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the form of one item posted for its stored answer and companions; unanswered fields are absent."""
    value = answers.get(item.code)
    if value is None or item.type in (ItemType.CALCULATION, ItemType.NOTE):
        return {}
    if is_missing(value):
        return {item.code + MISSING if has_missing_field(item) else item.code: [value]}
    raw = _WRITERS.get(item.type, _one)(item.code, value)
    if other := answers.get(item.code + OTHER):
        raw[item.code + OTHER] = [other]
    if answers.get(item.code + ESTIMATED) is True:
        raw[item.code + ESTIMATED] = ["on"]
    return raw


def page_to_raw(page: Page, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """The same for every item of a page."""
    return {name: values for item in page.items for name, values in to_raw(item, answers).items()}


def number_text(value: float) -> str:
    """A number as a person types it: no exponent, no trailing zeros."""
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: float) -> str:
    """A number as a person reads it: its thousands grouped, no needless decimals."""
    text = f"{value:,.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return "0" if text == "-0" else text


def _one(name: str, value: Any) -> dict[str, list[str]]:
    return {name: [value if isinstance(value, str) else number_text(value)]}


def _several(name: str, codes: list[str]) -> dict[str, list[str]]:
    return {name: list(codes)}


def _ranked(name: str, codes: list[str]) -> dict[str, list[str]]:
    return {f"{name}__{place}": [code] for place, code in enumerate(codes, start=1)}


def _cells(name: str, cells: Mapping[str, float]) -> dict[str, list[str]]:
    return {f"{name}__{code}": [number_text(number)] for code, number in cells.items()}


def _table(name: str, rows: Mapping[str, Mapping[str, float]]) -> dict[str, list[str]]:
    return {field: value for row, cells in rows.items() for field, value in _cells(f"{name}__{row}", cells).items()}


_WRITERS: dict[ItemType, Callable[[str, Any], dict[str, list[str]]]] = {
    ItemType.MULTIPLE: _several,
    ItemType.RANKING: _ranked,
    ItemType.SHARES: _cells,
    ItemType.NUMBER_TABLE: _table,
}
