"""Unified social credit codes (GB 32100-2015) of a list: normalised, and what is wrong with each."""

import numpy as np
import pandas as pd
from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from survey.services.frame.cells import as_narrow_text, is_number

# 9.14403E+17, or a number so long that Excel keeps only its first fifteen digits.
SCIENTIFIC = r"\d(?:\.\d+)?E\+\d{2}|\d\.\d+E\d{2}"
EXACT_LIMIT = 1e15
# python-stdnum wants digits in the first eight places: kind of registration, and its district.
LENGTH, DIGITS = 18, 8
# GB 32100-2015 uses no I, O, S, V and Z.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALUE_OF = np.full(256, -1)
VALUE_OF[[ord(character) for character in ALPHABET]] = np.arange(len(ALPHABET))
# 3^(i-1) mod 31 for the first 17; the check character counts once, so that the whole sum is 0 mod 31.
WEIGHTS = np.array([pow(3, place, 31) for place in range(LENGTH - 1)] + [1])


def normalise_credit_codes(cells: pd.Series) -> pd.Series:
    """Codes without blanks and hyphens, half-width, in capitals."""
    return as_narrow_text(cells).str.replace(r"[\s\-]+", "", regex=True).str.upper().astype(object)


def well_formed(codes: pd.Series) -> pd.Series:
    """Which codes hold the check of GB 32100-2015, all at once: the sum over 18 characters of value x 3^(i-1) is
    divisible by 31. The others are left to python-stdnum, which says what is wrong with each."""
    plausible = (codes.str.len() == LENGTH) & codes.map(str.isascii).astype(bool)
    characters = np.array(codes[plausible].tolist(), dtype=f"S{LENGTH}").view(np.uint8).reshape(-1, LENGTH)
    values = VALUE_OF[characters]
    fits = (values >= 0).all(axis=1) & (values[:, :DIGITS] < 10).all(axis=1)
    result = plausible.copy()
    result[plausible] = fits & (values @ WEIGHTS % 31 == 0)
    return result


def credit_code_fault(code: str) -> str:
    """ "" for a valid normalised code, else the row error that it makes."""
    try:
        uscc.validate(code)
    except InvalidLength:
        return "credit_code_length"
    except InvalidChecksum:
        # Excel fills what it lost of a long number with zeros.
        return "credit_code_damaged" if code.isdigit() and code.endswith("000") else "credit_code_check"
    except ValidationError:
        return "credit_code_form"
    return ""


def credit_code_faults(cells: pd.Series, codes: pd.Series) -> pd.Series:
    """The row error of each code, "" where it is valid or missing. ``cells``: as read, ``codes``: normalised."""
    large_number = is_number(cells) & (pd.to_numeric(cells.where(is_number(cells), 0)).abs() >= EXACT_LIMIT)
    damaged = large_number | codes.str.fullmatch(SCIENTIFIC).astype(bool)
    # Most codes are right and are seen all at once; python-stdnum, which tells the reasons apart, sees the others.
    doubtful = codes[~well_formed(codes)]
    faults = doubtful.map(credit_code_fault).astype(object).reindex(codes.index, fill_value="")
    return faults.mask(damaged, "credit_code_damaged").mask(codes == "", "")
