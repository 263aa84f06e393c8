"""A paper or telephone return keyed by an officer through the forms of the web."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from survey.models import Case, LateDraft, Response, StaffAction, Wave
from survey.terms import ResponseStatus, Role
from survey.views.respondent.keying_session import SESSION_KEY
from tests.every_type import ROUTE_WITHOUT_CLOUD
from tests.views.firms import enter, save, state_of
from tests.waves import version_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.cookies["django_language"] = "en"


@pytest.fixture
def officer(client: Client, office_user: Callable[[Role | str], User]) -> Any:
    user = office_user(Role.FIELD_OFFICER)
    client.force_login(user)
    return user


def key(client: Client, case: Case, channel: str = "paper") -> Any:
    return client.post(reverse("case_key", args=[case.pk, channel]))


def submit(client: Client) -> Any:
    context = client.get("/form/check/").context
    posted = {"submission_key": context["submission_key"], "revision": context["revision"]}
    return client.post("/form/submit/", posted)


@pytest.mark.parametrize("channel", ["paper", "telephone"])
def test_officer_keys_and_submits_a_return_marked_by_channel(
    client: Client, case: Case, officer: Any, channel: str
) -> None:
    assert key(client, case, channel)["Location"] == "/form/"
    for page, typed in ROUTE_WITHOUT_CLOUD.items():
        save(client, page, **typed)
    assert submit(client)["Location"] == "/form/receipt/"
    response = Response.objects.get()
    assert (response.status, response.channel) == (ResponseStatus.SUBMITTED, channel)
    assert response.answers == {"employees": 20, "has_cloud": "no", "cost": "4"}


def test_officer_stands_in_the_audit_history_with_every_page(client: Client, case: Case, officer: Any) -> None:
    key(client, case)
    for page, typed in ROUTE_WITHOUT_CLOUD.items():
        save(client, page, **typed)
    submit(client)
    actions = list(StaffAction.objects.filter(actor=officer).order_by("id").values_list("verb", "actor", "subject"))
    verbs = ["begin_keying", "key_answers", "key_answers", "key_answers", "submit_keyed"]
    assert actions == [(verb, officer.pk, str(case)) for verb in verbs]
    assert "Return keyed, 3 pages, submitted" in client.get(reverse("case_detail", args=[case.pk])).content.decode()


def test_drafts_of_a_page_are_written_down_once(client: Client, case: Case, officer: Any) -> None:
    key(client, case)
    for people in ("20", "21"):
        client.post("/form/page/firm/draft/", {**state_of(client, "firm"), "employees": people})
    assert StaffAction.objects.filter(verb="key_answers").count() == 1
    assert Response.objects.get().answers["employees"] == 21


def test_time_of_the_officer_is_no_burden_of_the_firm(client: Client, case: Case, officer: Any) -> None:
    key(client, case)
    state = {**state_of(client, "firm"), "shown": str(int(timezone.now().timestamp()) - 600)}
    save(client, "firm", state, employees="20", has_cloud="no")
    assert Response.objects.get().seconds_spent == 0


def test_page_says_who_keys_what(client: Client, case: Case, officer: Any) -> None:
    key(client, case)
    html = client.get("/form/page/firm/").content.decode()
    assert f"You are keying the return of {case.sample_unit.unit.name} (Paper) as {officer}." in html


def test_ending_leads_back_to_the_case_and_closes_the_forms(client: Client, case: Case, officer: Any) -> None:
    key(client, case)
    answer = client.post(reverse("case_key_end", args=[case.pk]))
    assert answer["Location"] == reverse("case_detail", args=[case.pk])
    assert client.get("/form/")["Location"] == "/"
    assert {SESSION_KEY, "until"}.isdisjoint(client.session.keys())


def test_officer_who_logs_out_keys_nothing_more(client: Client, case: Case, officer: Any) -> None:
    key(client, case)
    state = state_of(client, "firm")
    session = client.session
    for name in ("_auth_user_id", "_auth_user_hash", "_auth_user_backend"):
        session.pop(name)
    session.save()
    assert save(client, "firm", state, employees="20").status_code == 403
    assert Response.objects.count() == 0


def test_officer_who_loses_the_permission_keys_nothing_more(client: Client, case: Case, officer: Any) -> None:
    key(client, case)
    officer.groups.clear()
    assert client.get("/form/")["Location"] == "/"


def test_firm_that_enters_its_code_in_the_same_browser_answers_on_the_web(
    client: Client, case: Case, officer: Any
) -> None:
    key(client, case)
    enter(client, case)
    save(client, "firm", employees="20", has_cloud="no")
    assert Response.objects.get().channel == "web"
    assert not StaffAction.objects.filter(verb="key_answers").exists()


def test_late_return_is_kept_as_a_late_draft(client: Client, case: Case, officer: Any) -> None:
    key(client, case)
    state = state_of(client, "firm")
    Wave.objects.update(closes_at=timezone.now())
    save(client, "firm", state, employees="20")
    assert [late.answers for late in LateDraft.objects.all()] == [{"employees": 20}]


@pytest.mark.parametrize("state", ["closed", "submitted", "over"])
def test_nothing_is_keyed_where_nothing_can_be_answered(client: Client, case: Case, officer: Any, state: str) -> None:
    Case.objects.filter(pk=case.pk).update(is_closed=state == "closed")
    if state == "submitted":
        Response.objects.create(case=case, version=version_of(case.wave), status="submitted")
    if state == "over":
        Wave.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    assert key(client, case)["Location"] == reverse("case_detail", args=[case.pk])
    assert client.get("/form/")["Location"] == "/"
    assert not StaffAction.objects.filter(actor=officer).exists()


@pytest.mark.parametrize("channel", ["web", "workbook", "fax"])
def test_other_channels_are_not_keyed(client: Client, case: Case, officer: Any, channel: str) -> None:
    assert key(client, case, channel).status_code == 404


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.ANALYST, Role.VIEWER])
def test_others_of_the_staff_are_refused(
    client: Client, case: Case, office_user: Callable[[Role | str], User], role: Role
) -> None:
    client.force_login(office_user(role))
    assert key(client, case).status_code == 403


def test_nobody_is_sent_to_the_login_page(client: Client, case: Case) -> None:
    assert key(client, case)["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("name", ["case_key", "case_key_end"])
def test_get_is_refused(client: Client, case: Case, officer: Any, name: str) -> None:
    arguments = [case.pk, "paper"] if name == "case_key" else [case.pk]
    assert client.get(reverse(name, args=arguments)).status_code == 405
