"""Dates and months, typed with hyphens, slashes, points or the Chinese characters, stored as ISO texts."""

import re
from datetime import date

from survey.instrument.kinds.raw_text import RawInput, RefusedInput, short_text
from survey.instrument.schema import Item

_DATE = re.compile(r"([0-9]{4})[-/.年] ?([0-9]{1,2})[-/.月] ?([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})[-/.年] ?([0-9]{1,2})月?|([0-9]{4})([0-9]{2})")


def date_answer(item: Item, raw: RawInput) -> str | None:
    """The date as YYYY-MM-DD."""
    text = short_text(raw, item.code)
    if not text:
        return None
    match = _DATE.fullmatch(text)
    if match is None:
        raise RefusedInput("date_form", field=item.code, value=text)
    year, month, day = (int(part) for part in match.groups() if part is not None)
    return _existing(item, text, year, month, day).isoformat()


def month_answer(item: Item, raw: RawInput) -> str | None:
    """The month as YYYY-MM."""
    text = short_text(raw, item.code)
    if not text:
        return None
    match = _MONTH.fullmatch(text)
    if match is None:
        raise RefusedInput("month_form", field=item.code, value=text)
    year, month = (int(part) for part in match.groups() if part is not None)
    return _existing(item, text, year, month, 1).isoformat()[:7]


def _existing(item: Item, text: str, year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 2100:
        raise RefusedInput("year_range", field=item.code, value=text)
    try:
        return date(year, month, day)
    except ValueError:
        raise RefusedInput("no_such_date", field=item.code, value=text) from None
