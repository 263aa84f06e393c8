"""The workbook that a mail merge reads: one row per firm with its access code."""

from collections.abc import Iterable
from io import BytesIO

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from survey.exchange.sheets.paper import LANDSCAPE, print_on
from survey.exchange.sheets.writing import BODY, BOLD, WRAP, demonstration_mark
from survey.selectors.said import said as _
from survey.services.fieldwork.access_letters import AccessLetter

WIDTHS = (42, 16, 30, 18, 24, 60, 18, 40)


def headers() -> tuple[str, ...]:
    return (
        _("Firm"),
        _("Contact person"),
        _("E-mail"),
        _("Telephone"),
        _("Access code"),
        _("Link"),
        _("Deadline"),
        _("Remark"),
    )


def letters_workbook(letters: Iterable[AccessLetter]) -> bytes:
    """An xlsx file with ``headers`` and one row per letter. Every cell is text, whatever it begins with.

    Letters of a demonstration say so in a column of their own.
    """
    letters = list(letters)
    is_demonstration = any(letter.is_demonstration for letter in letters)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Access codes"))
    sheet.freeze_panes = "A2"
    for place, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    print_on(sheet, LANDSCAPE, footer=_("Access codes: handle as confidential."), head_row=1)
    sheet.sheet_view.showGridLines = False
    sheet.append([text_cell(sheet, text, is_head=True) for text in headers()[: None if is_demonstration else -1]])
    for letter in letters:
        sheet.append([text_cell(sheet, text) for text in letter_row(letter)])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def letter_row(letter: AccessLetter) -> tuple[str, ...]:
    # As text: a mail merge of Word shows dates by the American pattern unless a field switch says otherwise.
    deadline = timezone.localtime(letter.deadline).strftime("%Y-%m-%d %H:%M")
    remark = (demonstration_mark(),) if letter.is_demonstration else ()
    return (letter.firm, letter.contact, letter.email, letter.phone, letter.code, letter.link, deadline, *remark)


def text_cell(sheet: object, text: str, *, is_head: bool = False) -> WriteOnlyCell:
    """A cell that holds the text as text: one that begins with ``=`` is no formula, control characters are left out."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    # Names of firms and persons come from lists that others wrote.
    cell.data_type = "s"
    cell.font, cell.alignment = (BOLD if is_head else BODY), WRAP
    return cell
