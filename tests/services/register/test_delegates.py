"""Persons who answer for several firms: one code, revoked with all that it opened."""

import pytest
from django.contrib.auth.models import User

from survey.models import Case, Delegate, Delegation, Firm, FirmChange, StaffAction
from survey.services.register.delegates import (
    DelegateError,
    delegate_code,
    end_delegation,
    find_delegate,
    revoke_delegate,
)
from survey.services.register.from_frame import register_frame
from tests.delegated import give
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return User.objects.create(username="officer")


@pytest.fixture
def firms(cases: list[Case]) -> list[Firm]:
    register_frame(frame=cases[0].sample_unit.unit.frame, actor=None)
    return list(Firm.objects.order_by("credit_code")[:2])


def test_same_address_in_any_case_is_the_same_person_with_one_code(firms: list[Firm], officer: User) -> None:
    first, second = give(firms[0], officer), give(firms[1], officer, "LIN@example.com")
    assert (first.delegate, Delegate.objects.count()) == (second.delegate, 1)
    assert find_delegate(delegate_code(first.delegate).lower()) == first.delegate


def test_person_that_ended_is_another_one(firms: list[Firm], officer: User) -> None:
    old = give(firms[0], officer).delegate
    Delegate.objects.update(is_active=False)
    assert find_delegate(delegate_code(old)) is None
    assert give(firms[0], officer).delegate != old


def test_firm_is_given_to_a_person_once(firms: list[Firm], officer: User) -> None:
    give(firms[0], officer)
    with pytest.raises(DelegateError) as refused:
        give(firms[0], officer)
    assert (refused.value.code, Delegation.objects.count()) == ("given_already", 1)


def test_new_main_person_makes_the_one_before_a_delegated_one(firms: list[Firm], officer: User) -> None:
    elsewhere = give(firms[1], officer, is_main=True)
    give(firms[0], officer, is_main=True)
    give(firms[0], officer, "wu@example.com")
    assert Delegation.objects.get(firm=firms[0], is_main=True).delegate.email == "lin@example.com"
    give(firms[0], officer, "he@example.com", is_main=True)
    assert Delegation.objects.get(firm=firms[0], is_main=True).delegate.email == "he@example.com"
    elsewhere.refresh_from_db()
    assert elsewhere.is_main


def test_revoked_code_finds_nobody_and_the_new_one_does(firms: list[Firm], officer: User) -> None:
    person = give(firms[0], officer).delegate
    old = delegate_code(person)
    person = revoke_delegate(delegate=person, actor=officer)
    assert (find_delegate(old), find_delegate(delegate_code(person))) == (None, person)
    assert StaffAction.objects.latest("pk").verb == "revoke_delegate"


@pytest.mark.parametrize("typed", ["", "?", "AAAA-AAAA-AAAA-AAAA"])
def test_what_is_no_code_finds_nobody(firms: list[Firm], officer: User, typed: str) -> None:
    give(firms[0], officer)
    assert find_delegate(typed) is None


def test_history_says_that_and_not_who(firms: list[Firm], officer: User) -> None:
    end_delegation(delegation=give(firms[0], officer), actor=officer)
    changes = FirmChange.objects.filter(field="delegate").values_list("firm", "old", "new", "author")
    assert list(changes) == [(firms[0].pk, "", "", officer.pk)] * 2
    verbs = ["delegate_firm", "end_delegation"]
    entries = StaffAction.objects.filter(verb__in=verbs).order_by("pk").values_list("verb", "subject")
    assert list(entries) == [(verb, firms[0].credit_code) for verb in verbs]
    assert not Delegation.objects.exists()


def test_firm_is_given_and_taken_and_a_code_is_revoked_whole_or_not_at_all(firms: list[Firm], officer: User) -> None:
    give(firms[0], officer, "wu@example.com", is_main=True)
    assert half_written(lambda: give(firms[0], officer, is_main=True)) == []
    made = Delegation.objects.get(is_main=True)
    assert half_written(lambda: revoke_delegate(delegate=made.delegate, actor=officer)) == []
    assert half_written(lambda: end_delegation(delegation=Delegation.objects.get(pk=made.pk), actor=officer)) == []
