"""Lists for the office's own telephone, SMS gateway or WeChat account: one row for each firm."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from survey.exchange.letters.access_letters import text_cell
from survey.exchange.sheets.paper import LANDSCAPE, print_on
from survey.selectors.said import said as _

WIDTHS = (18, 70, 42, 16, 24, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMessage:
    """One row: the number, a text short enough for an SMS, and what somebody who calls needs to know."""

    phone: str
    text: str
    firm: str
    contact: str
    code: str
    link: str


def list_workbook(rows: Iterable[ListedMessage], title: str) -> bytes:
    """An xlsx file with one row per firm; every cell is text."""
    book = Workbook(write_only=True)
    # Excel takes 31 characters for the name of a sheet.
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for place, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    print_on(sheet, LANDSCAPE, footer=_("Access codes: handle as confidential."), head_row=1)
    sheet.sheet_view.showGridLines = False
    heads = (_("Telephone"), _("Text"), _("Firm"), _("Contact person"), _("Access code"), _("Link"))
    sheet.append([text_cell(sheet, head, is_head=True) for head in heads])
    for row in rows:
        cells = (row.phone, row.text, row.firm, row.contact, row.code, row.link)
        sheet.append([text_cell(sheet, text) for text in cells])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
