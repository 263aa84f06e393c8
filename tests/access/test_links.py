"""A page leads nobody to a page that refuses them."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from survey.terms import Role
from tests.access.actors import ROLES, Actor, browser_of
from tests.access.table import RULES
from tests.access.world import World

LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')


@pytest.mark.parametrize("actor", [actor for actor in ROLES if actor is not Actor.ADMINISTRATOR])
def test_every_link_that_is_shown_leads_to_a_page_that_lets_in(
    world: World, office_user: Callable[[Role | str], User], actor: Actor
) -> None:
    client = browser_of(actor, world.cases, office_user)
    refused = {
        (route, led)
        for route, rule in RULES.items()
        if actor in rule.get
        for led in led_to(client, world, route)
        if actor not in RULES[led].get | RULES[led].post
    }
    assert refused == set()


def led_to(client: Client, world: World, route: str) -> Iterator[str]:
    """The names of the addresses that the page of a route has links to."""
    answer = client.get(world.address_of(route), world.query_of(route, world.cases[0]))
    if not isinstance(answer, HttpResponse) or "html" not in answer["Content-Type"]:
        return
    for address in set(LINK.findall(answer.content.decode())):
        try:
            name = resolve(urlsplit(address).path).view_name
        except Resolver404:
            continue
        if name in RULES:
            yield name
