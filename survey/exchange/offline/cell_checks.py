"""Checks that Excel makes of what is typed into an answer cell: numbers, dates, lengths."""

from openpyxl.worksheet.datavalidation import DataValidation

from survey.instrument.edits.item_edits import range_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.kinds.text import LONGEST_TEXT
from survey.instrument.kinds.written_numbers import number_text
from survey.instrument.schema import Item
from survey.selectors.said import said as _

# Spreadsheets keep 15 digits; a check must have two limits, so this one stands where the item has none.
LARGEST = 1e15
FIRST_DAY, LAST_DAY = 1, 73_415
"""1900-01-01 and 2100-12-31 as spreadsheets count days."""


def number_check(item: Item) -> DataValidation:
    """A number within the limits of the item."""
    low, high = range_of(item)
    bounds = [number_text(-LARGEST if low is None else low), number_text(LARGEST if high is None else high)]
    kind = "whole" if kind_of(item).is_whole else "decimal"
    found = DataValidation(type=kind, operator="between", formula1=bounds[0], formula2=bounds[1], allow_blank=True)
    if low is None and high is None:
        return with_error_message(found, _("Enter a number alone, without a unit."))
    return with_error_message(found, _("Enter a number within the limits of this question, without a unit."))


def date_check(item: Item) -> DataValidation:
    """A date; a warning alone, because one that is typed as a text is read as well."""
    # Days as numbers: a date written as a text in formula1 is read by the language of the program.
    found = DataValidation(type="date", operator="between", formula1=str(FIRST_DAY), formula2=str(LAST_DAY))
    found.allow_blank = True
    # "stop", the default, would forbid what the reader understands; a warning lets the person go on.
    found.errorStyle = "warning"
    return with_error_message(found, _("Enter a date as year-month-day, such as 2026-03-31."))


def length_check(item: Item) -> DataValidation:
    """A text that is not too long."""
    limit = item.max_length or kind_of(item).longest or LONGEST_TEXT
    found = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(limit), allow_blank=True)
    return with_error_message(found, _("Enter at most %(limit)s characters.") % {"limit": limit})


def with_error_message(validation: DataValidation, message: str) -> DataValidation:
    """The check with the message that it shows."""
    # Off unless it is said (ECMA-376, 18.3.1.32): without it the check is stored and does nothing.
    validation.showErrorMessage = True
    validation.error = message
    return validation
