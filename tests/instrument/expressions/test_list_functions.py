from typing import Any

import pytest

from survey.instrument.expressions.evaluation import value_of
from tests.instrument.expressions.scope import SCOPE


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("selected(${sites}, 'sz')", True),
        ("selected(${sites}, 's')", False),
        ("selected-at(${sites}, 1)", "gz"),
        ("selected-at(${sites}, 5)", None),
        ("count-selected(${sites})", 2),
        ("coalesce(${absent}, ${refusal}, 3)", 3.0),
        ("sum(1, 2, ${absent})", 3.0),
        ("min(3, 1, 2)", 1.0),
        ("max(3, ${refusal}, 2)", 3.0),
        ("count(${staff}, ${absent}, ${refusal})", 1),
        ("checklist(1, 2, true(), true(), false())", True),
        ("weighted-checklist(3, 9, true(), 2, true(), 2)", True),
    ],
)
def test_function_of_several_values_has_value(expression: str, value: Any) -> None:
    assert value_of(expression, SCOPE) == value
