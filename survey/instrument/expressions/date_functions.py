"""Functions over dates and times, which are ISO texts; as numbers they count days from 1970-01-01."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta

from survey.instrument.expressions.values import Value, day_fraction, to_date, to_number, to_text

MIDNIGHT = "00:00:00"
DAYS_OF_A_WEEK, MONTHS_OF_A_YEAR = 7, 12
# Not strftime, whose names follow the locale of the server.
_SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DIRECTIVES: dict[str, Callable[[datetime], str]] = {
    "Y": lambda moment: f"{moment.year:04}",
    "y": lambda moment: f"{moment.year % 100:02}",
    "m": lambda moment: f"{moment.month:02}",
    "n": lambda moment: str(moment.month),
    "b": lambda moment: _SHORT_MONTHS[moment.month - 1],
    "d": lambda moment: f"{moment.day:02}",
    "e": lambda moment: str(moment.day),
    "a": lambda moment: _SHORT_DAYS[moment.weekday()],
    "H": lambda moment: f"{moment.hour:02}",
    "h": lambda moment: str(moment.hour),
    "M": lambda moment: f"{moment.minute:02}",
    "S": lambda moment: f"{moment.second:02}",
    "3": lambda moment: f"{moment.microsecond // 1000:03}",
}


def as_date(value: Value) -> Value:
    """The ISO date of a text or of a number of days, or nothing."""
    number = to_number(value)
    # A text that is no date may still be a number of days, as what another function gave.
    day = to_date(value if isinstance(value, str) and to_date(value) else number)
    return None if day is None else day.isoformat()


def as_moment(value: Value) -> Value:
    """The ISO date with the time of day where there is one, or nothing."""
    moment = _moment(value)
    if moment is None:
        return None
    # The ODK specification gives a date without a time where there is none; midnight counts as none.
    return moment.isoformat() if moment.isoformat()[11:] != MIDNIGHT else moment.date().isoformat()


def _whole_days(start: date, end: date) -> int:
    return (end - start).days


def _whole_months(start: date, end: date) -> int:
    """A month is over on the same day of the month, or at the end of a month that lacks it."""
    day = min(start.day, monthrange(end.year, end.month)[1])
    return (end.year - start.year) * MONTHS_OF_A_YEAR + end.month - start.month - (end.day < day)


def _difference(count: Callable[[date, date], int], size: int) -> Callable[[Value, Value], Value]:
    def difference(start: Value, end: Value) -> Value:
        """Whole units gone by from one day to another, negative where it lies before; nothing without both."""
        first, last = to_date(as_date(start)), to_date(as_date(end))
        if first is None or last is None:
            return None
        # Counted from the earlier to the later day and then given its sign: months are not alike long both ways.
        return float(count(first, last) // size if first <= last else -(count(last, first) // size))

    return difference


DIFFERENCES = {
    "days": _difference(_whole_days, 1),
    "weeks": _difference(_whole_days, DAYS_OF_A_WEEK),
    "months": _difference(_whole_months, 1),
    "years": _difference(_whole_months, MONTHS_OF_A_YEAR),
}
"""Unit -> whole units between two days, as the Community Health Toolkit and Luxon count them."""


def decimal_time(value: Value) -> Value:
    """The part of the day that has gone by at a time, from 0 to below 1, or nothing."""
    fraction = day_fraction(to_text(value))
    return None if fraction is None and to_date(value) is None else fraction or 0.0


def format_date(value: Value, pattern: Value) -> Value:
    """A date and time written by the directives of the ODK specification (%Y %y %m %n %b %d %e %a %H %h %M %S %3)."""
    moment = _moment(value)
    return None if moment is None else re.sub(r"%(.)", lambda match: _written(match, moment), to_text(pattern))


def _moment(value: Value) -> datetime | None:
    day, number = to_date(as_date(value)), to_number(value)
    if day is None or number is None:
        return None
    # The ODK specification counts milliseconds; what is beyond them is rounding of the fraction of a day.
    seconds = round(number % 1 * 86_400, 3)
    return datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)


def _written(match: re.Match[str], moment: datetime) -> str:
    directive = _DIRECTIVES.get(match[1])
    # A letter that is no directive stays with its sign, so that the author sees what was not understood.
    return directive(moment) if directive else match[0]
