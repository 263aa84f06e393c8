"""``!=`` of a form keeps XForms' meaning, where a question without an answer differs from every value."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from survey.exchange.xlsform import Reading
from survey.exchange.xlsform.dialect.inequality import with_unanswered
from survey.instrument.expressions.evaluation import Scope, holds
from survey.instrument.routing.route import route_of


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("${x} != 'yes'", "not(${x} = 'yes')"),
        ("${a} = 1 and ${x} != 3 or ${y} != 2", "${a} = 1 and not(${x} = 3) or not(${y} = 2)"),
        ("if(${x} != 3, 'a != b', 1)", "if(not(${x} = 3), 'a != b', 1)"),
        ("(${x} + 1) != ${y}", "not((${x} + 1) = ${y})"),
        ("${x} != ${y}", "not(concat(${x}) = concat(${y}))"),
        ("name != ${x}", "not(name = ${x})"),
        ("${x} != ''", "${x} != ''"),
        (". != 3", ". != 3"),
        ("${x} = 3", "${x} = 3"),
        ("${x} !=", "${x} !="),
    ],
)
def test_inequality_is_the_denial_of_an_equality(written: str, expected: str) -> None:
    assert with_unanswered(written) == expected


@pytest.mark.parametrize(
    ("answers", "expected"), [({}, True), ({"x": 3}, False), ({"x": 4}, True), ({"x": "dont_know"}, True)]
)
def test_it_holds_where_the_question_is_open(answers: dict[str, Any], expected: bool) -> None:
    scope = Scope(answers=answers, facts={}, today=date(2026, 1, 1))
    assert holds(with_unanswered("${x} != 3"), scope) is expected


@pytest.mark.parametrize(("answers", "expected"), [({}, False), ({"x": 3}, True), ({"x": 3, "y": 3}, False)])
def test_two_open_questions_do_not_differ(answers: dict[str, Any], expected: bool) -> None:
    scope = Scope(answers=answers, facts={}, today=date(2026, 1, 1))
    assert holds(with_unanswered("${x} != ${y}"), scope) is expected


@pytest.mark.parametrize(
    ("answers", "asked"),
    [({}, ["exports", "staff", "why", "n", "t3"]), ({"exports": "yes", "n": 3}, ["exports", "n"])],
)
def test_questions_that_read_an_open_question_are_asked(
    read: Callable[[str], Reading], answers: dict[str, Any], asked: list[str]
) -> None:
    content = read("not_equal_unanswered").questionnaire
    assert content
    route = route_of(content, answers, {}, date(2026, 1, 1))
    assert [entry.item.code for page in route.pages for entry in page.items] == asked
