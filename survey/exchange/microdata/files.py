"""Edited microdata as files: comma-separated values for spreadsheets and statistical programs, and the codebook."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey.asked_terms.speaking import speaking_of
from survey.exchange.microdata.content import Microdata
from survey.exchange.release.marks import working_mark
from survey.exchange.sheets.writing import WRAP, demonstration_mark, lines_of, put, put_head
from survey.instrument.codebook import Variable
from survey.instrument.kinds.written_numbers import number_text
from survey.instrument.microdata import STATE, columns_by_key
from survey.instrument.schema import Text
from survey.selectors.said import said as _
from survey.terms import ValueState

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, "CSV injection"); some also in full width."""
WIDTHS = (30, 48, 48, 34, 14, 40)
TALLEST = 200.0


def microdata_files(data: Microdata, language: str) -> dict[str, bytes]:
    """The two files by their names, the codebook in ``language``."""
    return {
        # In the names, since programs read the rows and would take a sentence above them for one.
        f"{data.wave.code}-working-microdata.csv": microdata_csv(data),
        f"{data.wave.code}-working-codebook.xlsx": microdata_codebook(data, language),
    }


def zipped(files: dict[str, bytes]) -> bytes:
    """Both in one file to download."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def microdata_csv(data: Microdata) -> bytes:
    """A line for each firm, in UTF-8 with the mark by which spreadsheets know it."""
    # csv ends lines by itself: a stream that translates them would end each twice.
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(data.heads)
    writer.writerows([_written(value) for value in row] for row in data.rows)
    return text.getvalue().encode("utf-8-sig")


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        # Only texts of firms: a negative number is written by number_text below and stays a number.
        return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
    return number_text(value)


def microdata_codebook(data: Microdata, language: str) -> bytes:
    """What each column means, in the order of the columns; below, what was left out."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    with override(language), speaking_of(data.wave.survey.asks):
        sheet.title = _("Codebook")
        _fill(sheet, data, language)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _fill(sheet: Worksheet, data: Microdata, language: str) -> None:
    put(sheet, 1, 1, _("Codebook of the edited microdata"))
    notes = [
        f"{data.wave.survey} · {data.wave}",
        working_mark(),
        _("Confidential. Rows bear no names, but a firm may be known by industry, size, district and its answers."),
        _("An empty cell: not asked or not answered. A text that looked like a formula has an apostrophe before it."),
        *([demonstration_mark()] if data.wave.survey.is_demonstration else []),
    ]
    row = _put_lines(sheet, notes)
    put_head(sheet, row, [_("Variable"), _("Wording"), _("Codes"), _("Non-answers"), _("Unit"), _("Asked if")])
    row = _put_rows(sheet, row + 1, _lines(data, language))
    if data.left_out:
        put(sheet, row + 1, 1, _("Left out, because they would tell who answered:"))
        _put_rows(sheet, row + 2, [_variable_line(each, language)[:2] for each in data.left_out])
    for letter, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width


def _put_lines(sheet: Worksheet, lines: Sequence[str]) -> int:
    for row, line in enumerate(lines, 2):
        put(sheet, row, 1, line)
    return len(lines) + 3


def _put_rows(sheet: Worksheet, first: int, rows: Iterable[Sequence[str]]) -> int:
    """Write the rows; the number of the next free one."""
    row = first
    for row, texts in enumerate(rows, first):
        for column, text in enumerate(texts, 1):
            put(sheet, row, column, text).alignment = WRAP
        sheet.row_dimensions[row].height = min(15.0 * max(lines_of(text, 44) for text in texts) + 2, TALLEST)
    return row + 1


def _lines(data: Microdata, language: str) -> Iterator[Sequence[str]]:
    for name, meaning in data.frame_columns.items():
        yield (name, _(meaning), "", "", "", "")
    states = "; ".join(f"{state.value} = {_(str(state.label))}" for state in ValueState)
    for key, group in columns_by_key(data.columns):
        yield from (_variable_line(each.variable, language) for each in group)
        yield (key + STATE, _("How the value of %(key)s came about") % {"key": key}, states, "", "", "")


def _variable_line(variable: Variable, language: str) -> Sequence[str]:
    return (
        variable.name,
        variable.label.of(language),
        _coded(variable.codes, language),
        _coded(variable.missing, language),
        variable.unit.of(language),
        variable.base,
    )


def _coded(pairs: Iterable[tuple[str, Text]], language: str) -> str:
    return "; ".join(f"{code} = {label.of(language)}" for code, label in pairs)
