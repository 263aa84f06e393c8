"""Officers give firms to persons within their own districts, and see no code that opens a firm of another."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import Case, Delegate, Delegation, District, Firm, StaffAction, Territory
from survey.services.register.delegates import delegate_code
from survey.services.register.from_frame import register_frame
from survey.terms import Role
from tests.delegated import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client, office_user: Callable[[Role | str], User]) -> User:
    """Works on the first of two districts alone."""
    user = office_user(Role.FIELD_OFFICER)
    Territory.objects.create(user=user, district=District.objects.order_by("code")[0])
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


@pytest.fixture
def firms(cases: list[Case]) -> list[Firm]:
    """One of the first district, one of the second."""
    register_frame(frame=cases[0].sample_unit.unit.frame, actor=None)
    return [Firm.objects.filter(district=place).order_by("pk")[0] for place in District.objects.order_by("code")[:2]]


def statuses(client: Client, person: Delegate) -> list[int]:
    """Of the page of a person, of showing the code, and of revoking it."""
    shown = client.get(reverse("delegate_page", args=[person.pk])).status_code
    posts = ("delegate_show_code", "delegate_revoke")
    return [shown, *(client.post(reverse(name, args=[person.pk])).status_code for name in posts)]


def test_code_of_a_person_in_the_own_district_is_shown_and_that_is_written_down(
    client: Client, firms: list[Firm], officer: User
) -> None:
    person = give(firms[0], officer).delegate
    html = client.post(reverse("delegate_show_code", args=[person.pk])).content.decode()
    assert delegate_code(person) in html
    assert StaffAction.objects.get(verb="print_code").subject == f"delegate {person.pk}"
    assert statuses(client, person) == [200, 200, 302]


def test_code_that_opens_a_firm_of_another_district_is_neither_shown_nor_revoked(
    client: Client, firms: list[Firm], officer: User
) -> None:
    person = give(firms[0], officer).delegate
    give(firms[1], officer)
    generation = person.code_generation
    assert statuses(client, person) == [200, 403, 403]
    html = client.get(reverse("delegate_page", args=[person.pk])).content.decode()
    assert [firm.name in html for firm in firms] == [True, False]
    person.refresh_from_db()
    assert person.code_generation == generation


def test_person_of_another_district_is_not_there(client: Client, firms: list[Firm], officer: User) -> None:
    assert statuses(client, give(firms[1], officer).delegate) == [404, 404, 404]


def test_person_without_a_firm_is_there(client: Client, firms: list[Firm], officer: User) -> None:
    made = give(firms[1], officer)
    Delegation.objects.all().delete()
    assert statuses(client, made.delegate) == [200, 200, 302]


def test_firm_of_another_district_is_neither_given_nor_taken_back(
    client: Client, firms: list[Firm], officer: User
) -> None:
    made = give(firms[1], officer)
    give(firms[0], officer)
    address = reverse("firm_delegate", args=[firms[1].pk])
    assert client.post(address, {"name": "Wu", "email": "wu@example.com"}).status_code == 404
    assert client.post(reverse("delegation_end", args=[made.delegate.pk, made.pk])).status_code == 404
    assert Delegation.objects.count() == 2


def test_firm_is_given_from_its_page_and_taken_back(client: Client, firms: list[Firm], officer: User) -> None:
    address = reverse("firm_delegate", args=[firms[0].pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"name": "Wu", "email": "nobody"}).status_code == 422
    answer = client.post(address, {"name": "Wu", "email": "wu@example.com"})
    made = Delegation.objects.get()
    assert (answer["Location"], made.firm) == (reverse("delegate_page", args=[made.delegate.pk]), firms[0])
    client.post(reverse("delegation_end", args=[made.delegate.pk, made.pk]))
    assert not Delegation.objects.exists()
