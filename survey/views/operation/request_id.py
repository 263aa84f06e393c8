"""A number for each request, which the log, the answer and the page of a failure share."""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

HEADER = "X-Request-ID"
# The number stands in log, header and page: nothing else of what is sent may get there.
WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")
_NOW: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The number of the request that this thread serves; "" outside of requests."""
    return _NOW.get()


class RequestIdMiddleware:
    """Number the request: as one's own proxy did, else by chance. The answer bears it too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Only where a proxy of one's own stands before the server: anybody else could give many requests one number.
        given = request.headers.get(HEADER, "") if settings.TRUSTED_PROXIES else ""
        number = given if WELL_FORMED.fullmatch(given) else secrets.token_hex(8)
        token = _NOW.set(number)
        try:
            response = self.get_response(request)
            response[HEADER] = number
            return response
        finally:
            _NOW.reset(token)
