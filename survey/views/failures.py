"""Pages for what went wrong before a view could answer: in both languages, plain, and without losing what was typed."""

import logging
import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.urls import resolve
from django.urls.exceptions import Resolver404

from survey.views.operation.outage import outage
from survey.views.operation.request_id import request_id
from survey.views.put_off import put_off
from survey.views.respondent.code_again import ask_for_code_again, show_code_form

logger = logging.getLogger(__name__)
# Long enough for a database to start again; browsers of a thousand firms ask at this pace meanwhile.
OUTAGE_SECONDS = 30
LAST_RESORT = (
    '<!doctype html><html lang="zh-hans"><meta charset="utf-8"><title>500</title>'
    "<h1>系统出了问题</h1><p>已保存的内容不会丢失，请几分钟后再试。</p>"
    '<p lang="en">Something went wrong on our side. What was saved is kept; try again in a few minutes.</p></html>'
)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token ran out or cookies are gone: show again what was typed, with a fresh token."""
    try:
        # The failure comes from a middleware, before the request knows its view.
        match = resolve(request.path)
    except Resolver404:
        return plain_page("csrf", 403)
    # A firm that types its code has no session yet to lose: the form is shown again with the code in it.
    if match.view_name == "respondent:home":
        return show_code_form(request)
    # Only pages on which something is typed; others are simply opened again.
    if match.namespace == "respondent" and match.url_name in ("page", "draft", "submit", "stay"):
        return ask_for_code_again(request)
    return plain_page("csrf", 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the post was too large or could not be read."""
    return plain_page("400", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this person."""
    return plain_page("403", 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page."""
    return plain_page("404", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """503 where database or disk are away, else 500: without database, without session, and without the stylesheet
    where even that is missing."""
    reason = outage(sys.exc_info()[1])
    try:
        if reason:
            logger.error("Put off: %s", reason)
            return put_off(request, state="away", template="failures/away.html", seconds=OUTAGE_SECONDS)
        return plain_page("500", 500, reference=request_id())
    # The handler of the last error must not raise: Django would answer with a bare text, in English.
    except Exception:
        return HttpResponse(LAST_RESORT, status=503 if reason else 500)


def plain_page(name: str, status: int, **context: Any) -> HttpResponse:
    """A page in both languages that needs nothing but its template."""
    # Without the request: context processors ask the session and the database, which may be what failed.
    return HttpResponse(get_template(f"failures/{name}.html").render(context), status=status)
