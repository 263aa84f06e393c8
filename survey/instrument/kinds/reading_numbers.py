"""Numbers as people type them: full-width digits, grouped thousands, a sign, a point; never a decimal comma."""

import re
from collections.abc import Mapping
from typing import TypeVar

from survey.instrument.kinds.kind import Kind
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, short_text, shown
from survey.instrument.schema import Item

Place = TypeVar("Place")
# As many as a float holds of every decimal number.
MOST_DIGITS = 15
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
# The mark between groups must be the same throughout: 1,234'567 is a slip, not a number.
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([,' ])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]*)?")
_COMMA = re.compile(r"([+-]?[0-9]+),([0-9]+)")
_UNIT = re.compile(r"[+-]?[0-9][0-9,. ]*\s*[^\W\d_%].*|[^\W\d_].*[0-9]", re.DOTALL)
_DASHES = str.maketrans({"−": "-", "–": "-", "’": "'", "‘": "'"})
_NO_UNIT = "\0"


def one_number(kind: Kind, item: Item, raw: RawInput) -> int | float | None:
    """The number posted for an item: int for a whole number, float otherwise; None where nothing was posted."""
    return _number(kind, item, raw, item.code)


def numbers_at(kind: Kind, item: Item, raw: RawInput, fields: Mapping[Place, str]) -> dict[Place, float]:
    """The numbers by place. Raises one RefusedInput that carries those of every unfit cell."""
    numbers: dict[Place, float] = {}
    refused: list[RefusedInput] = []
    for place, name in fields.items():
        try:
            number = _number(kind, item, raw, name)
        except RefusedInput as refusal:
            refused.append(refusal)
        else:
            numbers |= {} if number is None else {place: number}
    if refused:
        refused[0].beside = tuple(refused[1:])
        raise refused[0]
    return numbers


def _number(kind: Kind, item: Item, raw: RawInput, name: str) -> int | float | None:
    text = short_text(raw, name).translate(_DASHES)
    text = text.removesuffix(kind.unit or _NO_UNIT).strip()
    if not text:
        return None
    plain = _plain(text, name, example="1250" if kind.is_whole or item.decimals == 0 else "12.5")
    if sum(character.isdigit() for character in plain.lstrip("+-0.")) > MOST_DIGITS:
        raise RefusedInput("number_too_large", field=name, value=shown(text))
    return _whole(plain, name) if kind.is_whole else _decimal(plain, item.decimals, name)


def _plain(text: str, name: str, example: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    if _GROUPED.fullmatch(text):
        return re.sub(r"[,' ]", "", text)
    # 12,5 may mean 12.5 or a group that lost a digit: asked instead of guessed, since the one is many times the other.
    if match := _COMMA.fullmatch(text):
        meant = f"{match[1]}.{match[2]}"
        raise RefusedInput("decimal_comma", field=name, value=shown(text), example=meant[:40])
    code = "number_with_unit" if _UNIT.fullmatch(text) else "not_a_number"
    raise RefusedInput(code, field=name, value=shown(text), example=example)


def _whole(plain: str, name: str) -> int:
    whole, _, decimals = plain.partition(".")
    if decimals.strip("0") or not whole.strip("+-"):
        raise RefusedInput("not_whole", field=name, value=shown(plain))
    return int(whole)


def _decimal(plain: str, decimals: int | None, name: str) -> float:
    places = plain.partition(".")[2].rstrip("0")
    if decimals is not None and len(places) > decimals:
        raise RefusedInput("too_many_decimals", field=name, value=shown(plain), limit=decimals)
    # + 0.0 makes -0.0 a plain 0.
    return float(plain) + 0.0
