"""The first sheet of the offline form: statutory header, whose form it is, and how to fill it in."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.offline.style import fit_row
from survey.exchange.sheets.paper import UPRIGHT, print_on
from survey.exchange.sheets.plain_cells import safe_text
from survey.exchange.sheets.writing import BODY, QUIET, TITLE, WARNED, demonstration_mark
from survey.selectors.respondent.session import Filling
from survey.selectors.said import said as _
from survey.services.answers.offline_attachments import file_items
from survey.services.answers.offline_returns import FormIdentity

NAME, VALUE = "AB"
NAME_WIDTH, TEXT_WIDTH = 26.0, 84.0
DIGITS_SHOWN = 16
"""Of the version's digest; the whole one is inside the workbook."""


def write_front(sheet: Worksheet, filling: Filling, identity: FormIdentity) -> None:
    """Fill the sheet, in the active language."""
    sheet.title = _("Instructions")
    sheet.column_dimensions[NAME].width, sheet.column_dimensions[VALUE].width = NAME_WIDTH, TEXT_WIDTH
    lines: list[tuple[str, str]] = [
        *statutory_lines(filling),
        ("", ""),
        *form_lines(filling, identity),
        ("", ""),
        *((f"{place}.", text) for place, text in enumerate(steps(filling), start=1)),
        ("", ""),
        *notice_lines(filling),
    ]
    _write(sheet, 1, filling.survey, "")
    # Not wrapped: the title of a survey is longer than the first column and may run over the second.
    sheet[f"{NAME}1"].font, sheet[f"{NAME}1"].alignment = TITLE, Alignment(wrap_text=False)
    sheet.row_dimensions[1].height = 24
    if filling.case.wave.survey.is_demonstration:
        _write(sheet, 2, "", demonstration_mark())
        sheet[f"{VALUE}2"].font = WARNED
    for place, (name, value) in enumerate(lines, start=3):
        _write(sheet, place, name, value)
        fit_row(sheet, place, ((name, NAME_WIDTH), (value, TEXT_WIDTH)))
    sheet.protection.sheet = True
    sheet.sheet_view.showGridLines = False
    print_on(sheet, UPRIGHT, footer=filling.firm)


def statutory_lines(filling: Filling) -> list[tuple[str, str]]:
    notice = filling.notice
    return [
        (_("Form number"), notice.form_number),
        (_("Issued by"), notice.issuing_authority),
        (_("Approval number"), notice.approval_number),
        (_("Valid until"), date_format(notice.approval_expires, "DATE_FORMAT")),
    ]


def statutory_line(filling: Filling) -> str:
    """The statutory header in one line, for the foot of printed pages."""
    return " · ".join(f"{name} {value}" for name, value in statutory_lines(filling) if value)


def form_lines(filling: Filling, identity: FormIdentity) -> list[tuple[str, str]]:
    """Whose form it is, for when, until when."""
    notice = filling.notice
    lines = [
        (_("Firm"), filling.firm),
        (_("Reference period"), filling.reference_period),
        (
            _("Please answer by"),
            date_format(localtime(notice.closes_at), "DATETIME_FORMAT") if notice.closes_at else "",
        ),
        (_("Version of the questionnaire"), identity.digest[:DIGITS_SHOWN]),
        (_("Mark of the form"), identity.mark),
    ]
    return [(name, value) for name, value in lines if value]


def steps(filling: Filling) -> list[str]:
    """How to fill in the form and hand it in."""
    files = _("Questions that ask for a file: choose the files on that page as well, beside the workbook.")
    return [
        _("Fill in the coloured cells of the sheet with the questions; no network is needed. Save the file as .xlsx."),
        _("Where a cell has a list, choose from it. Leave a question blank where it does not concern your firm."),
        _("To tick, choose ✓ in the row. Where you have no figure, choose the reason in the row below the question."),
        _("Enter numbers without units and without formulas. Do not change, move, add or delete rows and sheets."),
        _("If an answer is unusual, say in the last column what explains it."),
        _("Enter your access code on our web page, open “Fill in without a network” and upload the file."),
        *([files] if file_items(filling.questionnaire) else []),
        _("The answers are checked as on the web. What has to be mended is named by cell; mend it and upload again."),
    ]


def notice_lines(filling: Filling) -> list[tuple[str, str]]:
    notice = filling.notice
    duty = _("Answering is mandatory by law.") if notice.is_mandatory else _("Answering is voluntary.")
    return [
        (_("Why"), notice.purpose),
        (_("Legal basis"), notice.legal_basis),
        (_("Must we answer?"), duty),
        (_("Who sees the answers"), notice.confidentiality),
        (_("Have at hand"), notice.preparation),
        (_("Questions?"), notice.contact),
    ]


def _write(sheet: Worksheet, place: int, name: str, value: str) -> None:
    for column, text, font in ((NAME, name, QUIET), (VALUE, value, BODY)):
        cell = sheet[f"{column}{place}"]
        cell.value, cell.font, cell.alignment = safe_text(text), font, Alignment(wrap_text=True, vertical="top")
        cell.data_type = "s"
