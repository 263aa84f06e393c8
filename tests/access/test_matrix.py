"""Every address of the site, asked and posted to by everybody there is, with a valid form token and real objects."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from survey.terms import Role
from tests.access.actors import STAFF, TOKEN, Actor, browser_of, case_of
from tests.access.routes import every_route
from tests.access.table import ADMIN, EMPTY, NOWHERE, OFFICE, OWN, QUESTIONNAIRE, RULES, Who
from tests.access.world import World, model_of

LET_IN, REFUSED, NOT_ANSWERED, NOTHING_THERE, BROKEN = "let in", "refused", "no such method", "not there", "broken"
DOORS = ("admin:login", "respondent:home")
LEAD_OUT = ("respondent:leave", "set_language")
"""They lead everybody to a door, as they should."""
Staff = Callable[[Role | str], User]


def test_every_named_route_is_in_the_table() -> None:
    assert {route.name for route in every_route() if route.name} == RULES.keys() | set(NOWHERE)


def test_routes_without_a_name_are_those_of_the_admin() -> None:
    rows = {f"admin/{'/'.join(model.rsplit('_', 1))}/<path:object_id>/" for model in ADMIN}
    assert {route.path for route in every_route() if not route.name} == {"admin/(?P<url>.*)$", *rows}


@pytest.mark.parametrize("actor", Actor)
def test_each_is_let_in_where_the_table_says(world: World, office_user: Staff, actor: Actor) -> None:
    client = browser_of(actor, world.cases, office_user)
    found = {(name, method): ask(client, world, name, method, actor) for name, method in tried_by(actor)}
    assert {asked: met for asked, met in found.items() if met not in meets(*asked, actor)} == {}


def tried_by(actor: Actor) -> list[tuple[str, str]]:
    """Every address of ours; of the admin's pages those that refuse the actor, since the others take long to make."""
    # A history only shows, and answers a post as it answers a question.
    both = [
        (name, method) for name in RULES for method in ("get", "post") if (method, name[-8:]) != ("post", "_history")
    ]
    is_firm = actor in (Actor.FIRM_B, Actor.FIRM_REVOKED, Actor.FIRM_CLOSED)
    return [
        (name, method)
        for name, method in both
        if model_of(name) not in ADMIN or not (is_firm or actor in getattr(RULES[name], method))
    ]


@pytest.mark.parametrize("actor", [Actor.ADMINISTRATOR, Actor.FIRM_A])
def test_no_page_of_ours_answers_another_method(world: World, office_user: Staff, actor: Actor) -> None:
    client = browser_of(actor, world.cases, office_user)
    ours = OFFICE if actor is Actor.ADMINISTRATOR else QUESTIONNAIRE
    asked = [(name, method) for name in ours for method in ("put", "patch", "delete")]
    assert {one: ask(client, world, *one, actor) for one in asked} == dict.fromkeys(asked, NOT_ANSWERED)


@pytest.mark.parametrize("actor", [Actor.ADMINISTRATOR, Actor.FIRM_A])
def test_nothing_is_done_without_a_form_token(world: World, office_user: Staff, actor: Actor) -> None:
    client = browser_of(actor, world.cases, office_user)
    done = [name for name, rule in RULES.items() if actor in rule.post]
    assert {client.post(world.address_of(name), world.query_of(name, world.cases[0])).status_code for name in done} == {
        403
    }


def meets(route: str, method: str, actor: Actor) -> set[str]:
    """What an actor may meet. Whether a method is answered at all, those outside may learn before or after the door."""
    rule = RULES[route]
    who: Who = getattr(rule, method)
    if actor in who:
        # The list of outliers says that there is none yet, and takes no decision about one.
        return {NOTHING_THERE, LET_IN} if route == "outliers" else {NOTHING_THERE if route in EMPTY else LET_IN}
    if route == "admin:app_list" and actor is Actor.WITHOUT_ROLE:
        return {NOTHING_THERE}
    if route in OWN and who and actor in STAFF:
        return {NOTHING_THERE}
    if not who and actor in rule.get | rule.post:
        # Django's own pages take a post of those who may only look, and refuse it.
        return {REFUSED if model_of(route) in ADMIN else NOT_ANSWERED}
    return {REFUSED, NOT_ANSWERED}


def ask(client: Client, world: World, route: str, method: str, actor: Actor) -> str:
    """What comes of one request, after which everything is as it was."""
    cookies = {name: cookie.value for name, cookie in client.cookies.items()}
    query = world.query_of(route, case_of(actor, world.cases))
    typed = {**query, "csrfmiddlewaretoken": TOKEN} if method == "post" else query if method == "get" else {}
    with transaction.atomic():
        answer = getattr(client, method)(world.address_of(route), typed, headers={"X-CSRFToken": TOKEN})
        transaction.set_rollback(True)
    for name, value in cookies.items():
        client.cookies[name] = value
    return outcome(answer, route)


def outcome(answer: HttpResponseBase, route: str) -> str:
    """What a response means; whoever is sent to a door is refused."""
    doors = {reverse(door) for door in DOORS if door != route}
    if answer.status_code == 302 and answer["Location"].partition("?")[0] in doors and route not in LEAD_OUT:
        return REFUSED
    if answer.status_code == 302 and answer["Location"] == reverse("admin:index") and model_of(route) in ADMIN:
        # So the admin says that a row is not there.
        return NOTHING_THERE
    return MEANING.get(answer.status_code, LET_IN if answer.status_code < 500 else BROKEN)


MEANING = {403: REFUSED, 404: NOTHING_THERE, 405: NOT_ANSWERED}
