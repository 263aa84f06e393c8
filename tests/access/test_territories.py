"""An officer of some districts: every address of the office, asked for what is of another district, shows nothing of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from survey.models import CallingPlan, CallList, Case, FrameUnit, ListedCall, Territory
from survey.terms import Role
from tests.access.actors import TOKEN, Actor
from tests.access.table import ADMIN, OFFICE
from tests.access.world import World, model_of

OF_ONE_FIRM = {
    name
    for name in OFFICE
    if name.startswith(("case_", "firm_", "correction_", "delegate_", "delegation_"))
    and name not in ("case_list", "case_action", "firm_list")
} | {f"admin:survey_{model}_change" for model in ("case", "response", "latedraft", "paradata", "contact", "frameunit")}
"""Addresses that name a firm, a case or a row of it: to this officer they are not there."""
OF_ALL = {
    *("frame_import", "frame_import_report", "frame_import_progress", "frame_import_errors", "frame_import_decide"),
    *("classification_edition", "frame_register", "sample_draw", "sample_void", "wave_open", "wave_close"),
    *("call_list_new", "calling_rule", "follow_up_sample"),
    *("mailing_plan", "mailing_unplan", "mailing_text"),
}
"""What concerns every district alike is not for this officer."""

SHOW_FIRMS = {
    *("firm_list", "case_list", "case_action", "call_list", "call_list_csv", "call_list_new"),
    *("mailing_new", "mailing_run", "mailing_action", "mailing_text", "admin:survey_sampleunit_change"),
    *(
        f"admin:survey_{model}_changelist"
        for model in ("case", "response", "latedraft", "paradata", "contact", "frameunit", "sampleunit")
    ),
}
"""Pages of many firms that show those of this world, to whoever may see them."""


@pytest.fixture
def others(world: World) -> list[FrameUnit]:
    """The firms of other districts; the first case of the world, which every address names, is one of them."""
    theirs = world.cases[0].sample_unit.unit.district_id
    return [case.sample_unit.unit for case in world.cases if case.sample_unit.unit.district_id == theirs]


@pytest.fixture
def calls(world: World) -> None:
    """A list of calls with every firm on it."""
    wave = world.cases[0].wave
    CallingPlan.objects.create(wave=wave, seed=1, size=50, fixed_by=User.objects.get(username="author"))
    known: dict[str, Any] = {"answered": 0, "error": 2.0, "expected": 1.0, "answers": 1.0, "minutes": 9.0}
    made = CallList.objects.create(wave=wave, number=1, advice="call", **known)
    ListedCall.objects.bulk_create(
        ListedCall(call_list=made, case=case, place=place, reason="random") for place, case in enumerate(world.cases, 1)
    )


@pytest.fixture
def client_of_a_district(
    client: Client, world: World, others: list[FrameUnit], calls: None, office_user: Callable[[Role | str], User]
) -> Client:
    officer = office_user(Role.FIELD_OFFICER)
    own = {case.sample_unit.unit.district_id for case in world.cases} - {others[0].district_id}
    Territory.objects.bulk_create(Territory(user=officer, district_id=district) for district in own)
    client.force_login(officer)
    client.raise_request_exception = False
    return client


def asked(client: Client, world: World, name: str, method: str) -> Any:
    typed = world.query_of(name, world.cases[0])
    if method == "post":
        # A list of the admin would take it for a filter that it does not have, and show nothing.
        typed["csrfmiddlewaretoken"] = TOKEN
    if name == "case_action":
        typed["case"] = world.cases[0].pk
    session = client.cookies["sessionid"].value
    with transaction.atomic():
        answer = getattr(client, method)(world.address_of(name), typed, follow=method == "post")
        transaction.set_rollback(True)
    # A page that gave the session a new key is undone, and the next one would be asked by nobody.
    client.cookies["sessionid"] = session
    return answer


def tried() -> list[tuple[str, str]]:
    ours = [(name, method) for name, rule in OFFICE.items() for method in ("get", "post")
            if Actor.OFFICER in getattr(rule, method)]  # fmt: skip
    rows = [(f"admin:{model}_{page}", "get") for model, rule in ADMIN.items() if Actor.OFFICER in rule.view
            for page in ("changelist", "change")]  # fmt: skip
    return ours + rows


def test_no_page_names_a_firm_of_another_district(
    client_of_a_district: Client, world: World, others: list[FrameUnit]
) -> None:
    assert pages_that_name(others, client_of_a_district, world) == set()


def test_officer_of_every_district_meets_those_firms(
    client: Client, world: World, others: list[FrameUnit], calls: None, office_user: Callable[[Role | str], User]
) -> None:
    """Otherwise the test above would say nothing of a page: these show firms, and only the district keeps them back."""
    client.force_login(office_user(Role.FIELD_OFFICER))
    client.raise_request_exception = False
    assert {name for name, _method in pages_that_name(others, client, world)} - OF_ONE_FIRM == SHOW_FIRMS


def pages_that_name(units: list[FrameUnit], client: Client, world: World) -> set[tuple[str, str]]:
    """The pages that show the name or the code of one of these firms."""
    words = {word.encode() for unit in units for word in (unit.name, unit.credit_code)}
    found = set()
    for name, method in tried():
        answer = asked(client, world, name, method)
        assert answer.status_code < 500, name
        shown = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if any(word in shown for word in words):
            found.add((name, method))
    return found


def test_what_is_of_a_firm_of_another_district_is_not_there(client_of_a_district: Client, world: World) -> None:
    met = {
        (name, method): asked(client_of_a_district, world, name, method).status_code
        for name, method in tried()
        if name in OF_ONE_FIRM
    }
    assert {one: code for one, code in met.items() if code not in (404, 302)} == {}
    assert {model_of(name) for (name, _method), code in met.items() if code == 302} <= set(ADMIN)


def test_what_concerns_every_district_is_refused(client_of_a_district: Client, world: World) -> None:
    met = {
        (name, method): asked(client_of_a_district, world, name, method).status_code
        for name, method in tried()
        if name in OF_ALL
    }
    assert set(met.values()) == {403}
    assert {name for name, _method in met} == OF_ALL


def test_lists_have_the_cases_of_the_own_districts(
    client_of_a_district: Client, world: World, others: list[FrameUnit]
) -> None:
    page = asked(client_of_a_district, world, "case_list", "get")
    shown = {case.pk for case in page.context["page"]}
    wanted = {case.pk for case in world.cases if case.sample_unit.unit.district_id != others[0].district_id}
    assert shown == wanted != {case.pk for case in Case.objects.all()}
