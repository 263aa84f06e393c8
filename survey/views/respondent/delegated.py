"""One code for many firms: the list of what is open, and the way from it into a questionnaire."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from survey.models import Delegate
from survey.selectors.register.delegated import open_cases_of
from survey.selectors.said import said as _
from survey.views.respondent.access import open_session
from survey.views.respondent.delegate_session import delegate_in


def _ask_for_code(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Enter your access code to go on. What you saved is kept."))
    return redirect("respondent:home")


@never_cache
@require_safe
def delegated(request: HttpRequest) -> HttpResponse:
    """What is open for the firms that the person answers for."""
    person = delegate_in(request)
    if person is None:
        return _ask_for_code(request)
    return render(request, "respondent/delegated.html", _shown(person))


def _shown(person: Delegate) -> dict[str, Any]:
    return {"person": person, "rows": open_cases_of(person, timezone.now())}


@never_cache
@require_POST
def delegated_open(request: HttpRequest, case_id: int) -> HttpResponse:
    """Open the questionnaire of one of the person's firms."""
    person = delegate_in(request)
    if person is None:
        return _ask_for_code(request)
    # Looked for among the person's own: the number of another firm's case finds nothing.
    chosen = next((row.case for row in open_cases_of(person, timezone.now()) if row.case.pk == case_id), None)
    if chosen is None:
        raise Http404
    open_session(request, chosen, delegate=person.pk)
    return redirect("respondent:hub")
