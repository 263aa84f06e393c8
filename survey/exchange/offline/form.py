"""The offline form: a workbook for one firm with the questions of its questionnaire, filled in without a network."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from io import BytesIO
from typing import Any

from django.utils import translation
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.offline.form_row import TICK, FormWording, OfflineRow, RowKind
from survey.exchange.offline.front import statutory_line, write_front
from survey.exchange.offline.kinds import OFFLINE
from survey.exchange.offline.rows import offline_rows
from survey.exchange.offline.style import (
    ANSWER,
    EXPLANATION,
    GUIDE,
    NAME,
    NUMBER,
    SEAL,
    SECTION,
    TEXT,
    WIDTHS,
    cut_to,
    fit_row,
    open_answer,
    open_explanation,
    room,
    style_heads,
    style_row,
)
from survey.exchange.offline.validation import DropDownLists, number_format_of, validation_of
from survey.exchange.sheets.paper import LANDSCAPE, print_on
from survey.exchange.sheets.plain_cells import safe_text
from survey.exchange.sheets.writing import printed_line
from survey.instrument.expressions.evaluation import Scope
from survey.instrument.kinds.registry import kind_of
from survey.instrument.raw_answers import to_raw
from survey.instrument.routing.route import prefilled
from survey.selectors.respondent.session import Filling, look_ups
from survey.selectors.said import said as _
from survey.services.answers.offline_returns import FormIdentity
from survey.services.fieldwork.access_codes import keyed

QUESTIONS, LISTS = {"zh": "问卷", "en": "Questionnaire"}, "choices"
OFFLINE_FORMAT = "tongdian-offline-form-2"
IDENTITY_CELL = f"{NAME}1"
"""On the sheet with the questions, so that it comes back with them whatever becomes of other sheets."""
FIRST_ROW = 3
LINES_OF_LABEL = 3


def offline_form(filling: Filling, identity: FormIdentity) -> bytes:
    """The form as an .xlsx file, with the answers that are stored already and with what the register knows."""
    with translation.override(identity.language):
        book = Workbook()
        write_front(book.active, filling, identity)
        rows = offline_rows(filling.questionnaire, form_wording(filling, identity.language))
        _write_questions(book, filling, identity, rows)
    # The file opens on the instructions.
    book.active = 0
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def form_wording(filling: Filling, language: str) -> FormWording:
    """The words of a form in a language, with the look-up lists that its items need."""
    types = frozenset(item.type for item in filling.questionnaire.items.values() if not item.options)
    return FormWording(language=language, piping=filling.piping, look_ups=look_ups(types))


def question_sheet(language: str) -> str:
    return QUESTIONS["zh" if language.startswith("zh") else "en"]


def identity_line(identity: FormIdentity) -> str:
    """What the form is, in one cell."""
    return " ".join(
        (OFFLINE_FORMAT, identity.mark, identity.digest, identity.language, identity.token, str(identity.revision))
    )


def row_seal(identity: FormIdentity, place: int, name: str, *shown: Any) -> str:
    """A keyed hash of what a row shows and where, so that a changed form is noticed."""
    # Programs change blanks and line ends when they save; the seal is about words.
    words = [" ".join(str("" if part is None else part).split()) for part in (*shown, name, place)]
    parts = (identity.mark, identity.digest, identity.language, identity.token, str(identity.revision), *words)
    # The unit separator stands in no text, so that words cannot move from one part into the next unnoticed.
    # 64 bits are enough: nobody without the key can try seals but by uploading forms.
    return keyed("seal an offline form", "\x1f".join(parts)).hex()[:16]


def _write_questions(book: Workbook, filling: Filling, identity: FormIdentity, rows: Iterable[OfflineRow]) -> None:
    sheet = book.create_sheet(question_sheet(identity.language))
    lists = DropDownLists(book.create_sheet(LISTS))
    raw = shown_answers(filling)
    _write_head(sheet, filling)
    for place, row in enumerate(rows, start=FIRST_ROW):
        _write_row(sheet, place, row, lists, raw)
        write_value(sheet[f"{NAME}{place}"], row.name)
        write_value(sheet[f"{SEAL}{place}"], row_seal(identity, place, row.name, row.number, row.text, row.guide))
    write_value(sheet[IDENTITY_CELL], identity_line(identity))
    _set_up(sheet, filling)


def _write_row(
    sheet: Worksheet, place: int, row: OfflineRow, lists: DropDownLists, raw: Mapping[str, list[str]]
) -> None:
    style_row(sheet, place, row.kind)
    for column, shown in ((NUMBER, row.number), (TEXT, row.text), (GUIDE, row.guide)):
        write_value(sheet[f"{column}{place}"], shown)
    if row.field:
        answer = sheet[f"{ANSWER}{place}"]
        open_answer(answer, number_format_of(row))
        write_value(answer, shown_answer(row, raw.get(row.field, [])))
        validation = validation_of(row, lists)
        if validation:
            sheet.add_data_validation(validation)
            validation.add(answer)
    if takes_explanation(row):
        open_explanation(sheet[f"{EXPLANATION}{place}"])
    answers = [*(cut_to(LINES_OF_LABEL, label, ANSWER) for label in row.choices), *raw.get(row.field, [])]
    texts = [(row.text, room(TEXT)), (row.guide, room(GUIDE)), *((text, room(ANSWER)) for text in answers)]
    fit_row(sheet, place, texts, least=OFFLINE[row.item.type].lines if row.is_typed and row.item else 1)


def takes_explanation(row: OfflineRow) -> bool:
    """Whether an unusual answer can be explained in the row."""
    return row.kind is RowKind.QUESTION and row.item is not None and kind_of(row.item).has_value


def write_value(cell: Cell, value: Any) -> None:
    """Write a number, date or time as it is, and anything else as text, also where it begins with ``=``."""
    if value is None or value == "":
        return
    if isinstance(value, int | float | date | time):
        cell.value = value
        return
    cell.value = safe_text(str(value))
    # openpyxl takes a text that begins with "=" for a formula; "s" makes it a text again.
    cell.data_type = "s"


def shown_answers(filling: Filling) -> dict[str, list[str]]:
    """What the form's fields show: stored answers, and prefills of items that are not answered."""
    scope = Scope(answers=filling.route.answers, facts=filling.facts, today=filling.today)
    items = filling.questionnaire.items.values()
    known = {item.code: prefilled(item, scope) for item in items if item.prefill and item.code not in filling.answers}
    answers = {**{code: value for code, value in known.items() if value is not None}, **filling.answers}
    return {name: values for item in items for name, values in to_raw(item, answers).items()}


