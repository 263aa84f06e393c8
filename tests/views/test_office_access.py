"""Every office page of sample and fieldwork: the right person, the wrong one, nobody, and the wrong method."""

import pytest
from django.urls import reverse

from survey.models import Response
from survey.terms import Role

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
def address_of(cases):
    response = Response.objects.create(case=cases[0], version=cases[0].wave.version)
    arguments = {name: [cases[0].pk] for name in ON_CASE}
    arguments |= {"case_answers": [cases[0].pk, response.pk], "case_file": [cases[0].pk, response.pk, "q_share"]}
    arguments |= {"wave_open": ["w1"], "wave_close": ["w1"]}
    return lambda name: reverse(name, args=arguments.get(name, []))


def ask(client, method: str, address: str):
    return client.generic(method, address)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", sorted(OFFICERS))
def test_page_answers_officers(client, office_user, address_of, name, role):
    client.force_login(office_user(role))
    assert ask(client, PAGES[name][0], address_of(name)).status_code in (
        {404} if name in ("case_action", "case_file") else {200, 302, 422}
    )


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", sorted(set(Role) - OFFICERS))
def test_page_refuses_other_roles(client, office_user, address_of, name, role):
    client.force_login(office_user(role))
    assert ask(client, PAGES[name][0], address_of(name)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_page_sends_nobody_to_the_login(client, address_of, name):
    address = address_of(name)
    answer = ask(client, PAGES[name][0], address)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('admin:login')}?next={address}")


@pytest.mark.parametrize("name", PAGES)
def test_page_refuses_the_wrong_method(client, office_user, address_of, name):
    client.force_login(office_user(Role.FIELD_OFFICER))
    assert ask(client, PAGES[name][1], address_of(name)).status_code == 405


def test_dismissed_officer_is_refused(client, office_user, cases):
    officer = office_user(Role.FIELD_OFFICER)
    client.force_login(officer)
    officer.is_staff = False
    officer.save()
    assert client.get(reverse("case_list")).status_code == 403
