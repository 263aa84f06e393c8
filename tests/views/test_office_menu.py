"""The menu of the office and the buttons of its first page: what stands there opens, and what opens stands there."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import Case, District, Territory, Wave
from survey.terms import Role
from survey.views.office_menu import MENU
from survey.views.office_site import SHORTCUTS

OF_MENU = {reverse(one.page) for _label, entries in MENU for one in entries}
ALL = OF_MENU | {reverse(page) for page, _label in SHORTCUTS}


def shown(client: Client) -> tuple[set[str], set[str]]:
    """The addresses in the menu, and those of the buttons."""
    context = client.get(reverse("admin:index")).context
    menu = {entry["address"] for group in context["menu"] for entry in group["entries"]}
    return menu, {button["address"] for button in context["shortcuts"]}


def answers(client: Client, addresses: set[str]) -> dict[str, int]:
    return {address: client.get(address, follow=True).status_code for address in addresses}


def opening(client: Client) -> set[str]:
    """The pages that do not refuse the user; each of them has to be there."""
    statuses = answers(client, ALL)
    assert set(statuses.values()) <= {200, 403}
    return {address for address, status in statuses.items() if status == 200}


@pytest.fixture(params=sorted(Role))
def somebody(request: pytest.FixtureRequest, office_user: Callable[[Role | str], User], client: Client) -> User:
    """A member of staff with each of the roles, signed in."""
    user = office_user(request.param)
    client.force_login(user)
    return user


def test_menu_holds_what_opens_while_a_wave_collects(client: Client, somebody: User, cases: list[Case]) -> None:
    opens = opening(client)
    menu, buttons = shown(client)
    assert menu == opens & OF_MENU
    assert buttons <= opens


def test_menu_holds_what_opens_on_an_empty_site(client: Client, somebody: User) -> None:
    opens = opening(client)
    assert shown(client)[0] == opens & OF_MENU


def test_menu_of_who_works_on_some_districts_leaves_out_what_concerns_all(
    client: Client, somebody: User, cases: list[Case]
) -> None:
    Territory.objects.create(user=somebody, district=District.objects.first())
    opens = opening(client)
    menu, buttons = shown(client)
    assert menu == opens & OF_MENU
    assert buttons <= opens
    assert {reverse("sample_draw"), reverse("frame_import")}.isdisjoint(menu | buttons)


@pytest.mark.parametrize("works_on_some", [False, True])
def test_what_waits_leads_to_pages_that_open(
    client: Client, somebody: User, cases: list[Case], works_on_some: bool
) -> None:
    wave = Wave.objects.get()
    Wave.objects.create(
        survey=wave.survey, code="later", title=wave.title, opens_at=wave.opens_at, closes_at=wave.closes_at
    )
    if works_on_some:
        Territory.objects.create(user=somebody, district=cases[0].sample_unit.unit.district)
    waits = client.get(reverse("admin:index")).context["waiting"]
    assert answers(client, {task["address"] for task in waits}) == {task["address"]: 200 for task in waits}


def test_methodologist_and_officer_find_the_editing_queue(
    client: Client, office_user: Callable[[Role | str], User], cases: list[Case]
) -> None:
    found = {}
    for role in Role:
        client.force_login(office_user(role))
        found[role] = reverse("editing") in shown(client)[0]
    assert {role for role, is_there in found.items() if is_there} == {
        Role.ADMINISTRATOR,
        Role.FIELD_OFFICER,
        Role.METHODOLOGIST,
    }


def test_page_that_is_open_is_marked_in_the_menu(client: Client, office_user: Callable[[Role | str], User]) -> None:
    client.force_login(office_user(Role.FIELD_OFFICER))
    menu = client.get(reverse("firm_list")).context["menu"]
    assert [one["address"] for group in menu for one in group["entries"] if one["is_open"]] == [reverse("firm_list")]
