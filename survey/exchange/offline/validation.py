"""What Excel itself checks while the offline form is filled in: lists to choose from, numbers, dates, lengths."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.offline.cell_checks import length_check, with_error_message
from survey.exchange.offline.form_row import OfflineRow
from survey.exchange.offline.kinds import AS_TEXT, OFFLINE
from survey.exchange.sheets.plain_cells import safe_text
from survey.selectors.said import said as _


class DropDownLists:
    """The lists of labels on a hidden sheet, each list once; a cell's validation names its range."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.columns: dict[tuple[str, ...], str] = {}
        # Hidden, or a clerk would take the lists for a second form.
        sheet.sheet_state, sheet.protection.sheet = "hidden", True

    def range_of(self, labels: tuple[str, ...]) -> str:
        """The address of the list with these labels."""
        if labels not in self.columns:
            # A range, since a list that is written into the check itself may have 255 characters at most in Excel.
            column = self.columns[labels] = get_column_letter(len(self.columns) + 1)
            for place, label in enumerate(labels, start=1):
                cell = self.sheet[f"{column}{place}"]
                cell.value = safe_text(label)
                # A label that begins with "=" would be taken for a formula.
                cell.data_type = "s"
        column = self.columns[labels]
        return f"{self.sheet.title}!${column}$1:${column}${len(labels)}"


def validation_of(row: OfflineRow, lists: DropDownLists) -> DataValidation | None:
    """The check of a row's answer cell; None where any text may stand."""
    if row.choices:
        found = DataValidation(type="list", formula1=lists.range_of(tuple(row.choices)), allow_blank=True)
        if row.tick:
            # Any mark that a person makes for a tick is understood, so none is forbidden.
            return found
        return with_error_message(found, _("Choose an answer from the list."))
    if row.item is None:
        return None
    # What is no list and not typed, such as "please specify", is a text of which the length alone is bounded.
    return (OFFLINE[row.item.type].check if row.is_typed else length_check)(row.item)


def number_format_of(row: OfflineRow) -> str:
    """Text for what must stay as typed, so that no code, telephone number or month becomes a number or a date."""
    return OFFLINE[row.item.type].number_format if row.is_typed and row.item else AS_TEXT
