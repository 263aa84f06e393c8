"""Figures are written with one minus sign, and with none where they round to nothing."""

import pytest

from survey.exchange.figures.shown import number_written
from survey.methods.tables.table import Cell, Statistic


@pytest.mark.parametrize(
    ("statistic", "value", "decimals", "text"),
    [
        (Statistic.BALANCE, -12.34, 1, "−12.3"),
        (Statistic.BALANCE, -0.04, 1, "0.0"),
        (Statistic.SHARE_CHANGE, 3.0, 1, "+3.0"),
        (Statistic.MEAN, -0.04, 1, "0.0"),
        (Statistic.MEAN, -1234.5, 1, "−1,234"),
        (Statistic.MEAN_CHANGE, -0.034, 2, "−0.03"),
        (Statistic.MEAN_CHANGE, 0.004, 2, "0.00"),
        (Statistic.VALUE_CHANGE, -23456.7, 1, "−23,457"),
        (Statistic.SHARE, 0.0, 1, "0.0%"),
    ],
)
def test_minus_is_that_of_print_and_nothing_has_no_sign(
    statistic: Statistic, value: float, decimals: int, text: str
) -> None:
    assert number_written(value, Cell(n=40, estimate=value, decimals=decimals), statistic) == text
