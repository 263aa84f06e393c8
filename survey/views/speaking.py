"""Whom a page tells of: firms until it says otherwise, as a page has a language until another is chosen."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from survey.asked_terms.speaking import speaking_of
from survey.terms import AskedUnit


class SpeakingMiddleware:
    """What the request before said of local units is over, whichever thread answers both."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, pages that are rendered late among them."""
        with speaking_of(AskedUnit.FIRM):
            return self.get_response(request)
