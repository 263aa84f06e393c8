"""Working figures: exact and live, under any filter, for those who are sworn to secrecy; every view is written down."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from survey.asked_terms.speaking import speak_of
from survey.exchange.release.marks import marks_of, working_mark
from survey.exchange.release.table_csv import About, table_csv
from survey.instrument.plan.plan import Threshold
from survey.models import Wave
from survey.selectors.results.kept import at_revision
from survey.selectors.results.plan import plan_of
from survey.selectors.results.wave_results import chosen_wave, overview_of, waves_with_sample
from survey.selectors.said import said as _
from survey.services.audit import record_action
from survey.terms import Chapter
from survey.views.download import CSV, download
from survey.views.office import member_of_staff, office_page, render_office
from survey.views.results.address import WITHOUT_CHARTS, UnknownAddressError, unknown_code
from survey.views.results.asked_page import AskedPage
from survey.views.results.working_page import figures_asked, filters_of

ACTIONS = ("survey.add_outlierdecision",)
"""Permissions on which it depends what stands beside the filter."""


# Exact figures must not lie in the cache of a browser or a proxy.
@never_cache
@gzip_page
@office_page("view_working_figures")
@require_safe
def working_figures(request: HttpRequest) -> HttpResponse:
    waves = at_revision(waves_with_sample())
    if problem := unknown_code(waves, request.GET.get("wave", "")):
        # Not the newest wave instead: somebody would read its figures as those of the wave in the address.
        return not_found(request, problem)
    wave = chosen_wave(waves, request.GET.get("wave", ""))
    if wave is None:
        return render_office(request, "results/working_empty.html", _("Working figures"))
    speak_of(wave.survey.asks)
    context: dict[str, Any] = {"wave": wave, "waves": waves, "overview": overview_of(wave)}
    if not overview_of(wave).has_enough:
        context["threshold"] = plan_of(wave).threshold.firms if wave.version_id else Threshold().firms
        return render_office(request, "results/working_empty.html", str(wave), **context)
    asked = AskedPage(wave=wave, query=request.GET, language=language_of_page())
    # Only those that change the page: a key with every right of the reader would keep a page for each person.
    allowed = [one for one in ACTIONS if request.user.has_perm(one)]
    try:
        context |= {"filters": filters_of(asked, waves, allowed), "figures": figures_asked(asked)}
    except UnknownAddressError as unknown:
        return not_found(request, str(unknown), wave)
    # After the figures are made: a view that was refused showed nothing.
    record_view(request, "read_figures", asked, chapter=asked.chapter.value)
    title = _("%(wave)s – working figures, not to be passed on") % {"wave": wave}
    context |= {"chapter": asked.chapter, "is_method": asked.portion.is_of(Chapter.METHOD), "mark": working_mark()}
    context["has_charts"] = asked.chapter not in WITHOUT_CHARTS
    return render_office(request, "results/working.html", titled(title, asked.chapter), **context)


@never_cache
@office_page("view_working_figures")
@require_safe
def working_table(request: HttpRequest, table: str) -> HttpResponse:
    """One table of the page, under the same filter, as a file."""
    waves = waves_with_sample()
    wave = chosen_wave(waves, request.GET.get("wave", ""))
    if wave is None or unknown_code(waves, request.GET.get("wave", "")) or not overview_of(wave).has_enough:
        raise Http404
    speak_of(wave.survey.asks)
    asked = AskedPage(wave=wave, query=request.GET, language=language_of_page(), table=table)
    try:
        tables = asked.tables
    except UnknownAddressError as unknown:
        # A program that fetches a file takes a page with a sentence for its figures; the status it understands.
        raise Http404 from unknown
    if table not in tables:
        raise Http404
    record_view(request, "download_table", asked, table=table)
    about = About(wave=str(wave), firms=asked.firms, remark=_(" ").join((working_mark(), *marks_of(wave))))
    return download(table_csv(tables[table], about), f"{wave.code}-working-{table}.csv", CSV)


def titled(title: str, chapter: Chapter) -> str:
    """The title of a page with the chapter that it shows."""
    if chapter is Chapter.OVERVIEW:
        return title
    return _("%(title)s: %(chapter)s") % {"title": title, "chapter": _(chapter.label)}


def record_view(request: HttpRequest, verb: str, asked: AskedPage, **detail: str) -> None:
    """Write down who looked at which figures. Each time: two views of one filter tell of what came in between."""
    against = asked.earlier.code if asked.earlier else ""
    query = {**dict(asked.form.domain()), **({"against": against} if against else {}), **detail}
    record_action(actor=member_of_staff(request), verb=verb, subject=asked.wave, **query)


def language_of_page() -> str:
    return get_language() or "zh-hans"


def not_found(request: HttpRequest, problem: str, wave: Wave | None = None) -> HttpResponse:
    """The page that says what of the address is unknown, instead of figures of other firms."""
    context = {"problem": problem, "wave": wave, "page": "working_figures"}
    return render_office(request, "results/unknown.html", _("Not found"), status=404, **context)
