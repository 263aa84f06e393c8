from typing import Any

import pytest

from survey.instrument.expressions.evaluation import value_of
from tests.instrument.expressions.scope import SCOPE


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("today()", "2026-03-31"),
        ("date('2026-03')", "2026-03-01"),
        ("today() > date('2026-03-30')", True),
        ("date(today() + 1)", "2026-04-01"),
        ("${founded} < today()", True),
        ("format-date(${founded}, '%d/%m/%Y')", "29/02/2020"),
        ("format-date-time('2026-03-31T09:05:07', '%e.%n.%y %H:%M:%S %h.%M')", "31.3.26 09:05:07 9.05"),
        ("format-date-time('2026-03-31 09:05', '%H:%M')", "09:05"),
        ("decimal-time('18:00')", 0.75),
        ("difference-in-days('2026-02-27', '2026-03-01')", 2.0),
        ("difference-in-weeks('2026-03-01', '2026-03-14')", 1.0),
        ("difference-in-months('2026-01-31', '2026-02-28')", 1.0),
        ("difference-in-months('2026-01-15', '2026-03-14')", 1.0),
        ("difference-in-months('2026-03-14', '2026-01-15')", -1.0),
        ("difference-in-years('2024-02-29', '2026-02-28')", 2.0),
        ("difference-in-years('2024-03-01', '2026-02-28')", 1.0),
        ("difference-in-days('', '2026-02-28')", None),
        ("decimal-time('2026-03-31T06:00:00.000+08:00')", 0.25),
        ("decimal-time('2026-03-31')", 0.0),
        ("decimal-time('25:00')", None),
        ("decimal-date-time('1970-01-02T12:00:00')", 1.5),
        ("date-time(1.5)", "1970-01-02T12:00:00"),
        ("date-time('2026-03-31')", "2026-03-31"),
        ("date('2026-03-31T23:59')", "2026-03-31"),
        ("round(('2026-04-01T01:30' - '2026-03-31 23:00') * 24, 2)", 2.5),
        ("'09:30' > '09:00'", True),
    ],
)
def test_function_of_a_moment_has_value(expression: str, value: Any) -> None:
    assert value_of(expression, SCOPE) == value
