"""Values inside an expression and the one rule for unanswered operands (see ``expressions.py``)."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from survey.terms import Missing

Value: TypeAlias = Any
"""None, bool, int, float, str, Missing, a tuple of codes, or a mapping of cells."""

MISSING_CODES = frozenset(member.value for member in Missing)
EPOCH = date(1970, 1, 1).toordinal()
# Room for some hundred roundings of 1.1e-16 each.
SAME = 1e-13
# Not float() alone, which also takes 1_000, inf and nan.
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_CLOCK = r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?(?:Z|[+-]\d{2}(?::?\d{2})?)?"
_DATE = re.compile(rf"(\d{{4}})-(\d{{2}})(?:-(\d{{2}}))?(?:[T ]{_CLOCK})?")
_TIME = re.compile(rf"(?:\d{{4}}-\d{{2}}-\d{{2}}[T ])?{_CLOCK}")


def from_answer(stored: Any) -> Value:
    """A stored answer as a value: Missing codes become members of Missing, lists become tuples, "" is None."""
    if isinstance(stored, str):
        # Free texts cannot be mistaken for them: these words are refused when they are typed (`reserved_word`).
        return Missing(stored) if stored in MISSING_CODES else stored or None
    return tuple(stored) if isinstance(stored, list) else stored


def is_blank(value: Value) -> bool:
    """Whether nothing usable is there: absent, empty, or a Missing code."""
    return value is None or isinstance(value, Missing) or (not value and isinstance(value, str | Sequence | Mapping))


def to_number(value: Value) -> float | None:
    """The finite number that a value stands for, None where there is none.

    Dates count days from 1970-01-01, times of day are parts of a day.
    """
    if is_blank(value) or (isinstance(value, Sequence | Mapping) and not isinstance(value, str)):
        return None
    if isinstance(value, str):
        return _number_in(value.strip())
    return finite(value)


def finite(value: float) -> float | None:
    """The number as a float, or None where it is infinite, undefined or beyond floats."""
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _number_in(text: str) -> float | None:
    if _NUMBER.fullmatch(text):
        return finite(float(text))
    day, fraction = to_date(text), day_fraction(text)
    # Days from the epoch as in the ODK specification, so that dates can be subtracted.
    return fraction if day is None else float(day.toordinal() - EPOCH) + (fraction or 0.0)


def day_fraction(text: str) -> float | None:
    """The part of the day that a time, alone or behind a date, stands for; its time zone is passed over."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    return (int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3] or 0)) / 86_400


def to_date(value: Value) -> date | None:
    """The day of an ISO date, of the first of an ISO month, or of a number of days from 1970-01-01."""
    try:
        if isinstance(value, str) and (match := _DATE.fullmatch(value)):
            # A month alone stands for its first day, so that months compare with days.
            return date(int(match[1]), int(match[2]), int(match[3] or 1))
        number = None if isinstance(value, str) else to_number(value)
        return None if number is None else date.fromordinal(math.floor(number) + EPOCH)
    except (ValueError, OverflowError):
        return None


def to_text(value: Value) -> str:
    """The text of a value: nothing for a blank one, codes joined by spaces, whole numbers without a point."""
    if is_blank(value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    # Larger floats lie more than 1 apart: written out, their last digits would claim what they do not hold.
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    if isinstance(value, Mapping):
        return " ".join(to_text(part) for part in value.values())
    # Codes joined by spaces are how XForms stores a multiple choice.
    return " ".join(value) if isinstance(value, tuple) else str(value)


def to_bool(value: Value) -> bool:
    """Whether a condition holds: a blank value and zero do not, any other does."""
    return not is_blank(value) and bool(value)


def is_same_number(one: float, other: float) -> bool:
    """Whether numbers differ by no more than binary fractions lose (0.1 + 0.2 is 0.3); whole ones must be equal."""
    # A tolerance between whole numbers would make 10^15 equal to 10^15 + 1.
    if one == other or (one.is_integer() and other.is_integer()):
        return one == other
    return math.isclose(one, other, rel_tol=SAME)


def is_equal(left: Value, right: Value) -> bool | None:
    """Whether two values are equal; None where a blank operand leaves it open."""
    # In the order of the rules: who asks for absence (5) or for a Missing code (6) goes before what leaves it open (1).
    if _is_empty_text(left) or _is_empty_text(right):
        return is_blank(left) and is_blank(right)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Missing) and _is_missing_code(other):
            return one.value == str(other)
    if is_blank(left) or is_blank(right):
        return None
    if _is_missing_code(left) or _is_missing_code(right):
        return to_text(left) == to_text(right)
    if isinstance(left, bool) or isinstance(right, bool):
        return to_bool(left) == to_bool(right)
    if isinstance(left, int | float) or isinstance(right, int | float):
        one, other = to_number(left), to_number(right)
        return one is not None and other is not None and is_same_number(one, other)
    return to_text(left) == to_text(right)


def _is_empty_text(value: Value) -> bool:
    return isinstance(value, str) and not isinstance(value, Missing) and value == ""


def _is_missing_code(value: Value) -> bool:
    return isinstance(value, str) and not isinstance(value, Missing) and value in MISSING_CODES


def numbers_in(values: Sequence[Value]) -> list[float]:
    """The numbers of values, of the cells of mappings and of lists; blank ones are left out."""
    found: list[float] = []
    for value in values:
        if isinstance(value, Mapping):
            found += numbers_in(tuple(value.values()))
        elif isinstance(value, tuple):
            found += numbers_in(value)
        elif (number := to_number(value)) is not None:
            found.append(number)
    return found


def count_answered(values: Sequence[Value]) -> int:
    """How many values are answered, each cell of a mapping and each chosen code by itself."""
    return sum(
        count_answered(tuple(value.values()) if isinstance(value, Mapping) else value)
        if isinstance(value, Mapping | tuple)
        else not is_blank(value)
        for value in values
    )
