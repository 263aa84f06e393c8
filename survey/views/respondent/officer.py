"""A firm writes to its officer, asks for more time, and reads the answers."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods

from survey.selectors.fieldwork.collection_period import case_closes_at
from survey.selectors.respondent.session import Filling
from survey.selectors.said import said as _
from survey.services.casework.letters import LONGEST_LETTER, Letter, LetterRefusedError, write_to_officer
from survey.views.respondent.access import page_context, with_filling
from survey.views.respondent.keying_session import keying_of


@require_http_methods(["GET", "HEAD", "POST"])
@with_filling
def officer(request: HttpRequest, filling: Filling) -> HttpResponse:
    """The messages of the firm with their answers, and the form for another one."""
    if request.method != "POST" or "switch_language" in request.POST:
        return _page(request, filling)
    # An officer who keys a return would write to himself in the firm's name.
    if keying_of(request) is not None:
        return redirect("respondent:hub")
    letter = _letter(request)
    try:
        write_to_officer(case=filling.case, letter=letter)
    except LetterRefusedError as refusal:
        return _page(request, filling, letter=letter, error=str(refusal), status=422)
    messages.success(request, _("Your message has been sent. The answer will stand on this page."))
    return redirect("respondent:officer")


def _letter(request: HttpRequest) -> Letter:
    # Control characters out, line ends kept: PostgreSQL takes no zero byte in a text.
    text = "".join(part for part in request.POST.get("text", "") if part.isprintable() or part == "\n")
    return Letter(
        # The key of the form makes a message sent twice one message; without one (an old page) it is new.
        key=request.POST.get("key", "")[:64] or uuid.uuid4().hex,
        text=text[:LONGEST_LETTER],
        until=_day(request.POST.get("until", "")),
        asks_for_time=request.POST.get("about") == "time",
    )


def _day(text: str) -> date | None:
    try:
        return parse_date(text[:10])
    # A date of the right form that the calendar lacks.
    except ValueError:
        return None


def _page(request: HttpRequest, filling: Filling, status: int = 200, **more: Any) -> HttpResponse:
    context = page_context(
        request,
        filling,
        entries=filling.case.entries.filter(author=None),
        key=uuid.uuid4().hex,
        deadline=case_closes_at(filling.case),
        longest=LONGEST_LETTER,
        has_errors="error" in more,
        **more,
    )
    return render(request, "respondent/officer.html", context, status=status)
