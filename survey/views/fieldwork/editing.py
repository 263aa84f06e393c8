"""The editing queue: suspicious answers by what is at stake, to accept, to correct, or to send back."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from survey.exchange.figures.shown import number
from survey.exchange.release.marks import working_mark
from survey.methods.clearing.steps import two_digits
from survey.models import Wave
from survey.selectors.fieldwork.territory import own_waves
from survey.selectors.results.editing_queue import Suspect, SuspectFirm, editing_queue
from survey.selectors.results.extract import collected_of
from survey.selectors.results.wave_results import (
    chosen_wave,
    has_enough,
    prepared_of,
    wave_vocabulary,
    waves_with_sample,
)
from survey.selectors.said import said as _
from survey.services.audit import record_action, record_reading
from survey.views.fieldwork.editing_decisions import DECIDER, EDITOR, decide_posted, may_decide, may_edit
from survey.views.fieldwork.wave_of_page import in_own_words
from survey.views.office import has_all, member_of_staff, office_page_of_either, render_office
from survey.weighting_terms import OutlierChoice

PER_PAGE = 25
EXACT = ("view_working_figures",)
"""Who reads exact figures; others are told how large they are."""


@office_page_of_either(EDITOR, DECIDER)
@require_http_methods(["GET", "HEAD", "POST"])
def editing(request: HttpRequest) -> HttpResponse:
    """The firms whose answers look wrong; a POST decides about the marked answers of one of them.

    Officers accept, correct and send back; methodologists decide of influence and of what was filled in.
    """
    own = set(own_waves(request.user).values_list("pk", flat=True))
    waves = [wave for wave in waves_with_sample() if wave.pk in own]
    wave = chosen_wave(waves, request.GET.get("wave", ""))
    if request.method == "POST":
        return decide_posted(request)
    if wave is not None:
        in_own_words(wave)
    if wave is None or not has_enough(collected_of(wave)):
        return render_office(request, "fieldwork/editing.html", _("Suspicious answers"), wave=wave, waves=waves)
    prepared = prepared_of(wave)
    words = wave_vocabulary(wave, prepared.collected, get_language() or "zh-hans")
    page = Paginator(editing_queue(wave, prepared, words, request.user), PER_PAGE).get_page(request.GET.get("page"))
    # The queue shows answers of many firms at once, so that looking at it is a reading; of exact figures each view is
    # written down, since two of them tell of what came in between (0044).
    exact = has_all(request.user, EXACT)
    record = record_action if exact else record_reading
    record(actor=member_of_staff(request), verb="read_editing_queue", subject=wave, page=page.number)
    return render_office(
        request,
        "fieldwork/editing.html",
        _("Suspicious answers"),
        wave=wave,
        waves=waves,
        page=page,
        firms=[_firm(firm, words, exact=exact) for firm in page],
        mark=working_mark() if exact else "",
        return_to=_address(wave, page.number),
        may_edit=may_edit(request),
        may_decide=may_decide(request),
        choices=[(choice.value, _(choice.label)) for choice in OutlierChoice],
    )


def _address(wave: Wave, page: int) -> str:
    return f"{reverse('editing')}?{urlencode({'wave': wave.code, 'page': page})}"


def _firm(firm: SuspectFirm, words: Any, *, exact: bool) -> dict[str, Any]:
    rows = [_row(one, words, exact=exact) for one in firm.suspects]
    return {"case": firm.case, "response": firm.response, "rows": rows}


def _row(one: Suspect, words: Any, *, exact: bool) -> dict[str, Any]:
    # An answer, its weight and the exact part of the total at stake give the total; the median of a class of three is
    # the answer of another firm, perhaps of another district. To decide, the order of size is enough.
    anticipated = one.anticipated if exact or one.is_from_last else two_digits(one.anticipated)
    return {
        "item": one.item.code,
        "label": words.label(one.item.code),
        "unit": words.unit(one.item.code),
        "value": number(one.value),
        "anticipated": number(anticipated),
        "is_from_last": one.is_from_last,
        "weight": f"{one.weight:,.1f}" if exact else f"{one.weight:,.0f}",
        "score": f"{100 * one.score:.1f} %" if exact else f"{100 * float(f'{one.score:.0e}'):g} %",
        "is_decided": one.is_decided,
        "is_filled": one.is_filled,
    }
