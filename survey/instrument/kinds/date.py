"""Dates and months, typed with hyphens, slashes, points or the Chinese characters, stored as ISO texts."""

import re
from datetime import date

from survey.complaints import Entry
from survey.instrument.kinds.kind import Kind
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, short_text
from survey.instrument.kinds.variables import Measure, SpssType, ValueKind
from survey.instrument.kinds.variables_of_kinds import holding
from survey.instrument.schema import Item
from survey.terms import ItemType
from survey.terms import gettext_noop as _

# [0-9] and not \d, which takes the digits of every script.
DATE_FORM = re.compile(r"([0-9]{4})[-/.年] ?([0-9]{1,2})[-/.月] ?([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})")
MONTH_FORM = re.compile(r"([0-9]{4})[-/.年] ?([0-9]{1,2})月?|([0-9]{4})([0-9]{2})")
IN_THE_CALENDAR = {
    "no_such_date": Entry(_("%(label)s: enter a date that exists in the calendar.")),
    "year_range": Entry(_("%(label)s: enter a year from 1900 to 2100.")),
}


def one_date(kind: Kind, item: Item, raw: RawInput) -> str | None:
    """The date as YYYY-MM-DD."""
    text = short_text(raw, item.code)
    if not text:
        return None
    year, month, day = _parts(kind, item, text, "date_form")
    return _existing(kind, item, text, year, month, day).isoformat()


def one_month(kind: Kind, item: Item, raw: RawInput) -> str | None:
    """The month as YYYY-MM."""
    text = short_text(raw, item.code)
    if not text:
        return None
    year, month = _parts(kind, item, text, "month_form")
    return _existing(kind, item, text, year, month, 1).isoformat()[:7]


def _parts(kind: Kind, item: Item, text: str, code: str) -> tuple[int, ...]:
    match = kind.form.fullmatch(text) if kind.form else None
    if match is None:
        raise RefusedInput(code, field=item.code, value=text, refusals=kind.refusals)
    return tuple(int(part) for part in match.groups() if part is not None)


def _existing(kind: Kind, item: Item, text: str, year: int, month: int, day: int) -> date:
    # Two digits too many or too few of a year would otherwise be a date that exists.
    if not 1900 <= year <= 2100:
        raise RefusedInput("year_range", field=item.code, value=text, refusals=kind.refusals)
    try:
        return date(year, month, day)
    except ValueError:
        raise RefusedInput("no_such_date", field=item.code, value=text, refusals=kind.refusals) from None


DATE = Kind(
    type=ItemType.DATE,
    read=one_date,
    variables=holding(ValueKind.DATE),
    measure=Measure.SCALE,
    spss=SpssType.DATE,
    seconds=6,
    form=DATE_FORM,
    example="2026-03-31",
    refusals={
        "date_form": Entry(_("%(label)s: enter a date as year-month-day, such as 2026-03-31.")),
        **IN_THE_CALENDAR,
    },
)
YEAR_MONTH = Kind(
    type=ItemType.YEAR_MONTH,
    read=one_month,
    variables=holding(ValueKind.DATE),
    measure=Measure.SCALE,
    spss=SpssType.MONTH,
    seconds=5,
    form=MONTH_FORM,
    example="2026-03",
    refusals={"month_form": Entry(_("%(label)s: enter a year and month, such as 2026-03.")), **IN_THE_CALENDAR},
)
