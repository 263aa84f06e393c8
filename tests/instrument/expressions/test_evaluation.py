from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.instrument.expressions.errors import ExpressionError
from survey.instrument.expressions.evaluation import (
    Scope,
    evaluate,
    holds,
    names_in,
    parse,
    usable_names_in,
    value_of,
)
from survey.instrument.expressions.tree import Literal, Name, Operation

SCOPE = Scope(
    answers={
        "staff": 30,
        "zero": 0,
        "sites": ["sz", "gz"],
        "refusal": "refused",
        "empty": "",
        "scale": "4",
        "founded": "2020-02-29",
        "costs": {"power": {"y1": 2.0, "y2": 3.0}, "rent": {"y1": 5.0}},
        "split": {"own": 60.0, "other": 40.0},
    },
    facts={"frame_revenue": 500.0, "previous_staff": 20},
    today=date(2026, 3, 31),
    own=7,
)


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


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("selected(${sites}, 'sz')", True),
        ("selected(${sites}, 's')", False),
        ("selected-at(${sites}, 1)", "gz"),
        ("selected-at(${sites}, 5)", None),
        ("count-selected(${sites})", 2),
        ("if(${staff} > 20, 'many', 'few')", "many"),
        ("coalesce(${absent}, ${refusal}, 3)", 3.0),
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
        ("digest('痛点', 'MD5', 'hex')", "d28f5f79a05019caa083ce150a5a2a92"),
        ("digest('abc', 'SHA-1')", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="),
        ("digest('abc', 'SHA-3')", None),
        ("base64-decode('55eb54K5')", "痛点"),
        ("base64-decode('no')", None),
        ("string-length('痛点')", 2),
        ("regex('AB12', '[A-Z]+[0-9]+')", True),
        ("regex('AB12x', '[A-Z]+[0-9]+')", False),
        ("sum(1, 2, ${absent})", 3.0),
        ("min(3, 1, 2)", 1.0),
        ("max(3, ${refusal}, 2)", 3.0),
        ("count(${staff}, ${absent}, ${refusal})", 1),
        ("round(2.5)", 3.0),
        ("round(-2.5)", -2.0),
        ("round(1234.567, 1)", 1234.6),
        ("round(1234, -2)", 1200.0),
        ("int(-3.7)", -3.0),
        ("number('12.5') + 1", 13.5),
        ("string(12.0)", "12"),
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
        ("not(false())", True),
        ("pow(2, 10)", 1024.0),
        ("pow(-8, 0.5)", None),
        ("sqrt(-1)", None),
        ("exp(1000)", None),
        ("checklist(1, 2, true(), true(), false())", True),
        ("weighted-checklist(3, 9, true(), 2, true(), 2)", True),
        ("jr:choice-name(${scale}, '${scale}')", "4"),
    ],
)
def test_function_has_value(expression: str, value: Any) -> None:
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
