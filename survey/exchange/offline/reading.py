"""A filled offline form as it comes back: whether it is the form that was handed out, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.utils import column_index_from_string

from survey.exchange.offline.cells import answer_in, chosen_code, has_lost_digits, plain_lines, ticked
from survey.exchange.offline.file import FormSheet, read_sheets
from survey.exchange.offline.form import (
    FIRST_ROW,
    IDENTITY_CELL,
    OFFLINE_FORMAT,
    form_wording,
    row_seal,
    takes_explanation,
)
from survey.exchange.offline.form_row import OfflineRow, RowKind
from survey.exchange.offline.rows import offline_rows
from survey.exchange.offline.style import ANSWER, EXPLANATION, GUIDE, NAME, NUMBER, SEAL, TEXT
from survey.selectors.respondent.session import Filling
from survey.services.answers.offline_refusals import OfflineFormRefused
from survey.services.answers.offline_returns import FormIdentity, ReturnedForm, check_identity

LANGUAGES = ("zh-hans", "en")
# Nine digits stay below the largest integer of a database column; more of them can only be made up.
LONGEST_EXPLANATION, MOST_DIGITS = 1000, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """A form with the cells of its fields, and the name of the sheet that they are on.

    Besides a field's own cell there are ``item:ITEM``, the wording, and ``explain:ITEM``, the explanation.
    """

    form: ReturnedForm
    sheet: str
    places: Mapping[str, str]


def read_offline_form(path: Path, filling: Filling) -> FilledForm:
    """Read the form of the firm that ``filling`` is about. Raises OfflineFormRefused."""
    sheet = sheet_of_questions(read_sheets(path))
    identity = identity_on(sheet)
    # Before the rows: a form of another firm or version would differ everywhere, and the first difference says
    # nothing.
    check_identity(filling, identity)
    return filled_form(sheet, identity, filling)


def sheet_of_questions(sheets: list[FormSheet]) -> FormSheet:
    """The sheet with the questions, whatever it is called and wherever it stands; others are the clerk's own."""
    # By content: clerks rename sheets and put their own in front, and programs translate names.
    found = [(sheet, cell) for sheet in sheets for cell in sheet.cells.values() if is_identity(cell.value)]
    if not found:
        raise OfflineFormRefused("not_the_form")
    if len(found) > 1:
        raise OfflineFormRefused("two_forms", first=found[0][0].title, second=found[1][0].title)
    sheet, cell = found[0]
    if cell.place != IDENTITY_CELL:
        raise OfflineFormRefused("structure", cell=f"{NUMBER}{cell.row}", sheet=sheet.title)
    return sheet


def is_identity(value: Any) -> bool:
    """Whether a cell says that its sheet is one of our forms."""
    return isinstance(value, str) and value.startswith(f"{OFFLINE_FORMAT} ")


def identity_on(sheet: FormSheet) -> FormIdentity:
    """What the form says of itself. Raises OfflineFormRefused where that is made up."""
    said = str(sheet.value(IDENTITY_CELL)).split()
    # The identity is no secret and may be made up; the seals below are keyed.
    if len(said) != 6 or said[3] not in LANGUAGES or not said[5].isascii():
        raise OfflineFormRefused("not_the_form")
    if not said[5].isdigit() or len(said[5]) > MOST_DIGITS:
        raise OfflineFormRefused("not_the_form")
    return FormIdentity(mark=said[1], digest=said[2], language=said[3], token=said[4][:64], revision=int(said[5]))


