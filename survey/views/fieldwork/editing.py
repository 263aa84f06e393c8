"""The editing queue: suspicious answers by what is at stake, to accept, to correct, or to send back."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.exchange.figures.shown import number
from survey.models import Response, Wave
from survey.selectors.fieldwork.territory import own_cases, own_waves
from survey.selectors.results.editing_queue import Suspect, SuspectFirm, editing_queue
from survey.selectors.results.extract import collected_of
from survey.selectors.results.wave_results import (
    chosen_wave,
    has_enough,
    prepared_of,
    wave_vocabulary,
    waves_with_sample,
)
from survey.services.audit import record_reading
from survey.services.editing.corrections import present_answers
from survey.services.editing.decisions import EditingRefusedError, accept_answers
from survey.services.fieldwork.cases import return_for_correction
from survey.services.refusals import RefusedError
from survey.views.office import member_of_staff, office_page, render_office

PER_PAGE = 25


@office_page("view_case", "view_response", "add_correction")
@require_http_methods(["GET", "HEAD", "POST"])
def editing(request: HttpRequest) -> HttpResponse:
    """The firms whose answers look wrong; a POST decides about the marked answers of one of them."""
    own = set(own_waves(request.user).values_list("pk", flat=True))
    waves = [wave for wave in waves_with_sample() if wave.pk in own]
    wave = chosen_wave(waves, request.GET.get("wave", ""))
    if request.method == "POST":
        return _decided(request)
    if wave is None or not has_enough(collected_of(wave)):
        return render_office(request, "fieldwork/editing.html", _("Suspicious answers"), wave=wave, waves=waves)
    prepared = prepared_of(wave)
    words = wave_vocabulary(wave, prepared.collected, get_language() or "zh-hans")
    page = Paginator(editing_queue(wave, prepared, words, request.user), PER_PAGE).get_page(request.GET.get("page"))
    record_reading(actor=member_of_staff(request), verb="read_editing_queue", subject=wave)
    return render_office(
        request,
        "fieldwork/editing.html",
        _("Suspicious answers"),
        wave=wave,
        waves=waves,
        page=page,
        firms=[_firm(firm, words) for firm in page],
        return_to=_address(wave, page.number),
    )


def _address(wave: Wave, page: int) -> str:
    return f"{reverse('editing')}?{urlencode({'wave': wave.code, 'page': page})}"


def _firm(firm: SuspectFirm, words: Any) -> dict[str, Any]:
    return {"case": firm.case, "response": firm.response, "rows": [_row(one, words) for one in firm.suspects]}


def _row(one: Suspect, words: Any) -> dict[str, Any]:
    return {
        "item": one.item.code,
        "label": words.label(one.item.code),
        "unit": words.unit(one.item.code),
        "value": number(one.value),
        "anticipated": number(one.anticipated),
        "is_from_last": one.is_from_last,
        "weight": f"{one.weight:,.1f}",
        "score": f"{100 * one.score:.1f} %",
        "is_decided": one.is_decided,
    }


def _decided(request: HttpRequest) -> HttpResponse:
    key = request.POST.get("response", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        messages.error(request, _("No answer is marked. Tick the answers that are meant."))
        return redirect("editing")
    # Through the user's own cases: a number from another district finds nothing.
    mine = Response.objects.filter(own_cases(request.user, "case__"), is_current=True)
    response = get_object_or_404(mine.select_related("case__wave__survey", "version"), pk=int(key))
    marked, said = request.POST.getlist("item"), request.POST.get("said", "")
    try:
        if "send_back" in request.POST:
            _send_back(request, response, marked, said)
        else:
            answers = present_answers(response)
            values = {item: float(answers[item]) for item in marked if isinstance(answers.get(item), (int, float))}
            accept_answers(response=response, values=values, reason=said, actor=member_of_staff(request))
            messages.success(request, _("The marked answers are accepted and leave the queue."))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('editing')}?{request.GET.urlencode()}")


def _send_back(request: HttpRequest, response: Response, marked: list[str], said: str) -> None:
    if not marked:
        raise EditingRefusedError("nothing_marked", response.pk)
    return_for_correction(response=response, note="", about=dict.fromkeys(marked, said), actor=member_of_staff(request))
    messages.success(request, _("The response is returned. The firm finds your note at the marked questions."))
