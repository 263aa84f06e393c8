"""A number is shown with all its digits and none besides."""

import pytest

from survey.exchange.release.number_formats import number_format, percent_format
from survey.methods.tables.table import Statistic


@pytest.mark.parametrize(
    ("value", "form"),
    [(0.45, "0%"), (0.075, "0.0%"), (0.0045, "0.00%"), (1.0, "0%"), (0.29, "0%"), (0.57, "0%")],
)
def test_share_has_the_digits_of_its_step(value: float, form: str) -> None:
    assert (number_format(value, Statistic.SHARE), percent_format(value)) == (form, form)


@pytest.mark.parametrize(("value", "form"), [(1200.0, "#,##0"), (3.5, "#,##0.0"), (0.12, "#,##0.00")])
def test_amount_has_what_its_error_bears(value: float, form: str) -> None:
    assert number_format(value, Statistic.TOTAL) == form


def test_change_has_a_sign_and_its_error_none() -> None:
    assert number_format(2.0, Statistic.SHARE_CHANGE) == '+#,##0;"−"#,##0;0'
    assert number_format(0.5, Statistic.SHARE_CHANGE, is_length=True) == "#,##0.0"
