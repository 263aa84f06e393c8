"""A filled offline form as it comes back: whether it is the form that was handed out, and what stands in its cells."""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.frame_file import file_kind
from survey.exchange.offline_form import (
    ANSWER,
    EXPLANATION,
    FIRST_ROW,
    FORMAT,
    GUIDE,
    IDENTITY,
    LISTS,
    NAME,
    NUMBER,
    SEAL,
    TEXT,
    question_sheet,
    seal,
    wording,
)
from survey.exchange.offline_form_rows import FormRow, RowKind, form_rows
from survey.exchange.zip_guard import guard_archive
from survey.instrument.raw_answers import number_text
from survey.selectors.respondent import Filling
from survey.services.frame_complaints import FrameFileRefused
from survey.services.offline_refusals import OfflineFormRefused
from survey.services.offline_returns import FormIdentity, ReturnedForm, check_identity
from survey.terms import ItemType

MAX_BYTES, MAX_UNPACKED = 5_000_000, 20_000_000
LANGUAGES = ("zh-hans", "en")
TICKS = frozenset({"✓", "✔", "√", "x", "X", "×", "1", "是", "yes", "Yes", "YES", "true", "True", "TRUE"})
NOT_TICKS = frozenset({"0", "否", "no", "No", "NO", "false", "False", "FALSE"})
LONGEST_EXPLANATION = 1000
IDENTITY_NAMES = ("format", "mark", "version", "language", "form", "revision")


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form with the cells of its fields; those of explanations are under ``explain:ITEM``."""

    form: ReturnedForm
    places: Mapping[str, str]


def read_offline_form(path: Path, filling: Filling) -> FilledForm:
    """Read the form of the firm that ``filling`` is about. Raises OfflineFormRefused."""
    book = open_workbook(path)
    identity = identity_of(book)
    check_identity(filling, identity)
    if question_sheet(identity.language) not in book.sheetnames or LISTS not in book.sheetnames:
        raise OfflineFormRefused("structure", cell=question_sheet(identity.language))
    return filled_form(book[question_sheet(identity.language)], identity, filling)


def open_workbook(path: Path) -> Workbook:
    """The workbook in a file that is one, of a sane size and without document type declarations."""
    if path.stat().st_size > MAX_BYTES:
        raise OfflineFormRefused("file_too_large", limit=MAX_BYTES // 1_000_000)
    try:
        if file_kind(path) != "xlsx":
            raise OfflineFormRefused("not_the_form")
        guard_archive(path)
    except FrameFileRefused as refused:
        raise OfflineFormRefused(refused.code if refused.code in ("password", "damaged") else "not_the_form") from None
    try:
        guard_content(path)
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(file)
    except OfflineFormRefused:
        raise
    except Exception:
        # A made-up workbook can break the parser anywhere.
        raise OfflineFormRefused("damaged") from None


def guard_content(path: Path) -> None:
    """Refuse what would unpack to more than a form, or declares entities."""
    with ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
            raise OfflineFormRefused("not_the_form")
        if any(b"<!DOCTYPE" in archive.read(entry) for entry in archive.infolist() if entry.filename.endswith(".xml")):
            raise OfflineFormRefused("not_the_form")


def identity_of(book: Workbook) -> FormIdentity:
    """What the hidden sheet says. Raises OfflineFormRefused where the workbook is none of our forms."""
    if IDENTITY not in book.sheetnames or not isinstance(book[IDENTITY], Worksheet):
        raise OfflineFormRefused("not_the_form")
    rows = book[IDENTITY].iter_rows(min_row=1, max_row=len(IDENTITY_NAMES), max_col=2, values_only=True)
    found = {str(row[0]): str(row[1]) for row in rows if len(row) == 2}
    said = [found.get(name, "") for name in IDENTITY_NAMES]
    revision = said[-1] if said[-1].isascii() and said[-1].isdigit() and len(said[-1]) < 10 else ""
    if said[0] != FORMAT or found.get("language") not in LANGUAGES or not revision:
        raise OfflineFormRefused("not_the_form")
    return FormIdentity(said[1], said[2], said[3], said[4][:64], int(revision))


def filled_form(sheet: Worksheet, identity: FormIdentity, filling: Filling) -> FilledForm:
    """The answers, once every row is found to be as it was handed out and no cell computes."""
    rows = form_rows(filling.questionnaire, wording(filling, identity.language))
    check_structure(sheet, identity, rows)
    check_formulas(sheet)
    codes = known_codes(filling)
    raw: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    explanations: dict[str, str] = {}
    for place, row in enumerate(rows, start=FIRST_ROW):
        if row.field:
            _take_answer(row, sheet[f"{ANSWER}{place}"], codes.get(row.name, {}), raw, places)
        if row.kind is RowKind.QUESTION and row.item:
            places[f"item:{row.item.code}"] = f"{TEXT}{place}"
            places[f"explain:{row.item.code}"] = f"{EXPLANATION}{place}"
            explanations[row.item.code] = clean_explanation(sheet[f"{EXPLANATION}{place}"].value)
    told = {item: text for item, text in explanations.items() if text}
    return FilledForm(ReturnedForm(identity, raw, told), places)


def check_structure(sheet: Worksheet, identity: FormIdentity, rows: tuple[FormRow, ...]) -> None:
    """Raise OfflineFormRefused at the first row that is not as handed out, or that stands beyond the form."""
    for place, row in enumerate(rows, start=FIRST_ROW):
        shown = [sheet[f"{column}{place}"].value for column in (NUMBER, TEXT, GUIDE)]
        if sheet[f"{NAME}{place}"].value != row.name or sheet[f"{SEAL}{place}"].value != seal(
            identity, place, row.name, *shown
        ):
            raise OfflineFormRefused("structure", cell=f"{TEXT}{place}")
        may_explain = row.kind is RowKind.QUESTION and row.item and row.item.type is not ItemType.NOTE
        for column, is_open in ((ANSWER, bool(row.field)), (EXPLANATION, may_explain)):
            if not is_open and sheet[f"{column}{place}"].value not in (None, ""):
                raise OfflineFormRefused("structure", cell=f"{column}{place}")
    last = FIRST_ROW + len(rows) - 1
    for cells in sheet.iter_rows(min_row=1):
        for cell in cells:
            outside = cell.row > last or (cell.row >= FIRST_ROW and cell.column > len("ABCDEFG"))
            if outside and cell.value not in (None, ""):
                raise OfflineFormRefused("structure", cell=cell.coordinate)


def check_formulas(sheet: Worksheet) -> None:
    """Raise OfflineFormRefused at the first cell that computes or holds an error."""
    for cells in sheet.iter_rows(min_row=FIRST_ROW):
        for cell in cells:
            if cell.data_type in ("f", "e"):
                raise OfflineFormRefused("formula", cell=cell.coordinate)


def known_codes(filling: Filling) -> dict[str, dict[str, str]]:
    """Per row name the code of every label, in both languages, and of every code itself."""
    codes: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        for row in form_rows(filling.questionnaire, wording(filling, language)):
            codes.setdefault(row.name, {}).update(row.choices)
    return {name: {**{code: code for code in labels.values()}, **labels} for name, labels in codes.items()}


def _take_answer(
    row: FormRow, cell: Cell, codes: Mapping[str, str], raw: dict[str, list[str]], places: dict[str, str]
) -> None:
    text = cell_text(cell, row)
    if row.tick:
        is_unclear = bool(text) and text not in TICKS | NOT_TICKS
        value = text if is_unclear else row.tick if text in TICKS else ""
        if is_unclear:
            places[row.field] = cell.coordinate
    else:
        value = codes.get(" ".join(text.split()), text) if codes else text
    places.setdefault(row.field, cell.coordinate)
    if value:
        raw.setdefault(row.field, []).append(value)


def cell_text(cell: Cell, row: FormRow) -> str:
    """What stands in a cell as a person would type it on the web."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        is_percent = row.is_typed and "%" in str(cell.number_format)
        return number_text(round(value * 100, 10) if is_percent else value)
    if isinstance(value, datetime | date):
        return _DATES.get(row.item.type if row.item else None, date_text)(value)
    return str(value).strip()


def date_text(value: date) -> str:
    return value.strftime("%Y-%m-%d")


_DATES: dict[ItemType | None, Callable[[date], str]] = {ItemType.YEAR_MONTH: lambda value: value.strftime("%Y-%m")}


def clean_explanation(value: Any) -> str:
    """The printable part of an explanation."""
    text = "" if value is None else str(value)
    return "".join(part for part in text if part.isprintable() or part == "\n")[:LONGEST_EXPLANATION].strip()
