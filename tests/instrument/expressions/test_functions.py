from typing import Any

import pytest

from survey.instrument.expressions.evaluation import value_of
from tests.instrument.expressions.scope import SCOPE


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("if(${staff} > 20, 'many', 'few')", "many"),
        ("regex('AB12', '[A-Z]+[0-9]+')", True),
        ("regex('AB12x', '[A-Z]+[0-9]+')", False),
        ("round(2.5)", 3.0),
        ("round(-2.5)", -2.0),
        ("round(1234.567, 1)", 1234.6),
        ("round(1234, -2)", 1200.0),
        ("int(-3.7)", -3.0),
        ("number('12.5') + 1", 13.5),
        ("string(12.0)", "12"),
        ("not(false())", True),
        ("pow(2, 10)", 1024.0),
        ("pow(-8, 0.5)", None),
        ("sqrt(-1)", None),
        ("exp(1000)", None),
        ("jr:choice-name(${scale}, '${scale}')", "4"),
    ],
)
def test_function_has_value(expression: str, value: Any) -> None:
    assert value_of(expression, SCOPE) == value
