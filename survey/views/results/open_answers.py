"""Open answers: read one by one, and each let out of the office or kept in it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from survey.asked_terms.speaking import speak_of
from survey.exchange.release.marks import working_mark
from survey.forms.office.open_answers import OpenAnswerFilterForm, OpenAnswerForm
from survey.models import Wave
from survey.selectors.results.open_answers import OpenAnswer, open_answers_of, open_items
from survey.selectors.results.plan import plan_of
from survey.selectors.results.wave_results import chosen_wave, waves_with_sample
from survey.selectors.said import said as _
from survey.services.audit import record_action
from survey.services.refusals import RefusedError
from survey.services.results.open_answers import decide_open_answer
from survey.views.office import member_of_staff, office_page, render_office
from survey.views.results.working import language_of_page

PER_PAGE = 20


@never_cache
@office_page("clear_open_answers", "view_working_figures")
@require_http_methods(["GET", "HEAD", "POST"])
def open_answers(request: HttpRequest) -> HttpResponse:
    """The answers under a filter; a POST decides about one of them and comes back."""
    # A wave without a version has asked nothing yet.
    waves = [wave for wave in waves_with_sample() if wave.version_id]
    wave = chosen_wave(waves, request.GET.get("wave", ""))
    if wave is None:
        if request.method == "POST":
            raise Http404
        title = _("Open answers to clear")
        return render_office(request, "results/no_answers.html", title, wave=wave, waves=waves)
    speak_of(wave.survey.asks)
    if request.method == "POST":
        return _decided(request, wave)
    language, items = language_of_page(), open_items(wave)
    names = {item.code: plan_of(wave).names.get(item.code, item.text).of(language) for item in items}
    form = OpenAnswerFilterForm(request.GET, items=list(names.items()))
    chosen, state = form.chosen()
    found = open_answers_of(wave, [item for item in items if chosen in ("", item.code)])
    page = Paginator([one for one in found if state in ("all", one.state)], PER_PAGE).get_page(request.GET.get("page"))
    # Each time, with its filter and page: two views of one filter tell of what came in between (0044).
    asked = {"item": chosen, "state": state, "page": page.number}
    record_action(actor=member_of_staff(request), verb="read_open_answers", subject=wave, **asked)
    context: dict[str, Any] = {
        "wave": wave,
        "waves": waves,
        "form": form,
        "page": page,
        "lines": [_line(one, names) for one in page],
        "query": urlencode({"wave": wave.code, "item": chosen, "state": state}),
        "mark": working_mark(),
    }
    return render_office(request, "results/open_answers.html", _("Open answers to clear"), **context)


def _line(one: OpenAnswer, names: dict[str, str]) -> dict[str, Any]:
    # What was let out already is shown as it was let out, perhaps shortened by the person who did.
    text = one.decision.text if one.decision is not None and one.decision.leaves else one.text
    initial = {"response": one.response, "item": one.item, "written": one.written, "text": text}
    # Ids by answer: twenty forms on a page have the same fields.
    form = OpenAnswerForm(initial=initial, auto_id=f"id_{one.response}_{one.item}_%s")
    return {"answer": one, "question": names[one.item], "form": form}


def _decided(request: HttpRequest, wave: Wave) -> HttpResponse:
    form = OpenAnswerForm(request.POST)
    leaves = "leaves" in request.POST
    if not form.is_valid():
        messages.error(request, _("The decision could not be read. Open the list again and decide anew."))
    else:
        try:
            decide_open_answer(wave=wave, leaves=leaves, author=member_of_staff(request), **form.cleaned_data)
            said = _("The answer leaves the office with the next release.") if leaves else _("The answer stays here.")
            messages.success(request, said)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
    return redirect(f"{reverse('open_answers')}?{request.GET.urlencode()}")
