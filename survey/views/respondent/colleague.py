"""A session that was opened with the code of a section: what it may see, and who that is."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from survey.instrument.schema import Questionnaire
from survey.models import SectionHandover
from survey.services.answers.handover import open_handover
from survey.views.respondent.keying_session import SESSION_KEY

View = TypeVar("View", bound=Callable[..., HttpResponse])
OPEN = "is_open_to_colleagues"


def open_to_colleagues(view: View) -> View:
    """Mark a view that a colleague may use who holds one section; every other one refuses it."""
    setattr(view, OPEN, True)
    return view


def handover_of(request: HttpRequest) -> SectionHandover | None:
    """The section that this session was opened with, as long as its code opens it; None in a session of the firm."""
    held = request.session.get(SESSION_KEY)
    return open_handover(held.get("handover"), timezone.now()) if isinstance(held, dict) else None


def handover_has_ended(request: HttpRequest, held: dict[str, Any]) -> bool:
    """Whether the session was opened for a section that has been taken back, or has expired."""
    return "handover" in held and handover_of(request) is None


def may_open(made: SectionHandover, view: Callable[..., HttpResponse], questionnaire: Questionnaire, page: str) -> bool:
    """Whether a colleague may use the view, and where it shows a page, that page."""
    if not getattr(view, OPEN, False):
        return False
    # By the questionnaire and not by the route: a page that is off the route is still of its section.
    section = questionnaire.section_of_page.get(page)
    return not page or (section is not None and section.code == made.section)


def refuse(request: HttpRequest) -> HttpResponse:
    """The page that says what the code opens; 403."""
    return render(request, "respondent/other_section.html", status=403)
