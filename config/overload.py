"""A site with too much to do says so: 503 with the time after which to come again, and nothing typed is lost."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from config.waiting import WAITING
from survey.views.put_off import put_off

RETRY_SECONDS = 5
NEVER_PUT_OFF = (f"/{settings.STATIC_URL.strip('/')}/",)
"""Files cost next to nothing. Probes are answered before (``survey.views.operation.health``)."""


class OverloadMiddleware:
    """Put requests off while more than ``WAITING_REQUESTS`` wait for a thread of this worker.

    It stands before everything that reads the database or the session: to say no must cost next to nothing, so that
    those who wait are served in the meantime.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if WAITING.number <= settings.WAITING_REQUESTS or request.path.startswith(NEVER_PUT_OFF):
            return self.get_response(request)
        # Not all at the same moment, or the crowd comes again as one.
        seconds = RETRY_SECONDS + WAITING.number % RETRY_SECONDS
        return put_off(request, state="busy", template="failures/503.html", seconds=seconds)
