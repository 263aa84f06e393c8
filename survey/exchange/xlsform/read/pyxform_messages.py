"""Where in the form a message of pyxform speaks of: said by it, or found by the names that it quotes."""

import re
from collections.abc import Iterable

from survey.complaints import Place
from survey.exchange.xlsform.file.workbook import SURVEY
from survey.exchange.xlsform.form_rows import XlsformRow
from survey.exchange.xlsform.read.parameters import parameters_of

_ROW = re.compile(r"\[row : (\d+)\]\s*|On the '(\w+)' sheet, the '([^']*)' value(?: '[^']*')? is invalid\.")
_SHEET = re.compile(r"for sheet: '(\w+)'")
_UNKNOWN_TYPE = re.compile(r"Unknown question type '(.*)'")
_QUOTED = re.compile(r"'([^']+)'|\$\{([^{}]+)\}")
_WORD = re.compile(r"[\w\-]+")


def placed(message: str, rows: Iterable[XlsformRow]) -> tuple[Place, str]:
    """The place of a message, and the message in one line without what only says the place."""
    said = " ".join(_ROW.sub("", message).split())
    row, sheet, column = None, "", ""
    for match in _ROW.finditer(message):
        row = int(match[1]) if match[1] else row
        sheet, column = (match[2], match[3]) if match[2] else (sheet, column)
    if row or sheet:
        return Place(sheet=sheet or SURVEY, row=row, column=column), said
    return _found(said, tuple(rows)), said


def _found(message: str, rows: tuple[XlsformRow, ...]) -> Place:
    """The header row of a sheet, or the first row of the survey whose type, name or parameters the message names."""
    if sheet := _SHEET.search(message):
        return Place(sheet=sheet[1], row=1)
    # Before names: the type that it quotes may be the name of a question.
    if unknown := _UNKNOWN_TYPE.match(message):
        return next((row.place("type") for row in rows if row.type == unknown[1]), Place(sheet=SURVEY))
    names = {name or reference for name, reference in _QUOTED.findall(message)}
    # Parameters are named in messages without quotation marks.
    words = {word.lower() for word in _WORD.findall(message)}
    named = (row.place("name") for row in rows if row.name in names)
    with_parameters = (row.place("parameters") for row in rows if words & parameters_of(row).keys())
    return next(named, None) or next(with_parameters, Place(sheet=SURVEY))
