"""Crossings that are asked for: the request of an analyst, and the list in which it is answered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from survey.asked_terms.speaking import speak_of_all
from survey.models import CrossingRequest, Survey, Wave
from survey.selectors.results.cleared import latest_cut, words_of_cut
from survey.selectors.results.crossings import crossing_lines
from survey.selectors.said import said as _
from survey.services.refusals import RefusedError
from survey.services.results.crossings import ask_for_crossing, decline_crossing, take_crossing_up
from survey.views.office import member_of_staff, office_page, render_office
from survey.views.results.working import language_of_page


@office_page("add_crossingrequest", "view_dashboard")
@require_POST
def crossing_ask(request: HttpRequest) -> HttpResponse:
    """Ask for the crossing of two groups of a wave's cut, and come back to its figures."""
    wave = get_object_or_404(Wave, code=request.POST.get("wave", ""))
    cut = latest_cut(wave)
    if cut is None:
        raise Http404
    asked = {name: request.POST.get(name, "")[:1000] for name in ("first", "second", "reason")}
    # The plan of the cut and not of today: asked for are groups of the figures on the page.
    plan = words_of_cut(cut, language_of_page()).plan
    try:
        ask_for_crossing(wave=wave, plan=plan, actor=member_of_staff(request), **asked)
        messages.success(request, _("The request is passed on. You find the answer under “Crossings asked for”."))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('dashboard')}?wave={wave.code}")


@office_page("view_crossingrequest")
@require_safe
def crossings(request: HttpRequest) -> HttpResponse:
    """All requests, of whichever surveys, those that wait first, each with what came of it."""
    speak_of_all(Survey.objects.order_by().values_list("asks", flat=True).distinct())
    lines = crossing_lines(language_of_page())
    return render_office(request, "results/crossings.html", _("Crossings asked for"), lines=lines)


@office_page("view_crossingrequest", "change_crossingrequest")
@require_POST
def crossing_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request up into the plan, which needs the right to design it, or decline it."""
    asked = get_object_or_404(CrossingRequest.objects.select_related("wave__version__questionnaire"), pk=pk)
    actor = member_of_staff(request)
    # The page is open to methodologists, who decline; the plan is the designer's.
    if "take_up" in request.POST and not request.user.has_perm("survey.change_questionnaire"):
        raise PermissionDenied
    try:
        if "take_up" in request.POST:
            take_crossing_up(request=asked, actor=actor)
            messages.success(
                request, _("The plan has the crossing. It is cleared once a version with it is published.")
            )
        else:
            decline_crossing(request=asked, answer=request.POST.get("answer", "")[:1000], actor=actor)
            messages.success(request, _("The request is declined."))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("crossings")
