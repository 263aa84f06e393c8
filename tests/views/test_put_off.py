"""What is put off says when to come again, and keeps what was typed."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from survey.views.put_off import posted, put_off

TYPED = {"employees": "20", "protocols": ["modbus", "opc"], "csrfmiddlewaretoken": "t"}


def answered(request: HttpRequest) -> HttpResponse:
    with translation.override("en"):
        return put_off(request, state="busy", template="failures/away.html", seconds=30)


def test_script_is_told_the_state_alone() -> None:
    answer = answered(RequestFactory().post("/form/", TYPED, headers={"Accept": "application/json"}))
    assert (answer.status_code, answer.content) == (503, b'{"state": "busy"}')
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("30", "no-store")


def test_page_holds_every_value_that_was_typed_and_sends_it_to_the_same_address() -> None:
    answer = answered(RequestFactory().post("/form/page/firm/?from=check", TYPED))
    html = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    assert 'action="/form/page/firm/?from=check"' in html
    kept = [f'name="{name}" value="{value}"' in html for name, value in (("protocols", "modbus"), ("protocols", "opc"))]
    assert kept == [True, True]


def test_page_that_was_only_read_holds_nothing() -> None:
    html = answered(RequestFactory().get("/form/")).content.decode()
    assert 'type="hidden"' not in html


class _BrokenOff:
    """A request whose body cannot be read."""

    @property
    def POST(self) -> Any:  # noqa: N802 -- the name of Django
        raise OSError("no space left on device")


@pytest.mark.parametrize("request_", [_BrokenOff(), RequestFactory().post("/form/", {})])
def test_post_that_could_not_be_read_is_not_taken_for_an_empty_one(request_: Any) -> None:
    assert posted(request_) is None


def test_every_value_of_a_name_is_kept_in_order() -> None:
    assert posted(RequestFactory().post("/form/", TYPED)) == [
        ("employees", "20"), ("protocols", "modbus"), ("protocols", "opc"), ("csrfmiddlewaretoken", "t"),
    ]  # fmt: skip
