"""What the script of a page is told: of a draft, and of a page that it sends instead of the browser."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format

from survey.forms.page.form import REASON
from survey.forms.page.posted import PostedPage
from survey.instrument.document.merging import part_of
from survey.instrument.edits.rules import check_page
from survey.instrument.kinds.registry import kind_of
from survey.selectors.respondent.session import Filling
from survey.views.respondent.page_showing import asked_on, route_page, saved_words
from survey.views.respondent.page_taking import bound_form


def is_script(request: HttpRequest) -> bool:
    """Whether our script asks, which goes on by itself."""
    return request.headers.get("Accept", "").startswith("application/json")


def in_short(answer: HttpResponse, filling: Filling, code: str, posted: PostedPage) -> JsonResponse:
    """Where to go on, or that the browser is to send the page itself to be shown what stands against it."""
    if "Location" in answer.headers:
        reply = JsonResponse({"state": "go", "next": answer["Location"]})
    elif answer.status_code == 409:
        # The page stays as stale as it is: only so is the person asked.
        reply = JsonResponse({"state": "conflict", "shown": now()}, status=409)
    else:
        reply = JsonResponse({"state": "stay", **page_state(filling, code, posted)})
    # A message waits for the next page in a cookie, as a language does.
    reply.cookies = answer.cookies
    return reply


def draft_state(filling: Filling, code: str, posted: PostedPage) -> dict[str, Any]:
    """What a page says and posts after its draft was saved."""
    assert filling.response is not None, "a draft that was saved is there"
    return {
        "at": time_format(timezone.localtime(filling.response.saved_at), "H:i"),
        "said": saved_words(filling, code),
        "unread": unread_messages(filling, code, posted),
        "boxes": verify_boxes(filling, code, posted),
        "asked": asked_on(route_page(filling, code)),
        **page_state(filling, code, posted),
    }


def page_state(filling: Filling, code: str, posted: PostedPage) -> dict[str, Any]:
    """The state that the page posts from now on, fit to what stands on its screen.

    What a colleague has changed meanwhile does not stand there: for that the page remains as old as it is, or its next
    post would take the colleague's answer back.
    """
    base: dict[str, Any] = {}
    is_up_to_date = True
    for item in filling.questionnaire.pages[code].items:
        held, typed = part_of(item, filling.answers), part_of(item, posted.document)
        # Calculated values are typed by nobody and count as seen.
        if held == typed or not kind_of(item).is_asked:
            base |= held
        else:
            base |= part_of(item, posted.base or {})
            is_up_to_date = False
    revision = filling.revision if is_up_to_date else max(posted.revision, 0)
    return {"revision": revision, "base": json.dumps(base, ensure_ascii=False), "shown": now()}


def unread_messages(filling: Filling, code: str, posted: PostedPage) -> dict[str, str]:
    """What is said under each question whose text could not be read, by item."""
    # A form is drawn up only where something was not understood: drafts come every few seconds.
    if posted.is_whole:
        return {}
    problems = bound_form(filling, code, posted).remarks.problems
    return {item: problem.inline for item, problem in problems.items()}


def verify_boxes(filling: Filling, code: str, posted: PostedPage) -> dict[str, Any]:
    """Message and figures of all that is still unusual on the page, by rule; {} where no box stands on it."""
    if not any(name.startswith(REASON) for name in posted.raw):
        return {}
    form = bound_form(filling, code, posted)
    report = check_page(
        filling.questionnaire, code, filling.answers, filling.facts, filling.reasons, filling.today, filling.route
    )
    form.report(report, filling.reasons, quiet=True)
    boxes = (box for at_one_question in form.remarks.verifications.values() for box in at_one_question)
    said = (unusual for box in boxes for unusual in box.unusual)
    return {unusual.rule: {"message": unusual.message, "figures": unusual.figures} for unusual in said}


def now() -> int:
    """Seconds by the server's clock."""
    return int(timezone.now().timestamp())
