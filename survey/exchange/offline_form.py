"""The offline form: a workbook for one firm with the questions of its questionnaire, filled in without a network."""

from collections.abc import Iterable, Mapping
from datetime import date
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.offline_form_front import write_front
from survey.exchange.offline_form_rows import TICK, FormRow, FormWording, RowKind, form_rows
from survey.exchange.offline_form_validation import ChoiceLists, number_format_of, validation_of
from survey.exchange.plain_cells import safe_text
from survey.instrument.expressions import Scope
from survey.instrument.pruning import NUMBERS
from survey.instrument.raw_answers import to_raw
from survey.instrument.routing import prefilled
from survey.selectors.respondent import Filling, look_ups
from survey.services.access_codes import keyed
from survey.services.offline_returns import FormIdentity
from survey.terms import ItemType

QUESTIONS, LISTS, IDENTITY = {"zh": "问卷", "en": "Questionnaire"}, "choices", "tongdian"
FORMAT = "tongdian offline form 1"
FIRST_ROW = 3
NUMBER, TEXT, ANSWER, GUIDE, EXPLANATION, NAME, SEAL = "ABCDEFG"
WIDTHS = {NUMBER: 6, TEXT: 58, ANSWER: 26, GUIDE: 30, EXPLANATION: 34}
INK, BRAND, LINE, GROUND, MUTED, TO_FILL = "1B2A3A", "17324D", "C3CED8", "E6EBF0", "5B6B7B", "FFF6E0"
WRAP = Alignment(wrap_text=True, vertical="top")
BOX = Border(*(Side(style="thin", color=LINE) for _side in range(4)))


def offline_form(filling: Filling, identity: FormIdentity) -> bytes:
    """The form as an .xlsx file, with the answers that are stored already and with what the register knows."""
    with translation.override(identity.language):
        book = Workbook()
        write_front(book.active, filling, identity)
        rows = form_rows(filling.questionnaire, wording(filling, identity.language))
        _write_questions(book, filling, identity, rows)
        _write_identity(book.create_sheet(IDENTITY), identity)
    book.active = 0
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def wording(filling: Filling, language: str) -> FormWording:
    """The words of a form in a language, with the look-up lists that its items need."""
    types = frozenset(item.type for item in filling.questionnaire.items.values() if not item.options)
    return FormWording(language, filling.piping, look_ups(types))


def question_sheet(language: str) -> str:
    return QUESTIONS["zh" if language.startswith("zh") else "en"]


def seal(identity: FormIdentity, place: int, name: str, *shown: Any) -> str:
    """A keyed hash of what a row shows and where, so that a changed form is noticed."""
    words = [" ".join(str("" if part is None else part).split()) for part in (*shown, name, place)]
    parts = (identity.mark, identity.digest, identity.language, identity.token, str(identity.revision), *words)
    return keyed("seal an offline form", "\x1f".join(parts)).hex()[:16]


def _write_questions(book: Workbook, filling: Filling, identity: FormIdentity, rows: Iterable[FormRow]) -> None:
    sheet = book.create_sheet(question_sheet(identity.language))
    lists = ChoiceLists(book.create_sheet(LISTS))
    raw = shown_answers(filling)
    _write_head(sheet, filling)
    for place, row in enumerate(rows, start=FIRST_ROW):
        _STYLES[row.kind](sheet, place)
        for column, shown in ((NUMBER, row.number), (TEXT, row.text), (GUIDE, row.guide)):
            put(sheet[f"{column}{place}"], shown)
        if row.field:
            answer = _answer_cell(sheet, place, row, raw)
            validation = validation_of(row, lists)
            if validation:
                sheet.add_data_validation(validation)
                validation.add(answer)
        if row.kind is RowKind.QUESTION and row.item and row.item.type is not ItemType.NOTE:
            _open_cell(sheet[f"{EXPLANATION}{place}"], "@")
        put(sheet[f"{NAME}{place}"], row.name)
        put(sheet[f"{SEAL}{place}"], seal(identity, place, row.name, row.number, row.text, row.guide))
    _set_up(sheet)


def put(cell: Cell, value: Any) -> None:
    """Write a number or date as it is, and anything else as text, also where it begins with ``=``."""
    if value is None or value == "":
        return
    if isinstance(value, int | float | date):
        cell.value = value
        return
    cell.value = safe_text(str(value))
    cell.data_type = "s"


