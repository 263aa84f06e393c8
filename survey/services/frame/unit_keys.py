"""The numbers by which the local units of one firm are told in a list."""

import pandas as pd

from survey.register_terms import identity_of
from survey.services.frame.cells import as_narrow_text, is_number

EXACT = 1e15
"""From here on Excel has made up the last digits of a number."""


def normalise_unit_keys(cells: pd.Series) -> pd.Series:
    """Each number as text in one way of writing: half-width, capitals, without blanks."""
    return as_narrow_text(cells).str.upper().str.replace(r"\s+", "", regex=True).astype(object)


def as_unit_key(text: str) -> str:
    """A number that a person types, in the same way of writing."""
    return str(normalise_unit_keys(pd.Series([text], dtype=object)).iloc[0])


def unit_key_is_damaged(cells: pd.Series) -> pd.Series:
    """Which cells were turned into a figure that no longer has all digits."""
    numbers = pd.to_numeric(cells.where(is_number(cells)), errors="coerce")
    return (numbers.abs() >= EXACT).astype(bool)


def identities(rows: pd.DataFrame) -> pd.Series:
    """What tells each row, by its columns ``credit_code`` and, where there are local units, ``unit_key``."""
    if "unit_key" not in rows:
        return rows["credit_code"]
    pairs = zip(rows["credit_code"], rows["unit_key"], strict=True)
    return pd.Series([identity_of(code, key) for code, key in pairs], index=rows.index, dtype=object)
