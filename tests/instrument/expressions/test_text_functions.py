from typing import Any

import pytest

from survey.instrument.expressions.evaluation import value_of
from tests.instrument.expressions.scope import SCOPE


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("digest('痛点', 'MD5', 'hex')", "d28f5f79a05019caa083ce150a5a2a92"),
        ("digest('abc', 'SHA-1')", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="),
        ("digest('abc', 'SHA-3')", None),
        ("base64-decode('55eb54K5')", "痛点"),
        ("base64-decode('no')", None),
        ("string-length('痛点')", 2),
        ("concat('a', 1, ${absent})", "a1"),
        ("join('-', 'a', ${sites})", "a-sz-gz"),
        ("contains('abc', 'b')", True),
        ("starts-with('abc', 'b')", False),
        ("ends-with('abc', 'c')", True),
        ("substr('abcdef', 1, 3)", "bc"),
        ("substring('abcdef', 2, 3)", "bcd"),
        ("substring-before('a-b', '-')", "a"),
        ("substring-after('a-b', '-')", "b"),
        ("translate('aXbX', 'X', '-')", "a-b-"),
        ("normalize-space('  a  b ')", "a b"),
    ],
)
def test_function_of_a_text_has_value(expression: str, value: Any) -> None:
    assert value_of(expression, SCOPE) == value
