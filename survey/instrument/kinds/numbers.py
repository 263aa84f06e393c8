"""Numbers as people type them: full-width digits, grouped thousands, a sign, a point; never a decimal comma."""

import re
from collections.abc import Mapping
from itertools import product
from typing import TypeVar

from survey.instrument.kinds.choices import options_of, rows_of
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, short_text, shown
from survey.instrument.schema import Item
from survey.terms import ItemType

Place = TypeVar("Place")
MOST_DIGITS = 15
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([,' ])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]*)?")
_COMMA = re.compile(r"([+-]?[0-9]+),([0-9]+)")
_UNIT = re.compile(r"[+-]?[0-9][0-9,. ]*\s*[^\W\d_%].*|[^\W\d_].*[0-9]", re.DOTALL)
_DASHES = str.maketrans({"−": "-", "–": "-", "’": "'", "‘": "'"})
_WITH_SIGN = {ItemType.PERCENTAGE: "%", ItemType.SHARES: "%"}


def number_answer(item: Item, raw: RawInput) -> int | float | None:
    """The number posted for an item: int for a whole number, float otherwise; None where nothing was posted."""
    return _number(item, raw, item.code)


def shares_answer(item: Item, raw: RawInput) -> dict[str, float] | None:
    """The shares by row code; rows left empty are absent. Their total is judged by ``edit_rules``."""
    return _cells(item, raw, {row.code: f"{item.code}__{row.code}" for row in rows_of(item)}) or None


def table_answer(item: Item, raw: RawInput) -> dict[str, dict[str, float]] | None:
    """The numbers by row and column code; cells left empty are absent."""
    places = product((row.code for row in rows_of(item)), (column.code for column in options_of(item)))
    numbers = _cells(item, raw, {place: f"{item.code}__{'__'.join(place)}" for place in places})
    table: dict[str, dict[str, float]] = {}
    for (row, column), number in numbers.items():
        table.setdefault(row, {})[column] = number
    return table or None


def _cells(item: Item, raw: RawInput, fields: Mapping[Place, str]) -> dict[Place, float]:
    """The numbers by place. Raises one RefusedInput that carries those of every unfit cell."""
    numbers: dict[Place, float] = {}
    refused: list[RefusedInput] = []
    for place, name in fields.items():
        try:
            number = _number(item, raw, name)
        except RefusedInput as refusal:
            refused.append(refusal)
        else:
            numbers |= {} if number is None else {place: number}
    if refused:
        refused[0].beside = tuple(refused[1:])
        raise refused[0]
    return numbers


def _number(item: Item, raw: RawInput, name: str) -> int | float | None:
    text = short_text(raw, name).translate(_DASHES)
    text = text.removesuffix(_WITH_SIGN.get(item.type, "\0")).strip()
    if not text:
        return None
    plain = _plain(text, name, example="1250" if takes_whole_numbers(item) else "12.5")
    if sum(character.isdigit() for character in plain.lstrip("+-0.")) > MOST_DIGITS:
        raise RefusedInput("number_too_large", field=name, value=shown(text))
    return _whole(plain, name) if item.type is ItemType.INTEGER else _decimal(plain, item.decimals, name)


def takes_whole_numbers(item: Item) -> bool:
    """Whether an item takes no decimals."""
    return item.type is ItemType.INTEGER or item.decimals == 0


def _plain(text: str, name: str, example: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    if _GROUPED.fullmatch(text):
        return re.sub(r"[,' ]", "", text)
    if match := _COMMA.fullmatch(text):
        meant = f"{match[1]}.{match[2]}"
        raise RefusedInput("decimal_comma", field=name, value=shown(text), parameters={"example": meant[:40]})
    code = "number_with_unit" if _UNIT.fullmatch(text) else "not_a_number"
    raise RefusedInput(code, field=name, value=shown(text), parameters={"example": example})


def _whole(plain: str, name: str) -> int:
    whole, _, decimals = plain.partition(".")
    if decimals.strip("0") or not whole.strip("+-"):
        raise RefusedInput("not_whole", field=name, value=shown(plain))
    return int(whole)


def _decimal(plain: str, decimals: int | None, name: str) -> float:
    places = plain.partition(".")[2].rstrip("0")
    if decimals is not None and len(places) > decimals:
        raise RefusedInput("too_many_decimals", field=name, value=shown(plain), parameters={"limit": decimals})
    return float(plain) + 0.0