def shown_answers(filling: Filling) -> dict[str, list[str]]:
    """What the form's fields show: stored answers, and prefills of items that are not answered."""
    scope = Scope(filling.route.answers, filling.facts, filling.today)
    items = filling.questionnaire.items.values()
    known = {item.code: prefilled(item, scope) for item in items if item.prefill and item.code not in filling.answers}
    answers = {**{code: value for code, value in known.items() if value is not None}, **filling.answers}
    return {name: values for item in items for name, values in to_raw(item, answers).items()}


def _answer_cell(sheet: Worksheet, place: int, row: FormRow, raw: Mapping[str, list[str]]) -> Cell:
    cell = sheet[f"{ANSWER}{place}"]
    _open_cell(cell, number_format_of(row))
    put(cell, shown_value(row, raw.get(row.field, [])))
    return cell


def shown_value(row: FormRow, posted: list[str]) -> Any:
    """What stands in the answer cell of a row for what its field holds."""
    if row.tick:
        return TICK if row.tick in posted else None
    value = next(iter(posted), None)
    if value is None or row.choices:
        return next((label for label, code in row.choices.items() if code == value), value)
    if row.is_typed and row.item and row.item.type in NUMBERS:
        return float(value) if "." in value else int(value)
    return date.fromisoformat(value) if row.is_typed and row.item and row.item.type is ItemType.DATE else value


def _open_cell(cell: Cell, number_format: str) -> None:
    cell.protection, cell.border, cell.alignment = Protection(locked=False), BOX, WRAP
    cell.fill, cell.number_format = PatternFill("solid", start_color=TO_FILL), number_format


def _write_head(sheet: Worksheet, filling: Filling) -> None:
    put(sheet["A1"], f"{filling.survey} – {filling.firm}")
    sheet["A1"].font = Font(bold=True, size=13, color=BRAND)
    heads = (_("No."), _("Question"), _("Answer"), _("How to answer"), _("Explanation of an unusual answer"))
    for column, head in zip(WIDTHS, heads, strict=True):
        cell = sheet[f"{column}{FIRST_ROW - 1}"]
        put(cell, head)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", start_color=BRAND)
        cell.alignment = WRAP


def _section_style(sheet: Worksheet, place: int) -> None:
    for column in WIDTHS:
        sheet[f"{column}{place}"].fill = PatternFill("solid", start_color=GROUND)
        sheet[f"{column}{place}"].font = Font(bold=True, size=13, color=BRAND)
        sheet[f"{column}{place}"].alignment = WRAP


def _page_style(sheet: Worksheet, place: int) -> None:
    sheet[f"{TEXT}{place}"].font = Font(bold=True, color=BRAND)
    _guide_style(sheet, place)


def _question_style(sheet: Worksheet, place: int) -> None:
    sheet[f"{NUMBER}{place}"].alignment = sheet[f"{TEXT}{place}"].alignment = WRAP
    _guide_style(sheet, place)


def _part_style(sheet: Worksheet, place: int) -> None:
    sheet[f"{TEXT}{place}"].alignment = Alignment(wrap_text=True, vertical="top", indent=3)
    _guide_style(sheet, place)


def _guide_style(sheet: Worksheet, place: int) -> None:
    sheet[f"{GUIDE}{place}"].font, sheet[f"{GUIDE}{place}"].alignment = Font(color=MUTED, size=9), WRAP


_STYLES = {
    RowKind.SECTION: _section_style,
    RowKind.PAGE: _page_style,
    RowKind.QUESTION: _question_style,
    RowKind.PART: _part_style,
}


def _set_up(sheet: Worksheet) -> None:
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    for column in (NAME, SEAL):
        sheet.column_dimensions[column].hidden = True
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.print_title_rows = f"{FIRST_ROW - 1}:{FIRST_ROW - 1}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, "landscape"
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_area = f"{NUMBER}1:{EXPLANATION}{sheet.max_row}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.sheet_view.showGridLines = False


def _write_identity(sheet: Worksheet, identity: FormIdentity) -> None:
    content = {
        "format": FORMAT,
        "mark": identity.mark,
        "version": identity.digest,
        "language": identity.language,
        "form": identity.token,
        "revision": str(identity.revision),
    }
    for place, (name, value) in enumerate(content.items(), start=1):
        put(sheet[f"A{place}"], name)
        put(sheet[f"{get_column_letter(2)}{place}"], value)
    sheet.sheet_state, sheet.protection.sheet = "veryHidden", True
