"""Industry codes that begin with 0 and were read as numbers: which code a number stands for, or that nobody can tell.

A code of divisions 01 to 09 loses its zero when Excel takes it for a number: 0121 becomes 121. Three digits are then
either a group of the division of their first two, or a class of one of these nine; two are a division or a group.
"""

import pandas as pd

# GB/T 4754-2017: the groups of divisions 01 to 09 without their first zero, each with the last digits of its classes.
CLASSES = {
    "11": "1239", "12": "123", "13": "1234", "14": "1239", "15": "12349", "16": "12349", "17": "19", "18": "12",
    "19": "0", "21": "12", "22": "0", "23": "12", "24": "12", "25": "12", "31": "123459", "32": "1239", "33": "0",
    "39": "129", "41": "12", "42": "12", "51": "123459", "52": "1239", "53": "129", "54": "19", "61": "0", "62": "0",
    "69": "0", "71": "12", "72": "12", "81": "0", "82": "0", "89": "0", "91": "12345679", "92": "129", "93": "1239",
}  # fmt: skip
# GB/T 4754-2017: of the divisions whose number is also such a group, the last digits of their own groups.
GROUPS = {
    "11": "129", "12": "0", "13": "12345679", "14": "1234569", "15": "123", "16": "129", "17": "12345678", "18": "123",
    "19": "12345", "21": "12349", "22": "123", "23": "123", "24": "123456", "25": "1234", "31": "1234", "32": "12345",
    "33": "123456789", "39": "123456789", "41": "129", "42": "12", "51": "123456789", "52": "123456789", "53": "123",
    "54": "1234", "61": "12349", "62": "12349", "69": "123459", "71": "123", "72": "123456789", "81": "12349",
    "82": "129", "89": "12349", "91": "0", "92": "1239", "93": "12",
}  # fmt: skip
CLASS_NUMBERS = frozenset(group + last for group, lasts in CLASSES.items() for last in lasts)
GROUP_NUMBERS = frozenset(division + last for division, lasts in GROUPS.items() for last in lasts)


def lost_zeros(text: pd.Series, numbers: pd.Series, *, finer: bool) -> tuple[pd.Series, pd.Series]:
    """(whether a cell has surely lost its zero, whether it may have) of the cells of an industry column.

    ``numbers``: which cells hold a number, not a text; ``finer``: whether the list has codes longer than a division.
    A list of divisions alone holds no groups, so its two digits are divisions.
    """
    is_class, is_group = text.isin(CLASS_NUMBERS), text.isin(GROUP_NUMBERS)
    may = numbers & ((is_class & is_group) | (text.isin(CLASSES.keys()) if finer else False))
    # A number that is a class and no group can only have lost its zero; one that is both is asked about.
    return is_class & ~is_group, may