def shown_answer(row: OfflineRow, posted: list[str]) -> Any:
    """What stands in the answer cell of a row for what its field holds."""
    if row.tick:
        return TICK if row.tick in posted else None
    value = next(iter(posted), None)
    if value is None or row.choices:
        return next((label for label, code in row.choices.items() if code == value), value)
    try:
        return OFFLINE[row.item.type].write(value) if row.is_typed and row.item else value
    except ValueError:
        # A first value comes from an expression, which may give something else than the kind takes.
        return value


def _write_head(sheet: Worksheet, filling: Filling) -> None:
    write_value(sheet[f"{NUMBER}1"], f"{filling.survey} – {filling.firm}")
    sheet[f"{NUMBER}1"].font = SECTION
    heads = (_("No."), _("Question"), _("Answer"), _("How to answer"), _("Explanation of an unusual answer"))
    for column, head in zip(WIDTHS, heads, strict=True):
        write_value(sheet[f"{column}{FIRST_ROW - 1}"], head)
    style_heads(sheet, FIRST_ROW - 1)
    fit_row(sheet, FIRST_ROW - 1, zip(heads, map(room, WIDTHS), strict=True))


def _set_up(sheet: Worksheet, filling: Filling) -> None:
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    for column in (NAME, SEAL):
        sheet.column_dimensions[column].hidden = True
    # Number and wording stay in sight while the answers are scrolled.
    sheet.freeze_panes = f"{ANSWER}{FIRST_ROW}"
    print_on(sheet, LANDSCAPE, head_row=FIRST_ROW - 1, footer=statutory_line(filling))
    sheet.oddHeader.left.text, sheet.oddHeader.right.text = (
        printed_line(text, 100) for text in (filling.firm, filling.survey)
    )
    # Names and seals are not for paper, whatever a program does with hidden columns.
    sheet.print_area = f"{NUMBER}1:{EXPLANATION}{sheet.max_row}"
    # Without a password: it keeps the clerk from slips. What was changed all the same is found by the seals.
    sheet.protection.sheet = True
    # False means allowed here (ECMA-376, 18.3.1.85): whoever needs more room may widen a column.
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.sheet_view.showGridLines = False
