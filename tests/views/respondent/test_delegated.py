from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import Case, Delegate, Delegation, FirmChange
from survey.services.fieldwork.access_codes import derive_code
from survey.services.register.delegates import (
    DelegateError,
    delegate_code,
    end_delegation,
    find_delegate,
    revoke_delegate,
)
from survey.services.register.from_frame import register_frame
from survey.terms import Role
from tests.delegated import firm_of, give

LIST = "/firms/"


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


@pytest.fixture
def given(cases: list[Case], officer: User) -> list[Case]:
    """The first two cases, whose firms one bookkeeper answers for: the first as the main person."""
    register_frame(frame=cases[0].sample_unit.unit.frame, actor=None)
    found = list(Case.objects.filter(pk__in=[case.pk for case in cases[:3]]).order_by("pk"))
    for place, case in enumerate(found[:2]):
        give(firm_of(case), officer, is_main=place == 0)
    return found


def code() -> str:
    return delegate_code(Delegate.objects.get(email="lin@example.com"))


@pytest.fixture
def bookkeeper(client: Client, given: list[Case]) -> Client:
    """The browser of the bookkeeper, in English, who has typed the code."""
    client.cookies["django_language"] = "en"
    answer = client.post("/", {"access_code": code()})
    assert answer["Location"] == LIST
    return client


def opened(client: Client, case: Case) -> Any:
    return client.post(reverse("respondent:delegated_open", args=[case.pk]))


def test_one_code_lists_what_is_open_for_all_firms(bookkeeper: Client, given: list[Case]) -> None:
    text = bookkeeper.get(LIST).content.decode()
    names = [case.sample_unit.unit.name for case in given]
    assert [name in text for name in names] == [True, True, False]
    assert ("You are the main person" in text, "You answer as a delegate" in text) == (True, True)


def test_questionnaire_of_a_given_firm_opens_and_leads_back(bookkeeper: Client, given: list[Case]) -> None:
    assert opened(bookkeeper, given[1])["Location"] == reverse("respondent:hub")
    text = bookkeeper.get(reverse("respondent:hub")).content.decode()
    assert (given[1].sample_unit.unit.name in text, "My firms" in text) == (True, True)


def test_following_a_link_opens_no_questionnaire(bookkeeper: Client, given: list[Case]) -> None:
    assert bookkeeper.get(reverse("respondent:delegated_open", args=[given[0].pk])).status_code == 405


def test_questionnaire_of_another_firm_is_not_there(bookkeeper: Client, given: list[Case]) -> None:
    assert opened(bookkeeper, given[2]).status_code == 404
    assert bookkeeper.get(reverse("respondent:hub")).status_code == 302


def test_firm_taken_back_ends_the_session_for_it(bookkeeper: Client, given: list[Case], officer: User) -> None:
    opened(bookkeeper, given[0])
    end_delegation(delegation=Delegation.objects.get(firm=firm_of(given[0])), actor=officer)
    assert bookkeeper.get(reverse("respondent:hub")).status_code == 302
    assert opened(bookkeeper, given[0]).status_code == 404


def test_revoked_code_opens_nothing_and_ends_what_it_opened(
    bookkeeper: Client, given: list[Case], officer: User
) -> None:
    opened(bookkeeper, given[0])
    old = code()
    revoke_delegate(delegate=Delegate.objects.get(), actor=officer)
    assert (find_delegate(old), bookkeeper.get(reverse("respondent:hub")).status_code) == (None, 302)
    assert bookkeeper.get(LIST)["Location"] == "/"


def test_code_of_a_firm_ends_what_the_person_had_opened(bookkeeper: Client, given: list[Case]) -> None:
    answer = bookkeeper.post("/", {"access_code": derive_code(given[2])})
    assert answer["Location"] == reverse("respondent:hub")
    assert bookkeeper.get(LIST).status_code == 302


def test_code_of_the_person_ends_what_a_firm_had_opened(client: Client, given: list[Case]) -> None:
    client.post("/", {"access_code": derive_code(given[2])})
    assert client.post("/", {"access_code": code()})["Location"] == LIST
    assert client.get(reverse("respondent:hub")).status_code == 302


def test_leaving_forgets_the_person(bookkeeper: Client) -> None:
    bookkeeper.post(reverse("respondent:leave"))
    assert bookkeeper.get(LIST).status_code == 302


def test_closed_case_is_not_listed(bookkeeper: Client, given: list[Case]) -> None:
    Case.objects.filter(pk=given[0].pk).update(is_closed=True)
    assert given[0].sample_unit.unit.name not in bookkeeper.get(LIST).content.decode()


def test_same_person_keeps_one_code_and_a_firm_is_given_once(given: list[Case], officer: User) -> None:
    assert Delegate.objects.count() == 1
    with pytest.raises(DelegateError):
        give(firm_of(given[0]), officer, email="LIN@example.com")
    assert Delegation.objects.count() == 2


def test_firm_has_one_main_person(given: list[Case], officer: User) -> None:
    give(firm_of(given[0]), officer, is_main=True, email="wu@example.com")
    rows = Delegation.objects.filter(firm=firm_of(given[0])).order_by("pk").values_list("is_main", flat=True)
    assert list(rows) == [False, True]
    assert not FirmChange.objects.filter(new__contains="林").exists()


def test_office_gives_a_firm_shows_the_code_and_revokes_it(client: Client, given: list[Case], officer: User) -> None:
    client.force_login(officer)
    client.cookies["django_language"] = "en"
    address = reverse("firm_delegate", args=[firm_of(given[2]).pk])
    person = Delegate.objects.get()
    sent = {"name": "林会计", "email": "lin@example.com"}
    assert client.post(address, sent)["Location"] == reverse("delegate_page", args=[person.pk])
    assert client.post(address, sent).status_code == 422
    assert code() in client.post(reverse("delegate_show_code", args=[person.pk])).content.decode()
    before = code()
    client.post(reverse("delegate_revoke", args=[person.pk]))
    assert code() != before
    last = person.delegations.order_by("-pk")[0]
    client.post(reverse("delegation_end", args=[person.pk, last.pk]))
    assert person.delegations.count() == 2
