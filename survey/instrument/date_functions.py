"""Functions over dates, which are ISO texts; as numbers they count days from 1970-01-01."""

import re
from collections.abc import Callable
from datetime import date

from survey.instrument.expression_values import Value, to_date, to_number, to_text

_SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DIRECTIVES: dict[str, Callable[[date], str]] = {
    "Y": lambda day: f"{day.year:04}",
    "y": lambda day: f"{day.year % 100:02}",
    "m": lambda day: f"{day.month:02}",
    "n": lambda day: str(day.month),
    "b": lambda day: _SHORT_MONTHS[day.month - 1],
    "d": lambda day: f"{day.day:02}",
    "e": lambda day: str(day.day),
    "a": lambda day: _SHORT_DAYS[day.weekday()],
    "H": lambda day: "00",
    "h": lambda day: "0",
    "M": lambda day: "00",
    "S": lambda day: "00",
    "3": lambda day: "000",
}


def as_date(value: Value) -> Value:
    """The ISO date of a text or of a number of days, or nothing."""
    number = to_number(value)
    day = to_date(value if isinstance(value, str) and to_date(value) else number)
    return None if day is None else day.isoformat()


def format_date(value: Value, pattern: Value) -> Value:
    """A date written by the directives of the ODK specification (%Y %y %m %n %b %d %e %a)."""
    iso = as_date(value)
    day = to_date(iso)
    if day is None:
        return None
    return re.sub(r"%(.)", lambda match: _written(match, day), to_text(pattern))


def _written(match: re.Match[str], day: date) -> str:
    directive = _DIRECTIVES.get(match[1])
    return directive(day) if directive else match[0]