def filled_form(sheet: FormSheet, identity: FormIdentity, filling: Filling) -> FilledForm:
    """The answers, once every row is found to be as it was handed out and no cell computes."""
    rows = offline_rows(filling.questionnaire, form_wording(filling, identity.language))
    # Structure first: an answer read beside a row that was moved would be stored under another question.
    check_structure(sheet, identity, rows)
    # A formula's stored value may be out of date, and what a person sees is not what would be read.
    check_computed(sheet)
    codes = known_codes(filling)
    raw: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    explanations: dict[str, str] = {}
    for place, row in enumerate(rows, start=FIRST_ROW):
        if row.field:
            _take_answer(row, sheet, f"{ANSWER}{place}", codes.get(row.name, {}), raw, places)
        if row.kind is RowKind.QUESTION and row.item:
            places[f"item:{row.item.code}"] = f"{TEXT}{place}"
            places[f"explain:{row.item.code}"] = f"{EXPLANATION}{place}"
            explanations[row.item.code] = clean_explanation(sheet.value(f"{EXPLANATION}{place}"))
    kept = {item: text for item, text in explanations.items() if text}
    return FilledForm(
        form=ReturnedForm(identity=identity, raw=raw, explanations=kept), sheet=sheet.title, places=places
    )


def check_structure(sheet: FormSheet, identity: FormIdentity, rows: tuple[OfflineRow, ...]) -> None:
    """Raise OfflineFormRefused at the first row that is not as handed out, or at what stands where nothing is asked."""
    for place, row in enumerate(rows, start=FIRST_ROW):
        shown = [sheet.value(f"{column}{place}") for column in (NUMBER, TEXT, GUIDE)]
        is_named = sheet.value(f"{NAME}{place}") == row.name
        if not is_named or sheet.value(f"{SEAL}{place}") != row_seal(identity, place, row.name, *shown):
            raise OfflineFormRefused("structure", cell=f"{TEXT}{place}", sheet=sheet.title)
        for column, is_open in ((ANSWER, bool(row.field)), (EXPLANATION, takes_explanation(row))):
            if not is_open and sheet.value(f"{column}{place}") is not None:
                raise OfflineFormRefused("outside", cell=f"{column}{place}", sheet=sheet.title)
    last = FIRST_ROW + len(rows) - 1
    for cell in sheet.cells.values():
        # Notes that a clerk writes beside the form would be lost in silence; they may stand on a sheet of his own.
        if cell.row > last or (cell.row >= FIRST_ROW and cell.column > column_index_from_string(SEAL)):
            raise OfflineFormRefused("outside", cell=cell.place, sheet=sheet.title)


def check_computed(sheet: FormSheet) -> None:
    """Raise OfflineFormRefused at the first cell that computes or holds an error."""
    for cell in sheet.cells.values():
        if cell.row >= FIRST_ROW and cell.is_computed:
            raise OfflineFormRefused("formula", cell=cell.place, sheet=sheet.title)


def known_codes(filling: Filling) -> dict[str, dict[str, str]]:
    """Per row name the code of every label, in both languages, and of every code itself."""
    codes: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        for row in offline_rows(filling.questionnaire, form_wording(filling, language)):
            # In both languages: labels can be copied from a colleague's form in the other one.
            codes.setdefault(row.name, {}).update(row.choices)
    # Codes are taken as well, for forms that a program filled in; a label wins where one reads like a code.
    return {name: {**{code: code for code in labels.values()}, **labels} for name, labels in codes.items()}


def _take_answer(
    row: OfflineRow,
    sheet: FormSheet,
    place: str,
    codes: Mapping[str, str],
    raw: dict[str, list[str]],
    places: dict[str, str],
) -> None:
    if has_lost_digits(sheet.cells.get(place), row):
        raise OfflineFormRefused("digits_lost", cell=place, sheet=sheet.title)
    text = answer_in(sheet, place, row)
    if row.tick:
        # A mark that is not understood is taken as it stands, to be refused with its cell.
        value = {True: row.tick, False: "", None: text}[ticked(text)]
        if ticked(text) is None:
            places[row.field] = place
    else:
        value = chosen_code(text, codes) if codes else text
    # Of several ticks of one question the first cell stands for it, where a complaint about it is shown.
    places.setdefault(row.field, place)
    if value:
        raw.setdefault(row.field, []).append(value)


def clean_explanation(value: Any) -> str:
    """The printable part of an explanation."""
    text = "" if value is None else plain_lines(str(value))
    # Cut and not refused: a whole form must not come back for a remark that is too long.
    return "".join(part for part in text if part.isprintable() or part == "\n")[:LONGEST_EXPLANATION].strip()
