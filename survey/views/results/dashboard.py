"""The dashboard: cleared figures, of the release of a closed wave and else of the newest cut, for everybody who may see
results."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from survey.asked_terms.speaking import speak_of
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.release.table_csv import About, table_csv
from survey.forms.office.crossings import CrossingForm
from survey.models import Wave
from survey.selectors.results.releases import sees_all
from survey.selectors.results.standing import Standing, standing_of
from survey.selectors.results.wave_results import named_wave, waves_with_sample
from survey.selectors.said import said as _
from survey.terms import Chapter
from survey.views.download import CSV, download
from survey.views.office import office_page, render_office
from survey.views.results.address import WITHOUT_CHARTS, UnknownAddressError, unknown_code
from survey.views.results.asked_cut import AskedCut, words_of_source
from survey.views.results.cleared_page import about_of, figures_of_cut
from survey.views.results.working import language_of_page, titled


# Django masks the tokens of forms anew for each page, so that the compressed size tells nothing of them (BREACH).
@gzip_page
@office_page("view_dashboard")
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    waves = waves_with_sample()
    if problem := unknown_code(waves, request.GET.get("wave", "")):
        return not_found(request, problem)
    wave = named_wave(waves, request.GET.get("wave", ""))
    now = timezone.now()
    standing = standing_of(wave, now, sees_all=sees_all(request.user)) if wave else None
    if wave is None or standing is None:
        title = str(wave or _("Dashboard"))
        _speak(wave)
        return render_office(request, "results/cleared_empty.html", title, wave=wave, waves=waves)
    _speak(wave)
    page = _asked(request, standing, waves, now)
    try:
        context: dict[str, Any] = {"wave": wave, "waves": waves, "page": page, "form": page.form}
        context |= {"chapter": page.chapter, "everybody": page.everybody}
        context["has_charts"] = page.chapter not in WITHOUT_CHARTS
        context |= {**about_of(page), **shown(page)}
    except UnknownAddressError as unknown:
        return not_found(request, str(unknown), wave)
    return render_office(request, "results/cleared.html", titled(str(wave), page.chapter), **context)


def _asked(request: HttpRequest, standing: Standing, waves: Sequence[Wave], now: datetime) -> AskedCut:
    query, language = request.GET, language_of_page()
    may_know = sees_all(request.user)
    return AskedCut(standing=standing, query=query, language=language, waves=waves, now=now, sees_all=may_know)


def _speak(wave: Wave | None) -> None:
    if wave is not None:
        speak_of(wave.survey.asks)


def shown(page: AskedCut) -> dict[str, Any]:
    """The figures, or why there are none: groups that are not crossed, or of which nothing is shown."""
    asking = CrossingForm(groups=page.offered_labels, initial=dict(page.asked_crossing))
    if page.is_shown:
        asks_here = page.chapter in (Chapter.GROUPS, Chapter.ALL)
        return {"figures": figures_of_cut(page), "asking": asking, "asks_here": asks_here}
    return {"is_crossed": page.group is not None, "nearest": page.nearest, "asking": asking, "asks_here": True}


@office_page("view_dashboard")
@require_safe
def dashboard_table(request: HttpRequest, table: str) -> HttpResponse:
    """One cleared table, under the same filter, as a file."""
    waves = waves_with_sample()
    wave = named_wave(waves, request.GET.get("wave", ""))
    if wave is None or unknown_code(waves, request.GET.get("wave", "")):
        raise Http404
    standing = standing_of(wave, now := timezone.now(), sees_all=sees_all(request.user))
    if standing is None:
        raise Http404
    _speak(wave)
    page = _asked(request, standing, waves, now)
    try:
        tables: Mapping[str, FigureTable] = page.tables if table in page.tables else page.changes
    except UnknownAddressError as unknown:
        raise Http404 from unknown
    if table not in tables:
        raise Http404
    # A file leaves its page behind: that it is a change, and since when, has to stand in it.
    against = [compared_with(page.earlier)] if page.earlier and table not in page.tables else []
    about = About(wave=str(wave), firms=page.firms, remark=_(" ").join((as_of(standing), *against, *page.marks)))
    # In the name, so that files of two cuts do not overwrite each other in a folder.
    source = f"r{standing.release.number}" if standing.release else f"c{standing.cut.number}"
    return download(table_csv(tables[table], about), f"{wave.code}-{source}-{table}.csv", CSV)


def as_of(standing: Standing) -> str:
    """Of which moment figures are, and which release says them, in a sentence."""
    cut = standing.cut
    if standing.release is not None:
        told = {"number": standing.release.number, "moment": cut.moment, "cut": cut.number}
        return _("Figures of release %(number)s, as of %(moment)s (cut %(cut)s).") % told
    return _("Cleared figures as of %(moment)s (cut %(number)s).") % {"moment": cut.moment, "number": cut.number}


def compared_with(earlier: Standing) -> str:
    """What a change is since, in a sentence."""
    return _("Compared with “%(wave)s” (%(source)s).") % {"wave": earlier.cut.wave, "source": words_of_source(earlier)}


def not_found(request: HttpRequest, problem: str, wave: Wave | None = None) -> HttpResponse:
    """The page that says what of the address is unknown, instead of figures of other firms."""
    context = {"problem": problem, "wave": wave, "page": "dashboard"}
    return render_office(request, "results/unknown.html", _("Not found"), status=404, **context)
