"""No bare error page, and nothing typed is lost."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from pytest_django import Settings

from survey.models import Case, Response
from survey.services.fieldwork.access_codes import derive_code
from survey.views.failures import server_error
from tests.access.routes import every_route
from tests.views.firms import enter, save, state_of


@pytest.fixture
def strict(db: None) -> Client:
    """A client whose posts need a token."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en"})


def test_unknown_address_says_so_in_both_languages(client: Client, settings: Settings) -> None:
    response = client.get("/nowhere/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "没有这个页面" in html
    assert "There is no such page" in html


def test_number_that_no_database_holds_leads_nowhere(admin_client: Client) -> None:
    """Of an address whose number is looked up in another table: of a key of its own Django knows that there is none."""
    assert admin_client.post(f"/admin/delegates/{10**20}/firms/1/end/").status_code == 404
    assert [route.path for route in every_route() if "<int:" in route.path] == []


def test_server_error_page_needs_no_database() -> None:
    with connection.execute_wrapper(refuse):
        response = server_error(RequestFactory().get("/"))
    assert (response.status_code, "系统出了问题" in response.content.decode()) == (500, True)


def refuse(*arguments: Any) -> None:
    raise AssertionError("The page for a server error must not ask the database.")


def test_crash_of_a_view_shows_the_page(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("survey.views.respondent.access.open_notices", refuse)
    response = client.get("/")
    assert (response.status_code, "Something went wrong on our side" in response.content.decode()) == (500, True)


def test_post_that_is_too_large_is_refused_with_a_sentence(client: Client, db: None) -> None:
    response = client.post("/", {"access_code": "x" * 10_000_000})
    assert (response.status_code, "提交的内容过大" in response.content.decode()) == (400, True)


def test_code_without_a_token_is_shown_again(strict: Client, case: Case) -> None:
    response = strict.post("/", {"access_code": derive_code(case)})
    html = response.content.decode()
    assert (response.status_code, f'value="{derive_code(case)}"' in html) == (403, True)
    assert 'name="csrfmiddlewaretoken"' in html
    assert "Press the button once more." in html


def test_page_without_a_token_keeps_what_was_typed(strict: Client, case: Case) -> None:
    state = {"firm": "x", "revision": "0", "employees": "4711"}
    response = strict.post("/form/page/firm/", state)
    html = response.content.decode()
    assert response.status_code == 403
    assert '<input type="hidden" name="employees" value="4711">' in html
    assert 'action="/form/page/firm/"' in html
    assert 'id="access_code"' in html


def test_typed_answers_are_saved_after_a_lost_token(strict: Client, case: Case) -> None:
    relaxed = Client()
    enter(relaxed, case)
    state = {**state_of(relaxed, "firm"), "employees": "4711"}
    shown = strict.post("/form/page/firm/", state)
    token = shown.context["csrf_token"]
    strict.post("/form/page/firm/", {**state, "access_code": derive_code(case), "csrfmiddlewaretoken": str(token)})
    assert Response.objects.get().answers == {"employees": 4711}


def test_submission_without_a_token_asks_for_the_code(strict: Client, case: Case) -> None:
    response = strict.post("/form/submit/", {"submission_key": "k", "revision": "1"})
    assert (response.status_code, 'action="/form/submit/"' in response.content.decode()) == (403, True)


def test_other_post_without_a_token_explains_itself(strict: Client, db: None) -> None:
    response = strict.post("/leave/")
    assert (response.status_code, "This page was open too long" in response.content.decode()) == (403, True)


def test_script_without_a_token_gets_the_status_alone(strict: Client, case: Case) -> None:
    reply = strict.post("/form/page/firm/draft/", {}, headers={"accept": "application/json"})
    assert (reply.status_code, reply["Content-Type"]) == (403, "application/json")


def test_kept_values_are_escaped(strict: Client, db: None) -> None:
    html = strict.post("/form/page/firm/", {"employees": '"><script>'}).content.decode()
    assert "<script>" not in html.replace('<script type="module"', "")


def test_saving_once_more_after_the_code_is_no_conflict(client: Client, case: Case) -> None:
    enter(client, case)
    assert save(client, "firm", employees="3", has_cloud="no").status_code == 302
