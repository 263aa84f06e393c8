"""The audit history in words: for those who may read it, under a filter."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from survey.models import Case, Cut, QuestionnaireVersion, Release, Response, Survey, Wave
from survey.release_terms import ReleaseAct
from survey.services.audit import record_action
from survey.services.audit_chain import CHAINED, chain, client_at
from survey.services.results.release_life import add_step
from survey.terms import AskedUnit, Role
from survey.views.operation.audit_words import VERBS

SURVEY = Path(__file__).resolve().parents[3] / "survey"
BUILT = {"open_wave", "closed_wave", "remind", "issue_codes"}
"""Verbs that are put together or chosen where they are written."""


@pytest.fixture
def history(cases: list[Case], office_user: Callable[[Role], User]) -> list[Case]:
    officer = office_user(Role.FIELD_OFFICER)
    with client_at("203.0.113.9"):
        record_action(actor=officer, verb="revoke_code", subject=cases[0], generation=2)
    assert cases[1].wave.version is not None
    chain(
        Response.objects.create(
            case=cases[1], version=cases[1].wave.version, answers={}, status="submitted", submitted_at=timezone.now()
        )
    )
    record_action(actor=None, verb="closed_wave", subject="w1")
    return cases


def page(client: Client, user: User, query: str = "") -> str:
    client.force_login(user)
    client.cookies["django_language"] = "en"
    answer = client.get(reverse("audit_history") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_says_who_did_what_to_which_firm_from_where(
    client: Client, history: list[Case], office_user: Callable[[Role], User]
) -> None:
    html = page(client, office_user(Role.FIELD_OFFICER))
    for shown in ("field_officer_1", "revoked an access code", "203.0.113.9", "generation 2", "submitted answers"):
        assert shown in html
    assert history[0].sample_unit.unit.name in html


def test_cuts_and_steps_of_releases_are_among_the_entries(
    client: Client, wave: Wave, version: QuestionnaireVersion, office_user: Callable[[Role], User]
) -> None:
    user = office_user(Role.FIELD_OFFICER)
    cut = Cut.objects.create(wave=wave, number=1, as_of=timezone.now(), version=version, digest="d", source_digest="s")
    release = Release.objects.create(wave=wave, number=1, digest="d", content={}, created_by=user)
    chain(cut)
    add_step(release, ReleaseAct.MAKE, user)
    html = page(client, user)
    assert ("a cut was stored" in html, "a step of a release was stored" in html) == (True, True)


def test_entry_about_a_case_tells_of_what_its_survey_asks(
    client: Client, cases: list[Case], office_user: Callable[[Role], User]
) -> None:
    """An entry about a list does not say of which survey it is: it tells of what all surveys of the site ask."""
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT)
    Survey.objects.create(code="firms", approval_expires=timezone.localdate())
    user = office_user(Role.FIELD_OFFICER)
    record_action(actor=user, verb="read_answers", subject=cases[0])
    record_action(actor=user, verb="import_frame", subject="a list")
    html = page(client, user)
    assert ("read answers of a local unit<" in html, "imported a list of firms or local units<" in html) == (True, True)


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?person=field_officer", "revoked an access code", "closed a wave"),
        ("?firm={firm}", "submitted answers", "revoked an access code"),
        ("?firm={code}", "submitted answers", "revoked an access code"),
        ("?since=2099-01-01", "No entry meets these filters.", "closed a wave"),
        ("?until=2020-01-01", "No entry meets these filters.", "closed a wave"),
        ("?since={today}&until={today}", "closed a wave", "No entry meets these filters."),
    ],
)
def test_filters(
    client: Client, history: list[Case], office_user: Callable[[Role], User], query: str, shown: str, hidden: str
) -> None:
    unit = history[1].sample_unit.unit
    filled = query.format(firm=unit.name, code=unit.credit_code, today=f"{timezone.localdate():%Y-%m-%d}")
    html = page(client, office_user(Role.FIELD_OFFICER), filled)
    assert (shown in html, hidden in html) == (True, False)


def test_last_day_before_the_first_is_said_at_its_field(
    client: Client, history: list[Case], office_user: Callable[[Role], User]
) -> None:
    html = page(client, office_user(Role.FIELD_OFFICER), "?since=2026-02-01&until=2026-01-01")
    assert "The last day is before the first one. Enter a later day." in html
    # The first day alone restricts then.
    assert "closed a wave" in html


@pytest.mark.parametrize(
    ("name", "role", "status"),
    [
        ("audit_history", Role.ANALYST, 403),
        ("audit_history", Role.ADMINISTRATOR, 200),
        ("retention", Role.FIELD_OFFICER, 403),
        ("retention", Role.ADMINISTRATOR, 200),
        ("personal_data", Role.FIELD_OFFICER, 403),
        ("personal_data", Role.ADMINISTRATOR, 200),
    ],
)
def test_pages_are_for_those_who_may(
    client: Client, office_user: Callable[[Role], User], name: str, role: Role, status: int
) -> None:
    client.force_login(office_user(role))
    assert client.get(reverse(name)).status_code == status


def test_every_verb_of_the_product_is_in_words() -> None:
    written = {verb for path in SURVEY.rglob("*.py") for verb in verbs_of(path)} - {"seal_audit"}
    assert written - set(VERBS) == set()
    events = {f"{kind}_{event}" for kind in CHAINED for event in ("written", "adopted", "erased")}
    # A cut, a release and its steps are never erased, and an action says what it was itself.
    never = {"cut_erased", "release_erased", "releasestep_erased", "staffaction_written", "staffaction_adopted"}
    assert events - never - set(VERBS) == set()


def verbs_of(path: Path) -> set[str]:
    """Verbs that a module writes as they stand: ``verb="..."`` and the second argument of ``record_on_cases``."""
    found = set(BUILT)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            values = [word.value for word in node.keywords if word.arg == "verb" and name.startswith("record")]
            values += node.args[1:2] if name in ("record_on_cases", "record") else []
            found |= {str(value.value) for value in values if isinstance(value, ast.Constant)}
    return found
