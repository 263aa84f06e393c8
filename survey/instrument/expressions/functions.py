"""The closed tables of operators and functions of the expression language.

A function receives values (see ``expression_values``). Unless its entry says ``takes_blank``, a blank argument makes
its value blank without calling it. Sources: the ODK XForms specification and XPath 1.0.
"""

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass

from survey.instrument.expressions import date_functions, list_functions, text_functions
from survey.instrument.expressions.patterns import PatternRefused, matches
from survey.instrument.expressions.values import Value, finite, is_equal, is_same_number, to_bool, to_number, to_text
from survey.terms import gettext_noop as _

ANY_NUMBER = 200


@dataclass(frozen=True, slots=True)
class Function:
    """What a function computes, how many arguments it takes, and how it is written."""

    apply: Callable[..., Value]
    fewest: int
    most: int
    usage: str
    takes_blank: bool = False


def _ordering(compare: Callable[[float, float], bool]) -> Callable[[Value, Value], bool]:
    def apply(left: Value, right: Value) -> bool:
        one, other = to_number(left), to_number(right)
        if one is None or other is None:
            return False
        # Equal up to rounding is equal: 0.1 + 0.2 <= 0.3 holds and 0.1 + 0.2 > 0.3 does not.
        return compare(one, one if is_same_number(one, other) else other)

    return apply


def _arithmetic(compute: Callable[[float, float], float]) -> Callable[..., Value]:
    def apply(left: Value, right: Value) -> Value:
        one, other = to_number(left), to_number(right)
        if one is None or other is None:
            return None
        try:
            return _real(compute(one, other))
        # No value, as for an operand that is missing: a rule must not end a page.
        except (ZeroDivisionError, OverflowError, ValueError):
            return None

    return apply


def _real(number: object) -> float | None:
    return finite(number) if isinstance(number, int | float) else None


OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "=": lambda left, right: is_equal(left, right) is True,
    # Not the denial of "=": with an operand that is unanswered neither of them holds.
    "!=": lambda left, right: is_equal(left, right) is False,
    "<": _ordering(operator.lt),
    "<=": _ordering(operator.le),
    ">": _ordering(operator.gt),
    ">=": _ordering(operator.ge),
    "+": _arithmetic(operator.add),
    "-": _arithmetic(operator.sub),
    "*": _arithmetic(operator.mul),
    "div": _arithmetic(operator.truediv),
    # XPath 1.0: the sign of the dividend, unlike Python's %.
    "mod": _arithmetic(math.fmod),
}


def _one_number(compute: Callable[[float], float]) -> Callable[[Value], Value]:
    def apply(value: Value) -> Value:
        number = to_number(value)
        try:
            return None if number is None else _real(compute(number))
        except (ValueError, OverflowError):
            return None

    return apply


def _round(value: Value, digits: Value = 0) -> Value:
    """Halves upward, as XPath 1.0 rounds: floor(x + 0.5)."""
    number, places = to_number(value), to_number(digits)
    # A float holds fifteen digits of a decimal number: beyond them there is nothing to round.
    if number is None or places is None or abs(places) > 15:
        return None
    scale = 10.0 ** int(places)
    scaled = finite(number * scale)
    # Python's round goes to the even neighbour, which XPath does not.
    return None if scaled is None else finite(math.floor(scaled + 0.5) / scale)


def _if(condition: Value, then: Value, otherwise: Value) -> Value:
    return then if to_bool(condition) else otherwise


def _regex(value: Value, pattern: Value) -> bool:
    """Whether the whole text matches, as in JavaRosa; never with a pattern that cannot be read."""
    try:
        return matches(to_text(pattern), to_text(value))
    except PatternRefused:
        return False


def _plain(function: Callable[..., Value], fewest: int, most: int, usage: str) -> Function:
    return Function(function, fewest, most, usage)


def _math(name: str, compute: Callable[[float], float]) -> dict[str, Function]:
    return {name: Function(_one_number(compute), 1, 1, f"{name}(number)")}


