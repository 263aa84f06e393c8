"""Which stored answers of one item stay, given the options that it offers on the route."""

from collections.abc import Mapping
from typing import Any

from survey.instrument.kinds.missing import is_missing
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item, Option

OTHER, ESTIMATED, MISSING, UNREAD, NAME = "__other", "__estimated", "__missing", "__raw", "__name"


def kept_answers(item: Item, options: tuple[Option, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The item's answer as far as it is offered, with its companions; nothing where no answer is left."""
    value, kind = answers.get(item.code), kind_of(item)
    if value is None:
        return {}
    value = kind.keep(kind, item, frozenset(option.code for option in options), value)
    if value is None:
        return {}
    companions = {**_estimated(item, value, answers), **_name(item, value, answers)}
    return {item.code: value, **_other(item, options, value, answers), **companions}


def chosen_codes(value: Any) -> tuple[str, ...]:
    """The codes of a stored choice: one, or those of a list."""
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list | tuple) else ()


def specify_chosen(options: tuple[Option, ...], value: Any) -> bool:
    """Whether an option that asks for a text is among the chosen ones."""
    codes = chosen_codes(value)
    return any(option.specify and option.code in codes for option in options)


def _other(item: Item, options: tuple[Option, ...], value: Any, answers: Mapping[str, Any]) -> dict[str, Any]:
    # Kept after another option was chosen, the text would pass for an answer to that one.
    text = answers.get(item.code + OTHER)
    return {item.code + OTHER: text} if text and specify_chosen(options, value) else {}


def _estimated(item: Item, value: Any, answers: Mapping[str, Any]) -> dict[str, Any]:
    marked = item.can_estimate and answers.get(item.code + ESTIMATED) is True
    return {item.code + ESTIMATED: True} if marked and kind_of(item).is_numeric and not is_missing(value) else {}


def _name(item: Item, value: Any, answers: Mapping[str, Any]) -> dict[str, Any]:
    name = answers.get(item.code + NAME)
    return {item.code + NAME: name} if name and kind_of(item).is_file and not is_missing(value) else {}
