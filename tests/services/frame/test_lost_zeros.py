"""Industry codes that Excel has robbed of their first zero."""

import pandas as pd
import pytest

from survey.services.frame.lost_zeros import lost_zeros


@pytest.mark.parametrize(
    ("typed", "is_number", "finer", "expected"),
    [
        # 190 would be class 0190, and division 19 has no group 190; 193 is a group of it; 521 is both.
        ("190", True, True, (True, False)),
        ("193", True, True, (False, False)),
        ("521", True, True, (False, True)),
        ("521", False, True, (False, False)),
        # Two digits are a division or a group of divisions 01 to 09, in a list of finer codes alone.
        ("11", True, True, (False, True)),
        ("11", True, False, (False, False)),
        ("11", False, True, (False, False)),
        ("39", True, True, (False, True)),
        ("40", True, True, (False, False)),
    ],
)
def test_cell_has_lost_its_zero_surely_perhaps_or_not(
    typed: str, is_number: bool, finer: bool, expected: tuple[bool, bool]
) -> None:
    surely, may = lost_zeros(pd.Series([typed]), pd.Series([is_number]), finer=finer)
    assert (bool(surely[0]), bool(may[0])) == expected
