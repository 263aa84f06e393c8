"""Unified social credit codes (GB 32100-2015) of a list: normalised, and what is wrong with each."""

import re

import numpy as np
import pandas as pd

from survey.services.frame.cells import as_narrow_text, is_number

# 9.14403E+17, or a number so long that Excel keeps only its first fifteen digits.
SCIENTIFIC = r"\d(?:\.\d+)?E\+\d{2}|\d\.\d+E\d{2}"
EXACT_LIMIT = 1e15
"""Numbers from here on have lost digits: Excel keeps fifteen."""
LENGTH = 18
# GB 32100-2015 uses no I, O, S, V and Z.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALUE_OF = np.full(256, -1)
VALUE_OF[[ord(character) for character in ALPHABET]] = np.arange(len(ALPHABET))
# GB 32100-2015, table 1: the kinds of organisation that each registration department gives codes to.
KINDS = {
    "1": "1239", "2": "19", "3": "123459", "4": "19", "5": "1239", "6": "129", "7": "129", "8": "19", "9": "123",
    "A": "19", "N": "1239", "Y": "1",
}  # fmt: skip
BEGINNINGS = tuple(department + kind for department, kinds in KINDS.items() for kind in kinds)
# GB 11643-1999: province, place, date of birth, number, check character.
PERSON = re.compile(
    r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123])\d{4}"
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]"
)
# GB 11643-1999: 2^(18-i) mod 11 for place i.
PERSON_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# 3^(i-1) mod 31 for the first 17; the check character counts once, so that the whole sum is 0 mod 31.
WEIGHTS = np.array([pow(3, place, 31) for place in range(LENGTH - 1)] + [1])


def normalise_credit_codes(cells: pd.Series) -> pd.Series:
    """Codes without blanks and hyphens, half-width, in capitals."""
    return as_narrow_text(cells).str.replace(r"[\s\-]+", "", regex=True).str.upper().astype(object)


def well_formed(codes: pd.Series) -> pd.Series:
    """Which codes hold the check of GB 32100-2015, all at once: the sum over 18 characters of value x 3^(i-1) is
    divisible by 31. The others are looked at one by one."""
    plausible = (codes.str.len() == LENGTH) & codes.map(str.isascii).astype(bool)
    # A column of fixed length read as bytes: 100,000 codes are checked in one product instead of a loop.
    characters = np.array(codes[plausible].tolist(), dtype=f"S{LENGTH}").view(np.uint8).reshape(-1, LENGTH)
    values = VALUE_OF[characters]
    # Places 3 to 8 are the district of the registration, in digits.
    fits = (values >= 0).all(axis=1) & (values[:, 2:8] < 10).all(axis=1)
    result = plausible.copy()
    result[plausible] = fits & (values @ WEIGHTS % 31 == 0)
    return result & codes.str.startswith(BEGINNINGS) & ~codes.str.fullmatch(PERSON).astype(bool)


def credit_code_fault(code: str) -> str:
    """ "" for a valid normalised code, else the row error that it makes."""
    # Before length and form: whoever put in identity numbers has to hear that, not that a letter is wrong.
    if is_person(code):
        return "credit_code_person"
    if len(code) != LENGTH:
        return "credit_code_length"
    if not set(code) <= set(ALPHABET) or not code[2:8].isdigit():
        return "credit_code_form"
    if not code.startswith(BEGINNINGS):
        return "credit_code_kind"
    if sum(int(VALUE_OF[ord(each)]) * weight for each, weight in zip(code, WEIGHTS, strict=True)) % 31:
        # Excel fills what it lost of a long number with zeros.
        return "credit_code_damaged" if code.isdigit() and code.endswith("000") else "credit_code_check"
    return ""


def is_person(code: str) -> bool:
    """Whether a text is the identity number of a person by form, date and check character (GB 11643-1999)."""
    if not PERSON.fullmatch(code):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(code, PERSON_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == code[-1]


def without_persons(codes: pd.Series) -> pd.Series:
    """The codes as they may be shown and kept: of what looks like the number of a person only the beginning."""
    looks_so = codes.str.fullmatch(PERSON).astype(bool)
    return codes.mask(looks_so, codes.str[:4] + "…")


def credit_code_faults(cells: pd.Series, codes: pd.Series) -> pd.Series:
    """The row error of each code, "" where it is valid or missing. ``cells``: as read, ``codes``: normalised."""
    large_number = is_number(cells) & (pd.to_numeric(cells.where(is_number(cells), 0)).abs() >= EXACT_LIMIT)
    damaged = large_number | codes.str.fullmatch(SCIENTIFIC).astype(bool)
    # Most codes are right and are seen all at once; what is wrong with the others is asked of each.
    doubtful = codes[~well_formed(codes)]
    faults = doubtful.map(credit_code_fault).astype(object).reindex(codes.index, fill_value="")
    return faults.mask(damaged, "credit_code_damaged").mask(codes == "", "")
