from datetime import date
from typing import Any

import pandas as pd
import pytest

from survey.services.frame.cells import as_narrow_text, as_numbers, as_text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (39.0, "39"),
        (12.5, "12.5"),
        (999999999999999.0, "999999999999999"),
        (1e15, "1000000000000000.0"),
        (9.14403e17, "9.14403e+17"),
        (None, ""),
        (float("nan"), ""),
        (" 深圳（南山）\u3000公司 ", "深圳（南山） 公司"),
        ("a\x00b\nc", "a b c"),
        ("\u200b甲\ufeff", "甲"),
        (date(2026, 1, 2), "2026-01-02"),
        (True, "True"),
    ],
)
def test_text_of_a_cell(cell: Any, text: str) -> None:
    assert list(as_text(pd.Series([cell], dtype=object))) == [text]


def test_narrow_text_has_half_width_letters() -> None:
    assert list(as_narrow_text(pd.Series(["ＡＢ１２（３）"]))) == ["AB12(3)"]


@pytest.mark.parametrize(
    ("cell", "value", "fits"),
    [
        (120.0, 120.0, True),
        ("1,200", 1200.0, True),
        ("1,20", None, False),
        ("120人", 120.0, True),
        ("-5", -5.0, True),
        ("−5", -5.0, True),
        ("1.2e+05", 120000.0, True),
        ("约三千", None, False),
        ("inf", None, False),
        ("nan", None, False),
        ("=1+1", None, False),
        ("50%", None, False),
        ("", None, False),
        (True, None, False),
        (float("inf"), None, False),
    ],
)
def test_number_of_a_cell(cell: bool | float | str, value: float | None, fits: bool) -> None:
    cells = pd.Series([cell], dtype=object)
    values, are_numbers = as_numbers(cells, as_narrow_text(cells), "人")
    assert (None if pd.isna(values[0]) else values[0], bool(are_numbers[0])) == (value, fits)
