"""Answers that look wrong and are right: accepted with a reason, once."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from survey.models import Case, EditingDecision, Response, StaffAction
from survey.services.editing.decisions import EditingRefusedError, accept_answers
from survey.terms import Role
from tests.interrupted import half_written
from tests.waves import version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def response(case: Case) -> Response:
    return Response.objects.create(case=case, version=version_of(case.wave), status="submitted")


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


def test_accepted_answers_are_kept_with_reason_and_author(response: Response, officer: User) -> None:
    assert accept_answers(response=response, values={"b": 2.0, "a": 1.0}, reason=" Two sites. ", actor=officer) == 2
    assert list(EditingDecision.objects.order_by("item").values_list("item", "value", "reason", "author")) == [
        ("a", 1.0, "Two sites.", officer.pk),
        ("b", 2.0, "Two sites.", officer.pk),
    ]
    action = StaffAction.objects.get(verb="accept_answers")
    assert (action.subject, action.detail) == (str(response.case), {"items": ["a", "b"]})


def test_same_value_is_accepted_once_and_another_one_anew(response: Response, officer: User) -> None:
    found = [
        accept_answers(response=response, values=values, reason="Two sites.", actor=officer)
        for values in ({"a": 1.0}, {"a": 1.0}, {"a": 1.0, "b": 2.0}, {"a": 3.0})
    ]
    assert found == [1, 0, 1, 1]
    assert StaffAction.objects.filter(verb="accept_answers").count() == 3


@pytest.mark.parametrize(
    ("values", "reason", "code"), [({}, "Two sites.", "nothing_marked"), ({"a": 1.0}, "  ", "no_reason")]
)
def test_nothing_is_accepted_without_a_mark_and_a_reason(
    response: Response, officer: User, values: dict[str, float], reason: str, code: str
) -> None:
    with pytest.raises(EditingRefusedError) as refused:
        accept_answers(response=response, values=values, reason=reason, actor=officer)
    assert (refused.value.code, EditingDecision.objects.count()) == (code, 0)


def test_answers_are_accepted_together_or_not_at_all(response: Response, officer: User) -> None:
    values = {"a": 1.0, "b": 2.0}
    assert half_written(lambda: accept_answers(response=response, values=values, reason="True.", actor=officer)) == []
