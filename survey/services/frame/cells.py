"""Cells of a list as text and as numbers, a whole column at a time."""

import re
import unicodedata
from typing import Any

import numpy as np
import pandas as pd

# Characters that nobody types and nobody sees: they are taken out of texts; other control characters become blanks.
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s\ud800-\udfff]+")
NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:e[+-]?\d{1,2})?"


def is_number(cells: pd.Series) -> pd.Series:
    """Which cells hold a number, not a text that looks like one."""
    # A truth value is an int to Python; a cell with TRUE is no figure.
    return cells.map(lambda value: isinstance(value, int | float) and not isinstance(value, bool)).astype(bool)


def as_text(cells: pd.Series) -> pd.Series:
    """Each cell as one line of text; numbers without the ".0" that Excel adds, nothing as ""."""
    return cells.where(cells.notna(), "").map(_text).astype(object)


def as_narrow_text(cells: pd.Series) -> pd.Series:
    """As `as_text`, with full-width letters, digits and signs made half-width."""
    return as_text(cells).map(_narrow).astype(object)


def _text(value: Any) -> str:
    if isinstance(value, float):
        # Excel keeps 15 digits; beyond them the last ones are made up and must not look exact.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    text = str(value)
    # Asked first: nearly every cell is printable, and two substitutions in every cell cost far more than the question.
    if not text.isprintable():
        text = CONTROL.sub(" ", INVISIBLE.sub("", text))
    text = text.strip()
    # Excel's mark of a text, which some programs export as a part of it.
    return text[1:].lstrip() if text.startswith("'") else text


def _narrow(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def as_numbers(cells: pd.Series, text: pd.Series, unit: str) -> tuple[pd.Series, pd.Series]:
    """(value, whether the cell is a number) of each cell; ``text``: the same cells as narrow text.

    ``unit``: words that may follow the figure, as a pattern. Grouping commas are accepted where they group by three.
    NaN where the cell is empty or no number.
    """
    # Numbers first: a cell that Excel holds as a number has no unit and no commas to be read.
    typed = is_number(cells)
    values = cells.where(typed).astype(float)
    fits = typed & np.isfinite(values)
    values[~typed], fits[~typed] = _numbers_in(text[~typed], unit)
    return values.where(np.isfinite(values)), fits


def _numbers_in(text: pd.Series, unit: str) -> tuple[pd.Series, pd.Series]:
    # U+2212, the typographic minus sign, comes with figures that are pasted from documents.
    plain = text.str.lower().str.replace("−", "-").str.replace(rf"\s*(?:{unit})$", "", regex=True)
    plain = plain.str.replace(" ", "")
    fits = plain.str.fullmatch(NUMBER).astype(bool)
    values = pd.to_numeric(plain.where(fits, "").str.replace(",", ""), errors="coerce").astype(float)
    return values, fits
