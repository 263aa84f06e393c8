from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.instrument.expressions.errors import ExpressionError
from survey.instrument.expressions.evaluation import evaluate, parse
from survey.instrument.expressions.tree import Literal, Name, Operation
from tests.instrument.expressions.scope import SCOPE


@pytest.mark.parametrize(
    ("expression", "code", "position"),
    [
        ("1 +", "incomplete", 3),
        ("", "incomplete", 0),
        ("(1 + 2", "unclosed", 0),
        ("1 2", "unexpected", 2),
        ("1 )", "unexpected", 2),
        ("staff > 1", "word", 0),
        ("foo(1)", "function_unknown", 0),
        ("1 + if(1)", "arguments", 4),
        ("${staff > 1", "name_unclosed", 0),
        ("${}", "name", 0),
        ("${a b}", "name", 0),
        ("/data/x", "path", 0),
        ("../x", "path", 0),
        ("1 / 2", "path", 2),
        ("1 && 2", "operator", 2),
        ("'abc", "text_unclosed", 0),
        ("1 # 2", "character", 2),
        ("pulldata('a', 'b', 'c', 'd')", "function_not_applicable", 0),
        ("regex(., '[')", "pattern", 0),
        ("regex(., '(?=a)b')", "pattern", 0),
        ("(" * 300 + "1" + ")" * 300, "too_deep", 121),
        ("1" + " or 1" * 300, "too_deep", 602),
        ("1" * 20_000, "too_long", 10_000),
        ("1" * 500, "number", 0),
    ],
)
def test_unreadable_expression_names_code_and_position(expression: str, code: str, position: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(expression)
    assert (caught.value.code, caught.value.position) == (code, position)
    assert caught.value.complaint.repair()


def test_error_says_problem_and_repair() -> None:
    with pytest.raises(
        ExpressionError, match=r"at character 3: “!” is not an operator. Write and, or, != or not\(\.\.\.\)\."
    ):
        parse("1 !2")


def test_error_is_worded_in_another_language() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("1 !2")
    said = caught.value.complaint.sentences(lambda message: message.replace("operator", "运算符"))
    assert said == "“!” is not an 运算符. Write and, or, != or not(...)."


def test_what_a_refused_function_lacks_is_worded_in_another_language() -> None:
    with pytest.raises(ExpressionError) as error:
        parse("distance('')")
    message = error.value.complaint.message(lambda text: text.replace("a GPS position", "GPS 定位"))
    assert message.endswith("GPS 定位.")


def test_expression_is_parsed_into_a_closed_tree() -> None:
    assert parse("${a} + 1") == Operation("+", Name("a"), Literal(1.0))


def outcome(text: Any) -> Any:
    """The value of an expression, or the error that refuses it."""
    try:
        return evaluate(parse(text), SCOPE)
    except ExpressionError as error:
        return error


@given(st.text(max_size=40))
def test_any_text_is_parsed_or_refused_at_a_place_within_it(text: Any) -> None:
    found = outcome(text)
    assert not isinstance(found, ExpressionError) or 0 <= found.position <= len(text)


@given(
    st.lists(
        st.sampled_from(["(", ")", "${a}", "1", "+", "and", "if", ",", "'", "selected", ".", "-", " "]), max_size=15
    )
)
def test_any_words_are_parsed_or_refused_with_a_repair(words: Any) -> None:
    found = outcome("".join(words))
    assert not isinstance(found, ExpressionError) or found.complaint.repair()
