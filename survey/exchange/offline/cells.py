"""What a person's spreadsheet program made of an answer, turned back into what the person typed."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from survey.exchange.offline.file import FormCell, FormSheet
from survey.exchange.offline.form_row import OfflineRow
from survey.exchange.offline.kinds import AS_TEXT, OFFLINE
from survey.instrument.kinds.written_numbers import number_text

TICKS = frozenset({"✓", "✔", "☑", "√", "x", "×", "v", "1", "是", "对", "有", "y", "yes", "true", "on"})
NOT_TICKS = frozenset({"", "0", "-", "否", "不", "无", "n", "no", "false", "off", "☐", "□"})
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
"""Of a number format: what is shown as it stands, and does not scale the number."""
CARRIAGE_RETURN = re.compile(r"_x000[dD]_")
"""How workbooks write the return that some programs put before a line feed."""


DIGITS_KEPT = 15
"""Of a number, in a spreadsheet (IEEE 754, as Excel cuts it); the digits behind them come back as zeros."""


def has_lost_digits(cell: FormCell | None, row: OfflineRow) -> bool:
    """Whether a text of digits, such as a number of an account, became a number that is not the one pasted."""
    if cell is None or not row.is_typed or row.item is None or OFFLINE[row.item.type].number_format != AS_TEXT:
        return False
    value = cell.value
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**DIGITS_KEPT


def answer_in(sheet: FormSheet, place: str, row: OfflineRow) -> str:
    """What stands in the answer cell of a row, as a person would type it on the web."""
    cell = sheet.cells.get(place)
    if cell is None:
        return ""
    value = OFFLINE[row.item.type].typed(cell.value, sheet.epoch) if row.is_typed and row.item else cell.value
    # Before numbers: bool is an int in Python, and spreadsheets make TRUE of a typed "true".
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return shown_number(value, cell, row)
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    return plain_lines(str(value)).strip()


def shown_number(value: float, cell: FormCell, row: OfflineRow) -> str:
    """The number; with a percent sign where the cell shows one, because a spreadsheet makes 0.12 of 12%."""
    is_percent = row.is_typed and "%" in LITERAL.sub("", cell.number_format)
    # Rounded: 0.07 * 100 is 7.000000000000001.
    return f"{number_text(round(value * 100, 10))}%" if is_percent else number_text(value)


def plain_lines(text: str) -> str:
    """The text with line feeds alone."""
    return CARRIAGE_RETURN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def folded(text: str) -> str:
    """A label without what does not tell labels apart: case, width and spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def chosen_code(text: str, codes: Mapping[str, str]) -> str:
    """The code of a label, also where it was typed in another case or width; the text itself where none is meant."""
    exact = codes.get(" ".join(text.split()))
    if exact is not None or not text:
        return exact or text
    meant = {code for label, code in codes.items() if folded(label) == folded(text)}
    return meant.pop() if len(meant) == 1 else text


def ticked(text: str) -> bool | None:
    """Whether a box is ticked; None where that is unclear."""
    # After NFKC, so that full-width letters and digits are the same marks.
    return {**dict.fromkeys(TICKS, True), **dict.fromkeys(NOT_TICKS, False)}.get(folded(text))
