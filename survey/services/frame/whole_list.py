"""What only the whole list tells of a row, found in a first pass over its parts."""

from collections.abc import Iterable

import pandas as pd

from survey.selectors.design.classifications import Classifications
from survey.services.frame.check import WholeList, column_text
from survey.services.frame.columns import FrameColumn
from survey.services.frame.credit_code import credit_code_faults, normalise_credit_codes
from survey.services.frame.lookup import industry_codes
from survey.services.frame.unit_keys import identities, normalise_unit_keys

# A code that stands in every row would otherwise make a message as long as the list.
ROWS_NAMED = 5


def look_through(parts: Iterable[pd.DataFrame], classifications: Classifications) -> tuple[WholeList, int]:
    """What the checks of all rows need to know, and how many rows there are; ``parts`` as `check_rows` takes them."""
    cells: list[pd.Series] = []
    codes: list[pd.Series] = []
    keys: list[pd.Series] = []
    finer = False
    for part in parts:
        # A copy: a column of a table keeps the whole table in memory.
        cells.append(part[FrameColumn.CREDIT_CODE].copy())
        codes.append(normalise_credit_codes(part[FrameColumn.CREDIT_CODE]))
        if FrameColumn.UNIT_KEY in part:
            keys.append(normalise_unit_keys(part[FrameColumn.UNIT_KEY]))
        finer = finer or _has_finer_codes(part, classifications)
    if not codes:
        return WholeList(repeated=pd.Series(dtype=object), finer=False), 0
    every = pd.concat(codes)
    numbers = pd.concat(keys) if keys else None
    return WholeList(repeated=_repeated(pd.concat(cells), every, numbers), finer=finer), len(every)


def _has_finer_codes(part: pd.DataFrame, classifications: Classifications) -> bool:
    """Whether any industry is a group or a class."""
    return bool((industry_codes(column_text(part, FrameColumn.INDUSTRY), classifications)["code"].str.len() > 2).any())


def _repeated(cells: pd.Series, codes: pd.Series, keys: pd.Series | None) -> pd.Series:
    """Row -> the first rows with its code, and its number where there are ``keys`` of local units; ``cells``: the codes
    as read, ``codes``: normalised."""
    own = codes if keys is None else identities(pd.DataFrame({"credit_code": codes, "unit_key": keys}))
    again = (codes != "") & own.duplicated(keep=False)
    # A unit without a number is told of as such.
    again &= True if keys is None else keys != ""
    codes = codes[again]
    # Codes that Excel has rounded agree by accident; they are told of as damaged already.
    own = own[again][credit_code_faults(cells[again], codes) != "credit_code_damaged"]
    places: dict[str, list[int]] = {}
    for row, code in own.items():
        named = places.setdefault(code, [])
        if len(named) < ROWS_NAMED:
            named.append(row)
    texts = {code: ", ".join(map(str, rows)) for code, rows in places.items()}
    return own.map(texts).astype(object)
