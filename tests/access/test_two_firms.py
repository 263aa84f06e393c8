"""Two firms with valid sessions, codes and form tokens: neither reads or changes anything of the other."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from survey.models import Case, Response
from survey.terms import ResponseStatus, Role
from survey.views.respondent.firm_mark import firm_mark
from tests.access.actors import TOKEN, Actor, browser_of
from tests.access.table import QUESTIONNAIRE
from tests.access.world import SECRET_OF_A, World

Staff = Callable[[Role | str], User]
READ = [name for name, rule in QUESTIONNAIRE.items() if rule.get]
DONE = ("respondent:page", "respondent:draft", "respondent:submit", "respondent:offline")


def read(client: Client, world: World) -> str:
    """Everything that a firm can read, the text of workbooks too."""
    answers: list[Any] = [client.get(world.address_of(name)) for name in READ]
    return "".join(text_of(answer.content) for answer in answers)


def text_of(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize("status", [ResponseStatus.DRAFT, ResponseStatus.SUBMITTED])
def test_firm_reads_its_own_answers_and_none_of_another(
    world: World, office_user: Staff, status: ResponseStatus
) -> None:
    Response.objects.update(status=status.value, submitted_at=timezone.now())
    own, other = (browser_of(actor, world.cases, office_user) for actor in (Actor.FIRM_A, Actor.FIRM_B))
    name_of_a = world.cases[0].sample_unit.unit.name
    seen = [(SECRET_OF_A in text, name_of_a in text) for text in (read(own, world), read(other, world))]
    assert seen == [(True, True), (False, False)]


@pytest.mark.parametrize("mark_of", [0, 1])
@pytest.mark.parametrize("route", DONE)
def test_what_a_firm_posts_never_reaches_another(world: World, office_user: Staff, route: str, mark_of: int) -> None:
    before = answers_of(world.cases[0])
    client = browser_of(Actor.FIRM_B, world.cases, office_user)
    typed = {"firm": firm_mark(world.cases[mark_of]), "remark": "X", "revision": "0", "submission_key": "k"}
    client.post(world.address_of(route), {**typed, "csrfmiddlewaretoken": TOKEN})
    assert answers_of(world.cases[0]) == before


def answers_of(case: Case) -> list[Any]:
    return list(Response.objects.filter(case=case).values("answers", "reasons", "revision", "status", "saved_at"))


def test_page_with_the_mark_of_another_firm_is_stored_for_nobody(world: World, office_user: Staff) -> None:
    client, before = browser_of(Actor.FIRM_B, world.cases, office_user), answers_of(world.cases[1])
    typed = {"firm": firm_mark(world.cases[0]), "remark": "X", "csrfmiddlewaretoken": TOKEN}
    assert [client.post(world.address_of(route), typed).status_code for route in DONE[:2]] == [403, 403]
    assert answers_of(world.cases[1]) == before
