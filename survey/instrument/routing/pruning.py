"""Which stored answers of one item stay, given the options that it offers on the route."""

from collections.abc import Callable, Mapping
from typing import Any

from survey.instrument.expressions.values import MISSING_CODES
from survey.instrument.kinds.choices import options_of
from survey.instrument.schema import Item, Option
from survey.terms import ItemType

OTHER, ESTIMATED, MISSING = "__other", "__estimated", "__missing"
NUMBERS = frozenset(
    {ItemType.INTEGER, ItemType.DECIMAL, ItemType.PERCENTAGE, ItemType.MONEY, ItemType.SHARES, ItemType.NUMBER_TABLE}
)


def kept_answers(item: Item, options: tuple[Option, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The item's answer as far as it is offered, with its companions; nothing where no answer is left."""
    value = answers.get(item.code)
    if value is None:
        return {}
    value = _KEPT.get(item.type, _kept_whole)(item, frozenset(option.code for option in options), value)
    if value is None:
        return {}
    return {item.code: value, **_other(item, options, value, answers), **_estimated(item, value, answers)}


def chosen_codes(value: Any) -> tuple[str, ...]:
    """The codes of a stored choice: one, or those of a list."""
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list | tuple) else ()


def specify_chosen(options: tuple[Option, ...], value: Any) -> bool:
    """Whether an option that asks for a text is among the chosen ones."""
    codes = chosen_codes(value)
    return any(option.specify and option.code in codes for option in options)


def is_missing(value: Any) -> bool:
    """Whether a stored answer is a chosen non-answer."""
    return isinstance(value, str) and value in MISSING_CODES


def _kept_whole(item: Item, codes: frozenset[str], value: Any) -> Any:
    return value


def _kept_code(item: Item, codes: frozenset[str], value: Any) -> Any:
    offered = not options_of(item) or (isinstance(value, str) and value in codes)
    return value if offered or (is_missing(value) and value in item.missing) else None


def _kept_codes(item: Item, codes: frozenset[str], value: Any) -> Any:
    if not isinstance(value, list | tuple):
        return value if is_missing(value) and value in item.missing else None
    return [code for code in value if code in codes] or None


def _other(item: Item, options: tuple[Option, ...], value: Any, answers: Mapping[str, Any]) -> dict[str, Any]:
    text = answers.get(item.code + OTHER)
    return {item.code + OTHER: text} if text and specify_chosen(options, value) else {}


def _estimated(item: Item, value: Any, answers: Mapping[str, Any]) -> dict[str, Any]:
    marked = item.can_estimate and answers.get(item.code + ESTIMATED) is True
    return {item.code + ESTIMATED: True} if marked and item.type in NUMBERS and not is_missing(value) else {}


_KEPT: dict[ItemType, Callable[[Item, frozenset[str], Any], Any]] = {
    ItemType.SEVERITY: _kept_code,
    ItemType.YES_NO: _kept_code,
    ItemType.SINGLE: _kept_code,
    ItemType.INDUSTRY: _kept_code,
    ItemType.DISTRICT: _kept_code,
    ItemType.MULTIPLE: _kept_codes,
    ItemType.RANKING: _kept_codes,
    ItemType.NOTE: lambda item, codes, value: None,
}
