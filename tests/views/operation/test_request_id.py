"""Each request has a number, by which the log, the answer and the page of a failure find each other."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from survey.views.operation.request_id import HEADER, RequestIdMiddleware, request_id


def told(settings: Settings, given: str, proxies: object) -> tuple[str, str]:
    """(the number while the request is served, that of the answer) where the request came with ``given``."""
    settings.TRUSTED_PROXIES = proxies
    seen: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request_id())
        return HttpResponse()

    answer = RequestIdMiddleware(view)(RequestFactory().get("/", headers={HEADER: given}))
    return seen[0], answer[HEADER]


@pytest.mark.parametrize("given", ["a" * 8, "A-9" * 20, "9" * 64])
def test_number_of_ones_own_proxy_is_taken(settings: Settings, given: str) -> None:
    assert told(settings, given, ["127.0.0.1"]) == (given, given)


@pytest.mark.parametrize("given", ["", "a" * 7, "a" * 65, "aaaaaaaa\nx", "<script>1"])
def test_other_numbers_are_not(settings: Settings, given: str) -> None:
    seen, answered = told(settings, given.replace("\n", "_"), ["127.0.0.1"])
    assert (seen == answered, len(seen)) == (True, 16)


def test_nobody_else_numbers_requests(settings: Settings) -> None:
    assert told(settings, "a" * 8, [])[0] != "a" * 8


def test_two_requests_have_two_numbers_and_nothing_outside_has_one(settings: Settings) -> None:
    assert told(settings, "", [])[0] != told(settings, "", [])[0]
    assert request_id() == ""


def test_number_ends_with_a_request_that_fails() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        RequestIdMiddleware(view)(RequestFactory().get("/"))
    assert request_id() == ""
