"""Ways off a page beside its own button: each saves the page first, whatever is still open on it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from survey.forms.page.posted import PostedPage
from survey.selectors.respondent.session import Filling
from survey.selectors.said import said_many as ngettext
from survey.views.respondent.access import leave
from survey.views.respondent.keying_session import keying_of, leave_keying
from survey.views.respondent.page_showing import question_context, unread_on
from survey.views.respondent.page_taking import bound_form

LEAVING = "go"
"""The name of every button that leads off the page; its value is the place."""
# Names and not addresses: a form of somebody else must not lead from here to a page of theirs.
PLACES = {"hub": "respondent:hub", "notice": "respondent:notice", "print": "respondent:print"}


def leave_for(request: HttpRequest, filling: Filling, code: str, posted: PostedPage) -> HttpResponse:
    """The place that the pressed button names, the sections where it names none."""
    # A file that was not taken is the one thing that cannot be kept.
    if posted.refused_files:
        form = bound_form(filling, code, posted)
        return render(request, "respondent/page.html", question_context(request, filling, form))
    place, keying = request.POST.get(LEAVING, ""), keying_of(request)
    if place == "leave":
        return leave(request)
    if place == "case" and keying is not None:
        return leave_keying(request, keying)
    # Said and not asked: whoever leaves has reasons, and nothing that was typed is lost.
    say_what_waits(request, len(unread_on(filling, code)))
    before = filling.route.page_before(code)
    # A colleague's way back ends where the section begins that was handed on.
    if place == "before" and before is not None and filling.is_shown(before.section.code):
        return redirect("respondent:page", before.page.code)
    return redirect(PLACES.get(place, "respondent:hub"))


def say_what_waits(request: HttpRequest, unread: int) -> None:
    """Tell who leaves how many answers wait to be mended."""
    if unread:
        text = ngettext(
            "Saved. %(number)s answer was not understood; it is kept as you typed it, to be mended later.",
            "Saved. %(number)s answers were not understood; they are kept as you typed them, to be mended later.",
            unread,
        )
        messages.warning(request, text % {"number": unread})
