"""Every office page of sample and fieldwork: the right person, the wrong one, nobody, and the wrong method."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import Case, Response
from survey.terms import Role
from tests.waves import version_of

OFFICERS = {Role.ADMINISTRATOR, Role.FIELD_OFFICER}
ON_CASE = ["case_detail", "case_return", "case_revoke", "case_code"]
PAGES = {
    "sample_draw": ("GET", "PUT"),
    "case_list": ("GET", "POST"),
    "case_detail": ("GET", "POST"),
    "case_answers": ("GET", "POST"),
    "case_file": ("GET", "POST"),
    "case_action": ("POST", "GET"),
    "case_return": ("POST", "GET"),
    "case_revoke": ("POST", "GET"),
    "case_code": ("POST", "GET"),
    "wave_open": ("GET", "PUT"),
    "wave_close": ("GET", "PUT"),
}
"""The method that each page answers, and one that it does not."""


@pytest.fixture
def address_of(cases: list[Case]) -> Any:
    response = Response.objects.create(case=cases[0], version=version_of(cases[0].wave))
    arguments: dict[str, list[Any]] = {name: [cases[0].pk] for name in ON_CASE}
    arguments |= {"case_answers": [cases[0].pk, response.pk], "case_file": [cases[0].pk, response.pk, "q_share"]}
    arguments |= {"wave_open": ["w1"], "wave_close": ["w1"]}
    return lambda name: reverse(name, args=arguments.get(name, []))


def ask(client: Client, method: str, address: str) -> Any:
    return client.generic(method, address)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", sorted(OFFICERS))
def test_page_answers_officers(
    client: Client, office_user: Callable[[Role | str], User], address_of: Any, name: str, role: Role
) -> None:
    client.force_login(office_user(role))
    assert ask(client, PAGES[name][0], address_of(name)).status_code in (
        {404} if name in ("case_action", "case_file") else {200, 302, 422}
    )


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", sorted(set(Role) - OFFICERS))
def test_page_refuses_other_roles(
    client: Client, office_user: Callable[[Role | str], User], address_of: Any, name: str, role: Role
) -> None:
    client.force_login(office_user(role))
    assert ask(client, PAGES[name][0], address_of(name)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_page_sends_nobody_to_the_login(client: Client, address_of: Any, name: str) -> None:
    address = address_of(name)
    answer = ask(client, PAGES[name][0], address)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('admin:login')}?next={address}")


@pytest.mark.parametrize("name", PAGES)
def test_page_refuses_the_wrong_method(
    client: Client, office_user: Callable[[Role | str], User], address_of: Any, name: str
) -> None:
    client.force_login(office_user(Role.FIELD_OFFICER))
    assert ask(client, PAGES[name][1], address_of(name)).status_code == 405


def test_dismissed_officer_is_refused(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case]
) -> None:
    officer = office_user(Role.FIELD_OFFICER)
    client.force_login(officer)
    officer.is_staff = False
    officer.save()
    assert client.get(reverse("case_list")).status_code == 403
