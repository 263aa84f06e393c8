"""Too many at once: the site says so, and nothing typed is lost."""

from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from config.waiting import WAITING, CountedPool
from survey.models import Case, Response
from tests.views.firms import PAGE, enter, hidden_state, state_of

BUSY = 7
PATIENCE = 120
"""Seconds that a loaded machine may take to begin with a thread."""


@pytest.fixture
def busy(settings: Any) -> Iterator[None]:
    settings.WAITING_REQUESTS = BUSY - 1
    WAITING.number = BUSY
    yield
    WAITING.number = 0


@pytest.mark.usefixtures("busy")
def test_page_is_put_off_without_the_database(client: Client) -> None:
    response = client.get("/form/page/firm/?from=check")
    assert (response.status_code, response["Retry-After"]) == (503, "7")
    assert 'href="/form/page/firm/?from=check"' in response.content.decode()


@pytest.mark.usefixtures("busy")
def test_what_was_typed_comes_back_with_a_button_that_sends_it(client: Client) -> None:
    page = client.post("/form/page/words/", {"idea": 'a "b"', "csrfmiddlewaretoken": "t", "many": ["1", "2"]})
    assert 'name="idea" value="a &quot;b&quot;"' in page.content.decode()
    assert page.content.decode().count('name="many"') == 2


@pytest.mark.django_db
def test_page_that_was_put_off_is_saved_when_it_is_sent_again(client: Client, case: Case, settings: Any) -> None:
    enter(client, case)
    typed = {**state_of(client, "firm"), "employees": "20", "has_cloud": "no"}
    WAITING.number = settings.WAITING_REQUESTS + 1
    try:
        html = client.post(reverse(PAGE, args=["firm"]), typed).content.decode()
    finally:
        WAITING.number = 0
    assert not Response.objects.exists()
    assert hidden_state(html).items() <= typed.items()
    client.post(reverse(PAGE, args=["firm"]), typed)
    assert Response.objects.get().answers == {"employees": 20, "has_cloud": "no"}


@pytest.mark.usefixtures("busy")
def test_script_is_told_when_to_come_again(client: Client) -> None:
    response = client.post("/form/page/words/draft/", {"idea": "x"}, headers={"accept": "application/json"})
    assert (response.status_code, response.json(), response["Retry-After"]) == (503, {"state": "busy"}, "7")


@pytest.mark.django_db
@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("address", ["/healthz/ready", "/healthz/live", "/static/none.css"])
def test_probes_and_files_are_never_put_off(client: Client, address: str) -> None:
    assert client.get(address).status_code != 503


@pytest.mark.django_db
def test_as_many_as_may_wait_are_served(client: Client, settings: Any) -> None:
    WAITING.number = settings.WAITING_REQUESTS
    try:
        assert client.get("/").status_code == 200
    finally:
        WAITING.number = 0


def test_request_waits_until_a_thread_begins_with_it() -> None:
    begun, may_end = Event(), Event()

    def serve() -> bool:
        begun.set()
        return may_end.wait(PATIENCE)

    with CountedPool(max_workers=1) as pool:
        served = [pool.submit(serve) for _ in range(3)]
        assert begun.wait(PATIENCE)
        assert WAITING.number == 2
        may_end.set()
        assert [each.result() for each in served] == [True] * 3
    assert WAITING.number == 0
