"""Unified social credit codes (GB 32100-2015) of a list: normalised, and what is wrong with each."""

import pandas as pd
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from survey.services.frame_cells import as_narrow_text, is_number

# 9.14403E+17, or a number so long that Excel keeps only its first fifteen digits.
SCIENTIFIC = r"\d(?:\.\d+)?E\+\d{2}|\d\.\d+E\d{2}"
EXACT_LIMIT = 1e15


def normalise_credit_codes(cells: pd.Series) -> pd.Series:
    """Codes without blanks and hyphens, half-width, in capitals."""
    return as_narrow_text(cells).str.replace(r"[\s\-]+", "", regex=True).str.upper().astype(object)


def credit_code_fault(code: str) -> str:
    """ "" for a valid normalised code, else the row error that it makes."""
    try:
        uscc.validate(code)
    except InvalidLength:
        return "credit_code_length"
    except InvalidChecksum:
        return "credit_code_damaged" if code.isdigit() and code.endswith("000") else "credit_code_check"
    except ValidationError:
        return "credit_code_form"
    return ""


def credit_code_faults(cells: pd.Series, codes: pd.Series) -> pd.Series:
    """The row error of each code, "" where it is valid or missing. ``cells``: as read, ``codes``: normalised."""
    large_number = is_number(cells) & (pd.to_numeric(cells.where(is_number(cells), 0)).abs() >= EXACT_LIMIT)
    damaged = large_number | codes.str.fullmatch(SCIENTIFIC).astype(bool)
    faults = codes.map(credit_code_fault).astype(object)
    return faults.mask(damaged, "credit_code_damaged").mask(codes == "", "")
