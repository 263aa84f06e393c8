"""A site with too much to do says so: 503 with the time after which to come again, and nothing typed is lost."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import get_template

from config.waiting import WAITING

RETRY_SECONDS = 5
NEVER_PUT_OFF = ("/health/", f"/{settings.STATIC_URL.strip('/')}/")
"""A probe asks whether the site lives, not whether it is busy; files cost next to nothing."""


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
        response = put_off(request)
        # Not all at the same moment, or the crowd comes again as one.
        response["Retry-After"] = str(RETRY_SECONDS + WAITING.number % RETRY_SECONDS)
        response["Cache-Control"] = "no-store"
        return response


def put_off(request: HttpRequest) -> HttpResponse:
    """The page with what was typed and a button that sends it once more; a script gets the status alone."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"state": "busy"}, status=503)
    posts = request.method == "POST"
    # With its token, which is as good as it was; files cannot be sent back.
    kept = [(name, value) for name in request.POST for value in request.POST.getlist(name)] if posts else []
    context = {"kept": kept, "action": request.get_full_path(), "posts": posts}
    return HttpResponse(get_template("failures/503.html").render(context), status=503)