FUNCTIONS: dict[str, Function] = {
    "if": Function(_if, 3, 3, "if(condition, then, otherwise)", takes_blank=True),
    "not": Function(lambda value: not to_bool(value), 1, 1, "not(condition)", takes_blank=True),
    "true": Function(lambda: True, 0, 0, "true()"),
    "false": Function(lambda: False, 0, 0, "false()"),
    "boolean": Function(to_bool, 1, 1, "boolean(value)", takes_blank=True),
    "boolean-from-string": _plain(lambda value: to_text(value) in ("1", "true"), 1, 1, "boolean-from-string(text)"),
    "once": Function(lambda value: value, 1, 1, "once(value)", takes_blank=True),
    "number": Function(to_number, 1, 1, "number(value)"),
    # Toward zero, as JavaRosa does; floor() goes the other way below it.
    "int": Function(_one_number(math.trunc), 1, 1, "int(number)"),
    "round": Function(_round, 1, 2, "round(number, digits)"),
    "pow": Function(_arithmetic(math.pow), 2, 2, "pow(number, exponent)"),
    "atan2": Function(_arithmetic(math.atan2), 2, 2, "atan2(y, x)"),
    "pi": Function(lambda: math.pi, 0, 0, "pi()"),
    "regex": _plain(_regex, 2, 2, "regex(text, 'pattern')"),
    **_math("abs", math.fabs),
    **_math("sqrt", math.sqrt),
    **_math("exp", math.exp),
    **_math("exp10", lambda number: 10.0**number),
    **_math("log", math.log),
    **_math("log10", math.log10),
    **_math("ceiling", math.ceil),
    **_math("floor", math.floor),
    **_math("sin", math.sin),
    **_math("cos", math.cos),
    **_math("tan", math.tan),
    **_math("asin", math.asin),
    **_math("acos", math.acos),
    **_math("atan", math.atan),
    "selected": Function(list_functions.is_selected, 2, 2, "selected(${item}, 'code')", takes_blank=True),
    "selected-at": _plain(list_functions.selected_at, 2, 2, "selected-at(${item}, 0)"),
    "count-selected": Function(list_functions.count_selected, 1, 1, "count-selected(${item})", takes_blank=True),
    "coalesce": Function(list_functions.coalesce, 1, ANY_NUMBER, "coalesce(${item}, 0)", takes_blank=True),
    "sum": Function(list_functions.total, 1, ANY_NUMBER, "sum(${item}, ${item})", takes_blank=True),
    "min": Function(list_functions.smallest, 1, ANY_NUMBER, "min(${item}, ${item})", takes_blank=True),
    "max": Function(list_functions.largest, 1, ANY_NUMBER, "max(${item}, ${item})", takes_blank=True),
    "count": Function(list_functions.count, 1, ANY_NUMBER, "count(${item}, ${item})", takes_blank=True),
    "count-non-empty": Function(list_functions.count, 1, ANY_NUMBER, "count-non-empty(${item})", takes_blank=True),
    "checklist": Function(list_functions.checklist, 3, ANY_NUMBER, "checklist(min, max, ...)", takes_blank=True),
    "weighted-checklist": Function(
        list_functions.weighted_checklist,
        4,
        ANY_NUMBER,
        "weighted-checklist(min, max, value, weight)",
        takes_blank=True,
    ),
    "jr:choice-name": Function(lambda code, item: code, 2, 2, "jr:choice-name(${item}, '${item}')"),
    "string": Function(to_text, 1, 1, "string(value)"),
    "concat": Function(text_functions.concat, 1, ANY_NUMBER, "concat(text, text)", takes_blank=True),
    "join": Function(text_functions.join, 2, ANY_NUMBER, "join(', ', text, text)", takes_blank=True),
    "string-length": Function(lambda value: len(to_text(value)), 1, 1, "string-length(text)", takes_blank=True),
    "contains": _plain(lambda text, part: to_text(part) in to_text(text), 2, 2, "contains(text, part)"),
    "starts-with": _plain(lambda text, part: to_text(text).startswith(to_text(part)), 2, 2, "starts-with(text, part)"),
    "ends-with": _plain(lambda text, part: to_text(text).endswith(to_text(part)), 2, 2, "ends-with(text, part)"),
    "substring-before": _plain(text_functions.before, 2, 2, "substring-before(text, part)"),
    "substring-after": _plain(text_functions.after, 2, 2, "substring-after(text, part)"),
    "substr": _plain(text_functions.substr, 2, 3, "substr(text, start, end)"),
    "substring": _plain(text_functions.substring, 2, 3, "substring(text, first, length)"),
    "digest": _plain(text_functions.digest, 2, 3, "digest(text, 'SHA-256', 'hex')"),
    "base64-decode": _plain(text_functions.base64_decode, 1, 1, "base64-decode(text)"),
    "translate": Function(text_functions.translate, 3, 3, "translate(text, from, to)", takes_blank=True),
    "normalize-space": _plain(lambda text: " ".join(to_text(text).split()), 1, 1, "normalize-space(text)"),
    "upper-case": _plain(lambda text: to_text(text).upper(), 1, 1, "upper-case(text)"),
    "lower-case": _plain(lambda text: to_text(text).lower(), 1, 1, "lower-case(text)"),
    "date": _plain(date_functions.as_date, 1, 1, "date('2026-01-31')"),
    "date-time": _plain(date_functions.as_moment, 1, 1, "date-time('2026-01-31T09:30')"),
    "decimal-date-time": _plain(to_number, 1, 1, "decimal-date-time(date)"),
    "decimal-time": _plain(date_functions.decimal_time, 1, 1, "decimal-time('09:30')"),
    "format-date": _plain(date_functions.format_date, 2, 2, "format-date(date, '%Y-%m-%d')"),
    "format-date-time": _plain(date_functions.format_date, 2, 2, "format-date-time(date, '%Y-%m-%d %H:%M')"),
    **{
        f"difference-in-{unit}": _plain(difference, 2, 2, f"difference-in-{unit}(from, to)")
        for unit, difference in date_functions.DIFFERENCES.items()
    },
    "today": Function(lambda: None, 0, 0, "today()"),
    "now": Function(lambda: None, 0, 0, "now()"),
    "random": Function(lambda: None, 0, 0, "random()"),
    "uuid": Function(lambda *length: None, 0, 1, "uuid()"),
}
"""``if`` and those that take nothing or a name are evaluated in ``expressions.py``, which knows the scope."""

NOT_FOR_A_FORM_WITHOUT = {
    **dict.fromkeys(("area", "distance", "geofence", "enclosed-area"), _("a GPS position")),
    **dict.fromkeys(("position", "indexed-repeat", "once-repeat"), _("repeated groups")),
    **dict.fromkeys(
        ("pulldata", "instance", "current", "search"), _("a table beside the form, small enough to look up")
    ),
    "randomize": _("a list of nodes; choices are put in a drawn order by the parameter randomize=true"),
    **dict.fromkeys(("property", "version", "jr:itext", "jr:choice-names", "depend"), _("a device")),
    "extract-signed": _("secrets"),
}
"""Functions of the specification that are refused, with what they would need."""
