"""The dashboard: weighted results of a wave with their uncertainty, for staff with the right to see them."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from survey.exchange.figures.captions import stratum_names
from survey.exchange.release.table_csv import table_csv
from survey.exchange.sheets.writing import demonstration_mark
from survey.forms.office.results import ResultFilterForm
from survey.instrument.plan.plan import Threshold
from survey.models import Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.plan import plan_of
from survey.selectors.results.wave_comparison import earlier_waves
from survey.selectors.results.wave_results import (
    chosen_wave,
    has_enough,
    partly_asked,
    prepared_of,
    wave_vocabulary,
    waves_with_sample,
)
from survey.views.download import CSV, download
from survey.views.office import office_page, render_office
from survey.views.results.dashboard_content import compared_content


@office_page("view_dashboard")
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    waves = waves_with_sample()
    wave = chosen_wave(waves, request.GET.get("wave", ""))
    if wave is None:
        return render_office(request, "results/dashboard_empty.html", _("Dashboard"))
    collected = collected_of(wave)
    context: dict[str, Any] = {"wave": wave, "waves": waves, "collected": collected}
    if not has_enough(collected):
        context["threshold"] = plan_of(wave).threshold.firms if wave.version_id else Threshold().firms
        return render_office(request, "results/dashboard_empty.html", str(wave), **context)
    return render_office(request, "results/dashboard.html", str(wave), **context, **results(request, wave))


@office_page("view_dashboard")
@require_safe
def dashboard_table(request: HttpRequest, table: str) -> HttpResponse:
    """One table of the dashboard, under the same filter, as a file."""
    wave = chosen_wave(waves_with_sample(), request.GET.get("wave", ""))
    if wave is None or not has_enough(collected_of(wave)):
        raise Http404
    content = results(request, wave)["content"]
    if content is None or table not in content.tables:
        raise Http404
    remark = demonstration_mark() if wave.survey.is_demonstration else ""
    return download(table_csv(content.tables[table], remark), f"{wave.code}-{table}.csv", CSV)


def results(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    """The filter form with what it makes visible; ``content`` is None where too few firms are under the filter."""
    language = get_language() or "zh-hans"
    prepared = prepared_of(wave)
    words = wave_vocabulary(wave, prepared.collected, language)
    form = ResultFilterForm(request.GET, words.filters, words.plan.groups, language)
    domain, firms = form.domain(), " · ".join(heading.label for heading in form.chosen())
    hidden = prepared.hides(domain)
    compared = earlier_waves(wave)
    earlier = chosen_wave(compared, request.GET.get("against", ""))
    partly = partly_asked(wave)
    return {
        "form": form,
        "threshold": words.plan.threshold.firms,
        "row_text": words.read(words.plan.row_text) or _("a row"),
        "firms": firms,
        "is_filtered": bool(domain),
        "compared": compared,
        "earlier": earlier,
        "query": urlencode({"wave": wave.code, **dict(domain), **({"against": earlier.code} if earlier else {})}),
        "withdrawn": [item.text.of(language) for item in partly.withdrawn],
        "added": [item.text.of(language) for item in partly.added],
        "merges": [" → ".join(stratum_names(merge, words)) for merge in prepared.weighted.adjustment.merges],
        "content": None if hidden else compared_content(wave, words, domain, firms, language, earlier),
    }
