from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.instrument.expressions.evaluation import (
    Scope,
    evaluate,
    holds,
    names_in,
    parse,
    usable_names_in,
    value_of,
)
from tests.instrument.expressions.scope import SCOPE


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("7 - 2 - 1", 4.0),
        ("-${staff} + 1", -29.0),
        ("7 div 2", 3.5),
        ("7 mod 3", 1.0),
        ("-7 mod 3", -1.0),
        ("1 div 0", None),
        ("1 mod 0", None),
        ("${staff} = 30 and ${zero} = 0", True),
        ("1 = 2 or 2 = 2", True),
        ("1 < 2 = true()", True),
        ("${scale} >= 4", True),
        ("${scale} = '4'", True),
        (". > 5", True),
        (". < ${staff}", True),
        ("${staff} div ${previous_staff}", 1.5),
        ("${frame_revenue} > 100", True),
        ("${split__own}", 60.0),
        ("${costs__power__y2}", 3.0),
        ("0.1 + 0.2 = 0.3", True),
        ("0.1 + 0.2 <= 0.3 and 0.1 * 3 >= 0.3", True),
        ("0.1 + 0.2 > 0.3 or 0.1 + 0.2 != 0.3", False),
        ("0.3 = 0.3000001", False),
        ("999999999999999 = 999999999999998", False),
        ("sum(${costs__y1})", 7.0),
        ("sum(${costs})", 10.0),
        ("count(${costs})", 3),
    ],
)
def test_expression_has_value(expression: str, value: bool | float | None) -> None:
    assert value_of(expression, SCOPE) == value


@pytest.mark.parametrize("unanswered", ["${absent}", "${empty}", "${refusal}"])
def test_unanswered_operand_follows_the_one_rule(unanswered: str) -> None:
    compared = [holds(f"{unanswered} {sign} 3", SCOPE) for sign in ("=", "!=", "<", "<=", ">", ">=")]
    assert compared == [False] * 6
    assert value_of(f"{unanswered} + 1", SCOPE) is None
    assert value_of(f"round({unanswered})", SCOPE) is None
    assert holds(f"not({unanswered})", SCOPE)
    assert holds(f"{unanswered} = ''", SCOPE)
    assert not holds(f"{unanswered} != ''", SCOPE)


def test_answered_operand_differs_from_the_empty_text() -> None:
    assert holds("${zero} != ''", SCOPE)
    assert not holds("${zero} = ''", SCOPE)


def test_missing_code_is_asked_for_by_name() -> None:
    assert holds("${refusal} = 'refused'", SCOPE)
    assert holds("${refusal} != 'dont_know'", SCOPE)
    assert not holds("${absent} != 'refused'", SCOPE)
    assert holds("selected(${refusal}, 'refused')", SCOPE)
    assert holds("${staff} != 'refused'", SCOPE)


def test_choice_name_is_looked_up_by_the_scope() -> None:
    scope = Scope(
        answers={"size": "l"}, facts={}, today=SCOPE.today, own=None, choice_name=lambda name, code: f"{name}:{code}"
    )
    assert value_of("jr:choice-name(${size}, '${size}')", scope) == "size:l"


def test_curly_quotation_marks_are_read_as_straight_ones() -> None:
    assert value_of("‘a’ = “a”", SCOPE) is True


def test_names_are_found_everywhere() -> None:
    assert names_in("if(${a} > 1, ${b}, coalesce(${c}, 0))") == {"a", "b", "c"}
    assert names_in("") == frozenset()


def test_names_inside_coalesce_need_no_answer() -> None:
    assert usable_names_in("${a} > coalesce(${b}, 0)") == {"a"}


NUMBERS = st.floats(-1e6, 1e6).map(lambda number: f"{number:.3f}".replace("-", "0 - "))
TREES = st.recursive(
    st.one_of(
        NUMBERS, st.sampled_from(["${staff}", "${absent}", "${refusal}", "${sites}", "${costs}", ".", "'text'", "''"])
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "div", "mod", "=", "!=", "<", ">=", "and", "or"]), inner).map(
            lambda parts: "(" + " ".join(parts) + ")"
        ),
        st.tuples(
            st.sampled_from(["round", "int", "sum", "not", "date", "count-selected", "string-length"]), inner
        ).map(lambda parts: f"{parts[0]}({parts[1]})"),
    ),
    max_leaves=12,
)


@given(TREES)
def test_any_readable_expression_has_a_value(expression: Any) -> None:
    evaluate(parse(expression), SCOPE)
