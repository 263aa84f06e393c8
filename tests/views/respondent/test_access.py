"""The way in and out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from survey.models import AccessFailure, Case, Paradata, Response, Wave
from survey.services.fieldwork.access_codes import derive_code, revoke_code
from survey.terms import Role
from tests.views.firms import enter, save, state_of

pytestmark = pytest.mark.django_db
HUB = "/form/"
PAGES = [
    "/form/",
    "/form/notice/",
    "/form/print/",
    "/form/page/firm/",
    "/form/check/",
    "/form/receipt/",
    "/form/answers/",
]


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.cookies["django_language"] = "en"


def test_notice_stands_before_anything_is_asked(client: Client, case: Case) -> None:
    html = client.get("/").content.decode()
    for part in ("T1", "Bureau of Statistics", "2026-1", "31 December 2099", "Answering is voluntary", "0755-7654321"):
        assert part in html


def test_mandatory_survey_says_so(client: Client, case: Case) -> None:
    case.wave.survey.is_mandatory = True
    case.wave.survey.save()
    assert "Answering is mandatory by law" in client.get("/").content.decode()


def test_code_opens_the_hub(client: Client, case: Case) -> None:
    assert enter(client, case)["Location"] == HUB
    assert case.sample_unit.unit.name in client.get(HUB).content.decode()


@pytest.mark.parametrize(
    "change", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code.replace('-', '')} "]
)
def test_code_is_read_as_people_type_it(client: Client, case: Case, change: Any) -> None:
    assert client.post("/", {"access_code": change(derive_code(case))})["Location"] == HUB


def test_wrong_revoked_and_closed_codes_look_the_same(
    client: Client, case: Case, office_user: Callable[[Role | str], User]
) -> None:
    code = derive_code(case)
    wrong = client.post("/", {"access_code": "0000-0000-0000-0001"})
    revoke_code(case=case, actor=office_user(Role.FIELD_OFFICER))
    revoked = client.post("/", {"access_code": code})
    case.refresh_from_db()
    case.is_closed = True
    case.save()
    closed = client.post("/", {"access_code": derive_code(case)})
    bodies = {message_of(response) for response in (wrong, revoked, closed)}
    assert (len(bodies), {response.status_code for response in (wrong, revoked, closed)}) == (1, {200})


def message_of(response: Any) -> Any:
    return response.content.decode().split('id="access_code_error">')[1].split("<")[0]


def test_error_is_announced_in_the_title_and_the_summary(client: Client, case: Case) -> None:
    html = client.post("/", {"access_code": "x"}).content.decode()
    assert "<title>Error: " in html
    assert '<a href="#access_code">' in html


def test_empty_field_asks_for_the_code_and_is_no_wrong_one(client: Client, case: Case) -> None:
    html = client.post(reverse("respondent:home"), {"access_code": "  "}).content.decode()
    assert "Enter the access code from our letter." in html
    assert not AccessFailure.objects.exists()


def test_valid_code_gets_in_after_too_many_wrong_ones(client: Client, case: Case, settings: Settings) -> None:
    settings.ACCESS_CODE_FAILURES = 2
    for _ in range(3):
        response = client.post("/", {"access_code": "wrong"})
    assert "Too many wrong codes" in response.content.decode()
    assert AccessFailure.objects.get().failures == 2
    assert enter(client, case)["Location"] == HUB


def test_code_in_the_address_opens_nothing(client: Client, case: Case) -> None:
    client.get("/", {"access_code": derive_code(case), "code": derive_code(case)})
    assert client.get(HUB)["Location"] == "/"


@pytest.mark.parametrize("path", PAGES)
def test_page_without_a_session_leads_to_the_code(client: Client, case: Case, path: str) -> None:
    assert client.get(path)["Location"] == "/"


@pytest.mark.parametrize("path", PAGES)
def test_get_changes_nothing(client: Client, case: Case, path: str) -> None:
    enter(client, case)
    client.get(path)
    assert (Response.objects.count(), Paradata.objects.count()) == (0, 0)


@pytest.mark.parametrize("path", ["/form/check/", "/form/notice/", "/form/receipt/", "/form/answers/", "/form/"])
def test_reading_page_refuses_a_post(client: Client, case: Case, path: str) -> None:
    enter(client, case)
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/leave/", "/form/stay/", "/form/submit/", "/form/page/firm/draft/"])
def test_acting_address_refuses_a_get(client: Client, case: Case, path: str) -> None:
    enter(client, case)
    assert client.get(path).status_code == 405


def test_leaving_forgets_the_case(client: Client, case: Case) -> None:
    enter(client, case)
    assert client.post("/leave/")["Location"] == "/"
    assert client.get(HUB)["Location"] == "/"


def test_leaving_and_coming_back_too_late_say_that_nothing_is_lost(client: Client, case: Case) -> None:
    enter(client, case)
    left = client.post(reverse("respondent:leave"), follow=True).content.decode()
    assert "You have left the questionnaire. What you saved is kept" in left
    assert "Enter your access code to go on. What you saved is kept." in client.get(HUB, follow=True).content.decode()


def test_new_generation_of_the_code_ends_open_sessions(
    client: Client, case: Case, office_user: Callable[[Role | str], User]
) -> None:
    enter(client, case)
    revoke_code(case=case, actor=office_user(Role.FIELD_OFFICER))
    assert client.get(HUB)["Location"] == "/"


def test_session_key_changes_with_the_code(client: Client, case: Case) -> None:
    client.get("/")
    before = client.session.session_key
    enter(client, case)
    assert client.session.session_key != before


def test_staff_stay_logged_in_beside_a_case(
    client: Client, case: Case, office_user: Callable[[Role | str], User]
) -> None:
    client.force_login(office_user(Role.FIELD_OFFICER))
    enter(client, case)
    client.post("/leave/")
    assert "_auth_user_id" in client.session


def test_staying_extends_the_session(client: Client, case: Case, settings: Settings) -> None:
    enter(client, case)
    assert (
        client.post("/form/stay/", headers={"accept": "application/json"}).json()["seconds"]
        == settings.SESSION_COOKIE_AGE
    )


def test_pages_are_not_kept_by_caches(client: Client, case: Case) -> None:
    enter(client, case)
    assert "no-store" in client.get(HUB)["Cache-Control"]


def test_expired_session_shows_what_was_typed_and_saves_it_after_the_code(client: Client, case: Case) -> None:
    enter(client, case)
    state = state_of(client, "firm")
    client.session.flush()
    client.cookies.pop("sessionid")
    lost = save(client, "firm", state, employees="4711", email="a@b.cn")
    assert lost.status_code == 403
    assert '<input type="hidden" name="employees" value="4711">' in lost.content.decode()
    assert Response.objects.count() == 0
    again = {**state, "employees": "4711", "email": "a@b.cn", "to_sections": "1"}
    wrong = client.post("/form/page/firm/", {**again, "access_code": "wrong"})
    assert (wrong.status_code, "4711" in wrong.content.decode()) == (403, True)
    client.post("/form/page/firm/", {**again, "access_code": derive_code(case)})
    assert Response.objects.get().answers == {"employees": 4711, "email": "a@b.cn"}


def test_draft_without_a_session_says_that_the_code_is_needed(client: Client, case: Case) -> None:
    reply = client.post("/form/page/firm/draft/", {"employees": "1"}, headers={"accept": "application/json"})
    assert (reply.status_code, reply.json()) == (403, {"state": "code_needed"})


def test_answers_typed_for_one_firm_are_never_saved_for_another(client: Client, case: Case, wave: Wave) -> None:
    enter(client, case)
    state = state_of(client, "firm")
    enter(client, wave.cases.exclude(pk=case.pk)[0])
    response = save(client, "firm", state, employees="4711")
    assert (response.status_code, Response.objects.count()) == (403, 0)
    assert "another firm" in response.content.decode()


def test_language_follows_the_browser_and_the_switch(client: Client, case: Case) -> None:
    client.cookies.clear()
    assert '<html lang="en">' in client.get("/", headers={"accept-language": "en-GB"}).content.decode()
    assert '<html lang="zh-hans">' in client.get("/", headers={"accept-language": "zh-CN"}).content.decode()
    switched = client.post(reverse("respondent:home"), {"switch_language": "en", "access_code": "AB-12"})
    assert 'value="AB-12"' in switched.content.decode()
    assert switched.cookies["django_language"].value == "en"


def test_language_can_be_switched_while_the_code_is_asked_for_again(client: Client, case: Case) -> None:
    response = client.post("/form/page/firm/", {"employees": "4711", "access_code": "", "switch_language": "zh-hans"})
    html = response.content.decode()
    assert ('<html lang="zh-hans">' in html, 'value="4711"' in html, "error-text" in html) == (True, True, False)
