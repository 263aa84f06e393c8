"""A session of a person who answers for several firms: it ends with the code, the firm, or another person's."""

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from survey.models import Case, Delegate, Delegation
from survey.services.register.delegates import end_delegation, revoke_delegate
from survey.services.register.from_frame import register_frame
from survey.views.respondent.delegate_session import (
    DELEGATE_KEY,
    delegate_in,
    delegation_has_ended,
    remember_delegate,
)
from tests.delegated import firm_of, give

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return User.objects.create(username="officer")


@pytest.fixture
def given(cases: list[Case], officer: User) -> Delegation:
    """A bookkeeper who answers for the firm of the first case."""
    register_frame(frame=cases[0].sample_unit.unit.frame, actor=None)
    return give(firm_of(cases[0]), officer, "lin@example.com")


def session_of(person: Delegate | None) -> HttpRequest:
    request = RequestFactory().get("/firms/")
    request.session = SessionStore()
    request.session.create()
    if person is not None:
        remember_delegate(request, person)
    return request


def ended(request: HttpRequest, case: Case, person: Delegate) -> bool:
    return delegation_has_ended(request, {"id": case.pk, "delegate": person.pk})


def test_typed_code_is_remembered_under_another_session_key(given: Delegation) -> None:
    request = session_of(None)
    before = request.session.session_key
    remember_delegate(request, given.delegate)
    assert (delegate_in(request), request.session.session_key == before) == (given.delegate, False)


def test_session_ends_with_the_code(given: Delegation, officer: User, cases: list[Case]) -> None:
    request = session_of(given.delegate)
    assert not ended(request, cases[0], given.delegate)
    revoke_delegate(delegate=given.delegate, actor=officer)
    assert (delegate_in(request), ended(request, cases[0], given.delegate)) == (None, True)


def test_case_is_closed_to_a_person_who_does_not_answer_for_its_firm(
    given: Delegation, officer: User, cases: list[Case]
) -> None:
    request, person = session_of(given.delegate), given.delegate
    assert ended(request, cases[1], person)
    end_delegation(delegation=given, actor=officer)
    assert ended(request, cases[0], person)


def test_case_that_another_person_opened_is_closed(given: Delegation, officer: User, cases: list[Case]) -> None:
    other = give(firm_of(cases[0]), officer, "wu@example.com").delegate
    assert ended(session_of(other), cases[0], given.delegate)


@pytest.mark.parametrize("held", [None, "text"])
def test_session_without_a_person_has_none(given: Delegation, cases: list[Case], held: object) -> None:
    request = session_of(None)
    request.session[DELEGATE_KEY] = held
    assert (delegate_in(request), ended(request, cases[0], given.delegate)) == (None, True)
    assert not delegation_has_ended(request, {"id": cases[0].pk})
