"""The dashboard: weighted results of a wave with their uncertainty, for staff with the right to see them."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from survey.exchange.figures.reliability import reliability_tables
from survey.exchange.figures.weighting import account_tables
from survey.exchange.release.marks import marks_of
from survey.exchange.release.table_csv import About, table_csv
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
    wave_account,
    wave_vocabulary,
    waves_with_sample,
)
from survey.terms import WaveStatus
from survey.views.download import CSV, download
from survey.views.office import office_page, render_office
from survey.views.results.dashboard_content import compared_content

ALONE = "none"
"""In the address: compared with no other wave."""


@office_page("view_dashboard")
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    waves = waves_with_sample()
    if problem := unknown_code(waves, request.GET.get("wave", "")):
        return not_found(request, problem)
    wave = chosen_wave(waves, request.GET.get("wave", ""))
    if wave is None:
        return render_office(request, "results/dashboard_empty.html", _("Dashboard"))
    collected = collected_of(wave)
    context: dict[str, Any] = {"wave": wave, "waves": waves, "collected": collected}
    if not has_enough(collected):
        context["threshold"] = plan_of(wave).threshold.firms if wave.version_id else Threshold().firms
        return render_office(request, "results/dashboard_empty.html", str(wave), **context)
    found = results(request, wave)
    if found["problem"]:
        return not_found(request, found["problem"], wave)
    return render_office(request, "results/dashboard.html", str(wave), **context, **found)


@office_page("view_dashboard")
@require_safe
def dashboard_table(request: HttpRequest, table: str) -> HttpResponse:
    """One table of the dashboard, under the same filter, as a file."""
    waves = waves_with_sample()
    wave = chosen_wave(waves, request.GET.get("wave", ""))
    if wave is None or unknown_code(waves, request.GET.get("wave", "")) or not has_enough(collected_of(wave)):
        raise Http404
    found = results(request, wave)
    content = found["content"]
    if content is None or table not in content.tables:
        raise Http404
    about = About(wave=str(wave), firms=found["firms"], remark=_(" ").join(marks_of(wave)))
    return download(table_csv(content.tables[table], about), f"{wave.code}-{table}.csv", CSV)


def unknown_code(waves: list[Wave], code: str) -> str:
    """What is wrong with the code of a wave in an address; empty where it is known or not given."""
    if not code or any(wave.code == code for wave in waves):
        return ""
    return _("There are no results of a wave “%(code)s”. Choose a wave from the list.") % {"code": code}


def not_found(request: HttpRequest, problem: str, wave: Wave | None = None) -> HttpResponse:
    """The page that says what of the address is unknown, instead of figures of other firms."""
    context = {"problem": problem, "wave": wave}
    return render_office(request, "results/dashboard_unknown.html", _("Not found"), status=404, **context)


def unknown_value(form: ResultFilterForm) -> str:
    """What is wrong with the filter of an address; empty where every value is known."""
    groups = form.unknown()
    if not groups:
        return ""
    return _("The address asks for a value of “%(group)s” that does not exist. Choose one from the list.") % {
        "group": groups[0]
    }


def results(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    """The filter form with what it makes visible; ``content`` is None where too few firms are under the filter."""
    language = get_language() or "zh-hans"
    prepared = prepared_of(wave)
    words = wave_vocabulary(wave, prepared.collected, language)
    form = ResultFilterForm(request.GET, words.filters, words.plan.groups, language)
    domain, firms = form.domain(), " · ".join(heading.label for heading in form.chosen())
    compared = earlier_waves(wave)
    against = request.GET.get("against", "")
    problem = unknown_value(form) or (unknown_code(compared, against) if against != ALONE else "")
    # Asked before anything is estimated: below the threshold there is no table that a mistake could show.
    hidden = bool(problem) or prepared.hides(domain)
    earlier = chosen_wave(compared, against) if against != ALONE and not problem else None
    partly = partly_asked(wave)
    return {
        "form": form,
        "problem": problem,
        "is_provisional": wave.status != WaveStatus.CLOSED,
        "marks": marks_of(wave),
        "is_alone": against == ALONE,
        "threshold": words.plan.threshold.firms,
        "row_text": words.read(words.plan.row_text) or _("a row"),
        "firms": firms,
        "is_filtered": bool(domain),
        "compared": compared,
        "earlier": earlier,
        # Written from what was understood, not copied from the address: links of the page carry nothing unknown.
        "query": urlencode({"wave": wave.code, **dict(domain), "against": earlier.code if earlier else ALONE}),
        "withdrawn": [item.text.of(language) for item in partly.withdrawn],
        "added": [item.text.of(language) for item in partly.added],
        "account": [*reliability_tables(), *account_tables(wave_account(wave), prepared.weighted, words)],
        "content": None if hidden else compared_content(wave, words, domain, firms, language, earlier),
    }
