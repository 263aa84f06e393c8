"""How each kind of item is answered in the offline form, and what its cell holds: the one table of the offline form."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_noop as _
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet.datavalidation import DataValidation

from survey.exchange.offline.cell_checks import (
    FIRST_DAY,
    LAST_DAY,
    date_check,
    length_check,
    number_check,
    with_error_message,
)
from survey.exchange.offline.form_row import FormWording, OfflineRow
from survey.exchange.offline.parts import cells_of_any, no_parts, ranks, rows_of_shares, rows_of_table, ticks
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item
from survey.selectors.said import said as gettext
from survey.terms import ItemType

SECONDS_OF_A_DAY = 86_400
AS_TEXT = "@"
"""The number format of cells whose content stays as it is typed."""


def _silent(item: Item) -> str:
    return ""


def _guide(message: str) -> Callable[[Item], str]:
    return lambda item: gettext(message)


def by_example(item: Item) -> str:
    """How the answer may be written."""
    return gettext("For example %(example)s") % {"example": kind_of(item).example}


def as_posted(text: str) -> Any:
    """A text stays a text."""
    return text


def as_number(text: str) -> Any:
    """A number is written as one, so that the spreadsheet can reckon with it."""
    # What is posted is plain: a point, no grouping, whatever the language.
    return float(text) if "." in text else int(text)


def as_found(value: Any, epoch: datetime) -> Any:
    """The value stands for itself."""
    return value


def a_day(form: str) -> Callable[[Any, datetime], Any]:
    """A date in this form, also out of a bare count of days; anything else as it is."""

    def typed(value: Any, epoch: datetime) -> Any:
        is_count = isinstance(value, int | float) and not isinstance(value, bool)
        # Pasted dates can arrive as bare counts; day 0 is 1899-12-30, or 1904-01-01 in workbooks of old Macs (epoch).
        day = from_excel(int(value), epoch) if is_count and FIRST_DAY <= value <= LAST_DAY else value
        return day.strftime(form) if isinstance(day, date) else day

    return typed


def a_time(value: Any, epoch: datetime) -> Any:
    """A time of day, also out of a bare part of a day; a date with a time is none, and stays as it is to be refused."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1:
        # Rounded to seconds: 09:30 is 0.395833333333333 of a day, which falls short of it.
        value = (datetime.min + timedelta(seconds=round(value * SECONDS_OF_A_DAY))).time()
    if isinstance(value, time):
        return value.isoformat("seconds")
    return str(value) if isinstance(value, datetime) else value


def time_check(item: Item) -> DataValidation:
    """A time of day; a warning alone, because one that is typed as a text is read as well."""
    # 0.999988 of a day is 23:59:59.
    found = DataValidation(type="time", operator="between", formula1="0", formula2="0.999988", allow_blank=True)
    found.errorStyle = "warning"
    return with_error_message(found, gettext("Enter a time of day, such as 09:30."))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineKind:
    """The cell of a kind, or its rows below.

    ``has_cell`` says that the question's own row takes the answer, else ``parts`` do; ``guide`` says how. ``write``
    makes the cell's value of a posted one, shown in ``number_format`` on at least ``lines`` lines and checked by
    ``check``. ``typed`` turns what a spreadsheet made of an answer back into what was typed, given day 0 of its dates.
    """

    has_cell: bool = True
    parts: Callable[[Item, FormWording], Iterator[OfflineRow]] = no_parts
    guide: Callable[[Item], str] = _silent
    check: Callable[[Item], DataValidation] = length_check
    write: Callable[[str], Any] = as_posted
    number_format: str = AS_TEXT
    lines: int = 1
    typed: Callable[[Any, datetime], Any] = as_found


_TYPED = OfflineKind()
_FROM_LIST = OfflineKind(guide=_guide(_("Choose from the list.")))
_NUMBER = OfflineKind(check=number_check, write=as_number, number_format="General")

OFFLINE: Mapping[ItemType, OfflineKind] = MappingProxyType(
    {
        ItemType.SEVERITY: _FROM_LIST,
        ItemType.YES_NO: _FROM_LIST,
        ItemType.SINGLE: _FROM_LIST,
        ItemType.MULTIPLE: OfflineKind(has_cell=False, parts=ticks, guide=_guide(_("Tick what applies."))),
        ItemType.RANKING: OfflineKind(has_cell=False, parts=ranks, guide=_guide(_("Choose from the list."))),
        ItemType.INTEGER: _NUMBER,
        ItemType.DECIMAL: _NUMBER,
        ItemType.PERCENTAGE: _NUMBER,
        ItemType.MONEY: _NUMBER,
        ItemType.SHARES: OfflineKind(
            has_cell=False,
            parts=rows_of_shares,
            guide=_guide(_("The shares add to 100.")),
            check=number_check,
            write=as_number,
            number_format="General",
        ),
        ItemType.NUMBER_TABLE: OfflineKind(
            has_cell=False, parts=rows_of_table, check=number_check, write=as_number, number_format="General"
        ),
        ItemType.TABLE: OfflineKind(has_cell=False, parts=cells_of_any),
        ItemType.DATE: OfflineKind(
            guide=by_example,
            check=date_check,
            write=date.fromisoformat,
            number_format="yyyy-mm-dd",
            typed=a_day("%Y-%m-%d"),
        ),
        # As text: Excel makes the first day of the month of "2026-03", and shows it by the language of the program.
        ItemType.YEAR_MONTH: OfflineKind(guide=by_example, typed=a_day("%Y-%m")),
        ItemType.TIME: OfflineKind(
            guide=by_example, check=time_check, write=time.fromisoformat, number_format="hh:mm", typed=a_time
        ),
        ItemType.TEXT: _TYPED,
        ItemType.LONG_TEXT: OfflineKind(lines=4),
        ItemType.EMAIL: _TYPED,
        ItemType.PHONE: _TYPED,
        ItemType.CREDIT_CODE: _TYPED,
        ItemType.INDUSTRY: _FROM_LIST,
        ItemType.DISTRICT: _FROM_LIST,
        ItemType.FILE: OfflineKind(
            has_cell=False,
            guide=_guide(_("A workbook cannot hold a file: attach it on the web page where you upload this workbook.")),
        ),
        ItemType.CALCULATION: OfflineKind(has_cell=False),
        ItemType.NOTE: OfflineKind(has_cell=False),
    }
)
