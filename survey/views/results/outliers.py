"""Influential values and firms whose size has jumped: the analyst keeps, has corrected, or weighs down."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from survey.asked_terms.speaking import speak_of
from survey.exchange.figures.effects import effect_lines
from survey.exchange.figures.shown import number, percentage
from survey.exchange.release.marks import working_mark
from survey.forms.office.outliers import LISTED_FROM, ListedForm, OutlierForm
from survey.forms.office.results import ResultFilterForm
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Case, Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.outliers import ItemLines, JumpLine, Line, amounts, influential_values, jumps
from survey.selectors.results.wave_results import (
    chosen_wave,
    has_enough,
    prepared_of,
    wave_vocabulary,
    waves_with_sample,
)
from survey.selectors.said import said as _
from survey.services.audit import record_action
from survey.services.refusals import RefusedError
from survey.services.results.outliers import decide_outlier
from survey.views.office import member_of_staff, office_page, render_office


@never_cache
@office_page("add_outlierdecision", "view_working_figures")
@require_http_methods(["GET", "HEAD", "POST"])
def outliers(request: HttpRequest) -> HttpResponse:
    """The lists under a filter; a POST decides about one value and comes back."""
    waves = waves_with_sample()
    wave = chosen_wave(waves, request.GET.get("wave", ""))
    if wave is not None:
        speak_of(wave.survey.asks)
    # Asked before anything is prepared, which fails where fewer than two firms have answered.
    if wave is None or not has_enough(collected_of(wave)):
        if request.method == "POST":
            raise Http404
        title = _("Influential values")
        return render_office(request, "results/no_answers.html", title, wave=wave, waves=waves)
    prepared = prepared_of(wave)
    words = wave_vocabulary(wave, prepared.collected, get_language() or "zh-hans")
    if request.method == "POST":
        return _decided(request, wave, words)
    form = ResultFilterForm(request.GET, words.filters, words.plan.groups, words.language)
    listed = ListedForm(request.GET)
    share = listed.value()
    found = influential_values(wave, prepared, words, form.domain(), share)
    context: dict[str, Any] = {
        "wave": wave,
        "waves": waves,
        "form": form,
        "listed": ListedForm({"share": f"{100 * share:g}"}),
        "items": [_item(one, words) for one in found],
        "jumps": [_jump(one) for one in jumps(wave, prepared, words)],
        # Written from what was understood, so that coming back shows the list that was decided about.
        "query": urlencode({"wave": wave.code, "share": f"{100 * share:g}", **dict(form.domain())}),
        "usual": LISTED_FROM,
        "mark": working_mark(),
    }
    asked = {**dict(form.domain()), "share": share}
    # Each time, with its filter: two views of one filter tell of what came in between (0044).
    record_action(actor=member_of_staff(request), verb="read_influential_values", subject=wave, **asked)
    return render_office(request, "results/outliers.html", _("Influential values"), **context)


def _decided(request: HttpRequest, wave: Wave, words: Vocabulary) -> HttpResponse:
    form = OutlierForm(request.POST)
    # An item outside the list would store a decision that no page shows and every figure follows.
    if not form.is_valid() or form.cleaned_data["item"] not in {item.code for item in amounts(words)}:
        messages.error(request, _("The decision could not be read. Choose one and enter the cut-off as a number."))
    else:
        given = form.cleaned_data
        # With the wave: a number from another list would otherwise change figures that the analyst does not look
        # at.
        case = get_object_or_404(Case, wave=wave, pk=given.pop("case"))
        try:
            decide_outlier(case=case, author=member_of_staff(request), **given)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The decision is stored. All figures of the wave follow it from now on."))
    return redirect(f"{reverse('outliers')}?{request.GET.urlencode()}")


def _item(found: ItemLines, words: Vocabulary) -> dict[str, Any]:
    return {
        "code": found.item.code,
        "label": words.label(found.item.code),
        "unit": words.unit(found.item.code),
        "effect": " ".join(effect_lines({found.item.code: found.effect}, words)) if found.effect else "",
        "lines": [_line(one, found.item.code) for one in found.lines],
    }


def _line(line: Line, item: str) -> dict[str, Any]:
    one, decision = line.found, line.decision
    cutoff = decision.cutoff if decision and decision.cutoff is not None else line.cutoff
    initial = {"case": line.case, "item": item, "cutoff": cutoff}
    if decision is not None:
        initial |= {"choice": decision.choice, "reason": decision.reason}
    return {
        "case": line.case,
        "firm": line.firm,
        "value": number(one.value),
        "weight": f"{one.weight:,.2f}",
        "share": percentage(one.share),
        # Infinite where the value is all that the total has.
        "against": percentage(one.against_rest) if one.against_rest < float("inf") else "∞",
        "moves": number(one.moves_mean),
        "decision": decision,
        "form": OutlierForm(initial=initial, auto_id=f"id_{item}_{line.case}_%s"),
    }


def _jump(line: JumpLine) -> dict[str, Any]:
    return {
        "case": line.case,
        "firm": line.firm,
        "sampled_as": _(line.sampled_as.label),
        "reported": _(line.reported.label),
        "steps": f"{line.found.steps:+d}",
        "weight": f"{line.found.weight:,.2f}",
    }
