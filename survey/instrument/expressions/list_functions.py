"""Functions over several values or over the chosen codes of one item; blank values are passed over."""

from survey.instrument.expressions.values import (
    Value,
    count_answered,
    is_blank,
    numbers_in,
    to_bool,
    to_number,
    to_text,
)
from survey.terms import Missing


def codes_of(value: Value) -> tuple[str, ...]:
    """The chosen codes: of a list, of a text with spaces between them, or the one Missing code."""
    if isinstance(value, Missing):
        return (value.value,)
    return value if isinstance(value, tuple) else tuple(to_text(value).split())


def is_selected(value: Value, code: Value) -> bool:
    """Whether the code is among the chosen ones."""
    return to_text(code) in codes_of(value)


def selected_at(value: Value, index: Value) -> Value:
    """The chosen code at a place counted from 0, or nothing."""
    codes, place = codes_of(value), to_number(index)
    # Beyond the list XPath has an empty text; here that is no answer.
    return codes[int(place)] if place is not None and 0 <= place < len(codes) else None


def count_selected(value: Value) -> int:
    """How many codes are chosen; a Missing code is none."""
    return 0 if is_blank(value) else len(codes_of(value))


def coalesce(*values: Value) -> Value:
    """The first answered value."""
    return next((value for value in values if not is_blank(value)), None)


def total(*values: Value) -> float | None:
    """The sum of the answered numbers, or nothing where there is none."""
    numbers = numbers_in(values)
    return to_number(sum(numbers)) if numbers else None


def smallest(*values: Value) -> float | None:
    """The smallest answered number, or nothing where there is none."""
    return min(numbers_in(values), default=None)


def largest(*values: Value) -> float | None:
    """The largest answered number, or nothing where there is none."""
    return max(numbers_in(values), default=None)


def count(*values: Value) -> int:
    """How many values are answered."""
    return count_answered(values)


def _is_within(number: float, low: Value, high: Value) -> bool:
    lowest, highest = to_number(low), to_number(high)
    return (lowest is None or lowest < 0 or number >= lowest) and (highest is None or highest < 0 or number <= highest)


def checklist(low: Value, high: Value, *conditions: Value) -> bool:
    """Whether the number of conditions that hold lies between two bounds; -1 is no bound."""
    return _is_within(sum(to_bool(condition) for condition in conditions), low, high)


def weighted_checklist(low: Value, high: Value, *pairs: Value) -> bool:
    """The same with a weight behind each condition."""
    # A last condition without a weight behind it counts nothing.
    weighed = zip(pairs[::2], pairs[1::2], strict=False)
    return _is_within(sum(to_number(weight) or 0.0 for condition, weight in weighed if to_bool(condition)), low, high)
