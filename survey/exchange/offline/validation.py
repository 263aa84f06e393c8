"""What Excel itself checks while the offline form is filled in: lists to choose from, numbers, dates, lengths."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.offline.rows import FormRow
from survey.exchange.sheets.plain_cells import safe_text
from survey.instrument.edits.item_edits import range_of
from survey.instrument.kinds.texts import LONGEST_LONG_TEXT, LONGEST_TEXT
from survey.instrument.raw_answers import number_text
from survey.instrument.routing.pruning import NUMBERS
from survey.instrument.schema import Item
from survey.terms import ItemType

LARGEST = 1e15
FIRST_DAY, LAST_DAY = "1", "73415"
"""1900-01-01 and 2100-12-31 as Excel counts days."""


class ChoiceLists:
    """The lists of labels on a hidden sheet, each list once; a cell's validation names its range."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.columns: dict[tuple[str, ...], str] = {}
        sheet.sheet_state, sheet.protection.sheet = "hidden", True

    def range_of(self, labels: tuple[str, ...]) -> str:
        """The address of the list with these labels."""
        if labels not in self.columns:
            column = self.columns[labels] = get_column_letter(len(self.columns) + 1)
            for place, label in enumerate(labels, start=1):
                cell = self.sheet[f"{column}{place}"]
                cell.value = safe_text(label)
                cell.data_type = "s"
        column = self.columns[labels]
        return f"{self.sheet.title}!${column}$1:${column}${len(labels)}"


def validation_of(row: FormRow, lists: ChoiceLists) -> DataValidation | None:
    """The check of a row's answer cell; None where any text may stand."""
    if row.choices:
        found = DataValidation(type="list", formula1=lists.range_of(tuple(row.choices)), allow_blank=True)
        if row.tick:
            # Any mark that a person makes for a tick is understood, so none is forbidden.
            return found
        return _told(found, _("Choose an answer from the list."))
    if row.item is None:
        return None
    return _CHECKS.get(row.item.type, _length)(row.item) if row.is_typed else _length(row.item)


def _number(item: Item) -> DataValidation:
    low, high = range_of(item)
    bounds = [number_text(-LARGEST if low is None else low), number_text(LARGEST if high is None else high)]
    kind = "whole" if item.type is ItemType.INTEGER else "decimal"
    found = DataValidation(type=kind, operator="between", formula1=bounds[0], formula2=bounds[1], allow_blank=True)
    if low is None and high is None:
        return _told(found, _("Enter a number alone, without a unit."))
    return _told(found, _("Enter a number within the limits of this question, without a unit."))


def _date(item: Item) -> DataValidation:
    found = DataValidation(type="date", operator="between", formula1=FIRST_DAY, formula2=LAST_DAY, allow_blank=True)
    found.errorStyle = "warning"
    return _told(found, _("Enter a date as year-month-day, such as 2026-03-31."))


def _length(item: Item) -> DataValidation:
    limit = item.max_length or (LONGEST_LONG_TEXT if item.type is ItemType.LONG_TEXT else LONGEST_TEXT)
    found = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(limit), allow_blank=True)
    return _told(found, _("Enter at most %(limit)s characters.") % {"limit": limit})


def _told(validation: DataValidation, message: str) -> DataValidation:
    validation.showErrorMessage = True
    validation.error = message
    return validation


_CHECKS: dict[ItemType, Callable[[Item], DataValidation]] = {
    **dict.fromkeys(NUMBERS, _number),
    ItemType.DATE: _date,
}


def number_format_of(row: FormRow) -> str:
    """Text for what must stay as typed, so that no code, telephone number or month becomes a number or a date."""
    if row.is_typed and row.item and row.item.type in NUMBERS:
        return "General"
    return "yyyy-mm-dd" if row.is_typed and row.item and row.item.type is ItemType.DATE else "@"
