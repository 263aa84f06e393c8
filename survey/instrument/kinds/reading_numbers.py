"""Numbers as people type them: full-width digits, grouped thousands, a sign, a point or a full stop, "about", a unit.

A decimal comma is taken only where a group of thousands cannot be meant.
"""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from itertools import chain
from typing import TypeVar

from survey.instrument.kinds.kind import Kind
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, fit_to_show, short_text
from survey.instrument.kinds.units import ONE, without_unit
from survey.instrument.kinds.written_numbers import number_text
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
# The point of a Chinese keyboard: 12。5 cannot be two sentences.
_FULL_STOP = re.compile(r"(?<=[0-9])。(?=[0-9])")
_ABOUT = re.compile(
    r"(?:大约|大概|约莫|约为|约|approximately|approx\.?|about|around|circa|ca\.|[~≈])\s*", re.IGNORECASE
)
_OR_SO = re.compile(r"\s*(?:左右|上下|or so)", re.IGNORECASE)
FEWEST_GROUPED = 1000
"""The smallest number that a comma can group."""
EXAMPLES, DECIMAL_EXAMPLES = (1250, 60, 5, 1, 0, -5), (12.5, 2.5, 0.5, -2.5)
"""Numbers shown as examples; the first within the limits of an item is."""


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


def says_about(text: str) -> bool:
    """Whether a number was typed as one that is only about right."""
    return _without_about(unicodedata.normalize("NFKC", text).strip())[1]


def _without_about(text: str) -> tuple[str, bool]:
    before = _ABOUT.match(text)
    rest = text[before.end() :] if before else text
    after = next((found for found in _OR_SO.finditer(rest) if found.end() == len(rest)), None)
    return (rest[: after.start()] if after else rest), bool(before or after)


def _number(kind: Kind, item: Item, raw: RawInput, name: str) -> int | float | None:
    text = _FULL_STOP.sub(".", short_text(raw, name).translate(_DASHES))
    if not text:
        return None
    bare, factor = without_unit(kind, item, _without_about(text)[0])
    # 500人左右 as well as 500左右人, as they are said.
    plain = _plain(_without_about(bare)[0], text, name, kind, item)
    if factor != ONE:
        # In decimals: binary fractions would leave digits that nobody typed.
        plain = number_text(float(Decimal(plain) * factor))
    if sum(character.isdigit() for character in plain.lstrip("+-0.")) > MOST_DIGITS:
        raise RefusedInput("number_too_large", field=name, value=fit_to_show(text))
    return _whole(plain, name) if kind.is_whole else _decimal(plain, item.decimals, name)


def _plain(text: str, typed: str, name: str, kind: Kind, item: Item) -> str:
    if _PLAIN.fullmatch(text):
        return text
    if _GROUPED.fullmatch(text):
        return re.sub(r"[,' ]", "", text)
    if match := _COMMA.fullmatch(text):
        meant = f"{match[1]}.{match[2]}"
        # No thousands are possible, so that the comma can only be meant as the point.
        if _highest(kind, item) < FEWEST_GROUPED:
            return meant
        # 12,5 may mean 12.5 or a group that lost a digit: asked instead of guessed, since the one is many times the
        # other.
        raise RefusedInput("decimal_comma", field=name, value=fit_to_show(typed), example=meant[:40])
    code = "number_with_unit" if _UNIT.fullmatch(text) else "not_a_number"
    raise RefusedInput(code, field=name, value=fit_to_show(typed), example=example_of(kind, item))


def _lowest(kind: Kind, item: Item) -> float:
    lowest = kind.bounds[0] if item.minimum is None else item.minimum
    return float("-inf") if lowest is None else lowest


def _highest(kind: Kind, item: Item) -> float:
    highest = kind.bounds[1] if item.maximum is None else item.maximum
    return float("inf") if highest is None else highest


def example_of(kind: Kind, item: Item) -> str:
    """A number as the item wants it: whole or with a decimal, and within its limits."""
    whole = kind.is_whole or item.decimals == 0
    lowest, highest = _lowest(kind, item), _highest(kind, item)
    fitting = (number for number in (EXAMPLES if whole else DECIMAL_EXAMPLES) if lowest <= number <= highest)
    # No usual number fits between narrow limits, which are fit themselves.
    limits = (limit for limit in (highest, lowest) if abs(limit) < float("inf"))
    return number_text(next(chain(fitting, limits), EXAMPLES[0]))


def _whole(plain: str, name: str) -> int:
    whole, _, decimals = plain.partition(".")
    if decimals.strip("0") or not whole.strip("+-"):
        raise RefusedInput("not_whole", field=name, value=fit_to_show(plain))
    return int(whole)


def _decimal(plain: str, decimals: int | None, name: str) -> float:
    places = plain.partition(".")[2].rstrip("0")
    if decimals == 0 and places:
        raise RefusedInput("not_whole", field=name, value=fit_to_show(plain))
    if decimals is not None and len(places) > decimals:
        raise RefusedInput("too_many_decimals", field=name, value=fit_to_show(plain), limit=decimals)
    # + 0.0 makes -0.0 a plain 0.
    return float(plain) + 0.0
