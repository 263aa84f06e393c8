"""How a program shows a number: with all its digits and none besides, so that it promises no more than is kept."""

from decimal import Decimal

from survey.exchange.figures.shown import MINUS
from survey.methods.tables.table import Statistic

SIGNED = {
    *(Statistic.BALANCE, Statistic.SHARE_CHANGE, Statistic.MEAN_CHANGE),
    *(Statistic.POINT_CHANGE, Statistic.VALUE_CHANGE),
}
"""Statistics whose sign says something also where it is a plus."""
MOST = 10
"""Digits after the point beyond which a binary number only shows how it is stored."""


def number_format(value: float, statistic: Statistic, *, is_length: bool = False) -> str:
    """The format of one number of this statistic; `is_length` of a standard error, which has no sign."""
    if statistic.is_fraction:
        return percent_format(value)
    form = "#,##0" + _decimals(value)
    # The minus of typography, as in all texts; a plain format would show a hyphen. Zero has no sign.
    if statistic in SIGNED and not is_length:
        return f'+{form};"{MINUS}"{form};0'
    return form if value >= 0 else f'{form};"{MINUS}"{form}'


def percent_format(value: float) -> str:
    """The format of a fraction that is shown in percent."""
    return f"0{_decimals(100 * value)}%"


def _decimals(value: float) -> str:
    # By repr and Decimal: 0.1 + 0.2 has seventeen digits in binary and one in what was rounded.
    digits = -int(Decimal(repr(round(value, MOST))).normalize().as_tuple().exponent)
    return "." + "0" * digits if digits > 0 else ""
