"""What is decided of the marked answers of a firm in the editing queue, each by who has the right to it."""

import math

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from survey.models import Response
from survey.selectors.fieldwork.territory import own_cases
from survey.selectors.results.editing_queue import filled_value
from survey.selectors.results.wave_results import prepared_of
from survey.selectors.said import said as _
from survey.services.editing.corrections import present_answers
from survey.services.editing.decisions import EditingRefusedError, accept_answers
from survey.services.fieldwork.cases import return_for_correction
from survey.services.refusals import RefusedError
from survey.services.results.outliers import OutlierRefusedError, decide_outlier
from survey.views.fieldwork.wave_of_page import in_own_words
from survey.views.office import has_all, member_of_staff
from survey.weighting_terms import OutlierChoice

EDITOR = ("view_case", "view_response", "add_correction")
DECIDER = ("add_outlierdecision", "view_working_figures")


def may_edit(request: HttpRequest) -> bool:
    """Whether the member of staff accepts, corrects and sends back answers."""
    return has_all(request.user, EDITOR)


def may_decide(request: HttpRequest) -> bool:
    """Whether the member of staff decides how influential values and values that were filled in count."""
    return has_all(request.user, DECIDER)


def decide_posted(request: HttpRequest) -> HttpResponse:
    """Do what was pressed with the marked answers, and lead back to the queue."""
    key = request.POST.get("response", "")
    # isdigit() takes digits of every script; 19 of them may exceed the largest key of a database.
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        messages.error(request, _("No answer is marked. Tick the answers that are meant."))
        return redirect("editing")
    # Through the user's own cases: a number from another district finds nothing.
    mine = Response.objects.filter(own_cases(request.user, "case__"), is_current=True)
    response = get_object_or_404(mine.select_related("case__wave__survey", "version"), pk=int(key))
    in_own_words(response.case.wave)
    marked, said = request.POST.getlist("item"), request.POST.get("said", "")
    # The button that was pressed names what is done; Enter in the field of the reason presses none, and accepts.
    act = next((act for name, act in ACTS.items() if name in request.POST), _accept)
    try:
        act(request, response, marked, said)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('editing')}?{request.GET.urlencode()}")


def _accept(request: HttpRequest, response: Response, marked: list[str], said: str) -> None:
    answers = present_answers(response)
    # Read from the response and not from the form: accepted is the value that stands, not one that was shown.
    values = {item: float(answers[item]) for item in marked if isinstance(answers.get(item), int | float)}
    filled = _filled(response, [item for item in marked if item not in values])
    # What a firm said is the officer's to judge; what was put in its place, the methodologist's.
    if (values and not may_edit(request)) or (filled and not may_decide(request)):
        raise PermissionDenied
    accept_answers(response=response, values={**values, **filled}, reason=said, actor=member_of_staff(request))
    messages.success(request, _("The marked answers are accepted and leave the queue."))


def _filled(response: Response, items: list[str]) -> dict[str, float]:
    if not items:
        return {}
    wave = response.case.wave
    prepared = prepared_of(wave)
    found = {item: filled_value(wave, prepared, response.case_id, item) for item in items}
    return {item: value for item, value in found.items() if value is not None}


def _send_back(request: HttpRequest, response: Response, marked: list[str], said: str) -> None:
    # The page is open to methodologists too, so that each act asks for its own right.
    if not has_all(request.user, (*EDITOR, "return_response")):
        raise PermissionDenied
    if not marked:
        raise EditingRefusedError("nothing_marked", response.pk)
    return_for_correction(response=response, note="", about=dict.fromkeys(marked, said), actor=member_of_staff(request))
    messages.success(request, _("The response is returned. The firm finds your note at the marked questions."))


def _weigh(request: HttpRequest, response: Response, marked: list[str], said: str) -> None:
    if not may_decide(request):
        raise PermissionDenied
    if not marked:
        raise EditingRefusedError("nothing_marked", response.pk)
    choice = request.POST.get("choice", "")
    if choice not in set(OutlierChoice):
        raise OutlierRefusedError("no_choice", choice)
    for item in marked:
        decide_outlier(
            case=response.case,
            item=item,
            choice=OutlierChoice(choice),
            cutoff=_number(request.POST.get("cutoff", "")),
            reason=said,
            author=member_of_staff(request),
        )
    messages.success(request, _("The decision is stored. All figures of the wave follow it from now on."))


def _number(text: str) -> float | None:
    try:
        number = float(text.replace(",", "").strip())
    except ValueError:
        return None
    # float() reads "nan" and "inf" too; as a cut-off they would compare with nothing.
    return number if math.isfinite(number) else None


ACTS = {"send_back": _send_back, "weigh": _weigh, "accept": _accept}
