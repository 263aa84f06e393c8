"""The monitor of a wave: how far its collection has come, for the office, as a page and as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from survey.exchange.fieldwork.progress_csv import WHOLE_SAMPLE, progress_csv
from survey.exchange.figures.weighting import AccountTable, likeness_table
from survey.methods.weights.response_rates import ResponseRates
from survey.models import Sample
from survey.selectors.fieldwork.burden_account import burden_account
from survey.selectors.fieldwork.call_lists import lists_of, newest_list, plan_of_calls
from survey.selectors.fieldwork.likeness import names_of_parts
from survey.selectors.fieldwork.monitor import Monitor, monitor_of
from survey.selectors.fieldwork.returns import returns_of
from survey.selectors.fieldwork.territory import own_waves
from survey.selectors.results.kept_burden import kept_burden
from survey.selectors.said import said as _
from survey.terms import WaveStatus
from survey.views.download import CSV, download
from survey.views.fieldwork.call_pictures import picture_of_errors
from survey.views.fieldwork.line_chart import LineChart, line_chart
from survey.views.fieldwork.wave_of_page import wave_of
from survey.views.office import office_page, render_office

TITLES = {
    "district": gettext_noop("By district"),
    "officer": gettext_noop("By officer"),
    "stratum": gettext_noop("By stratum"),
}


@office_page("view_case")
@require_safe
def monitor(request: HttpRequest) -> HttpResponse:
    """The progress of the wave that collects, or of the newest one with a sample."""
    waves = own_waves(request.user).filter(sample__isnull=False)
    wave = waves.filter(status=WaveStatus.OPEN.value).first() or waves.first()
    if wave is None:
        return render_office(request, "fieldwork/monitor.html", _("Progress"), wave=None, monitor=None)
    return redirect("wave_monitor", code=wave.code)


@office_page("view_case")
@require_safe
def wave_monitor(request: HttpRequest, code: str) -> HttpResponse:
    """Progress by day, district, officer and stratum against what was planned, rates, and where firms stop."""
    wave = wave_of(request, code, "version")
    if not Sample.objects.filter(wave=wave).exists():
        return render_office(request, "fieldwork/monitor.html", _("Progress"), wave=wave, monitor=None)
    # Read once for the page: figures, burden and picture are of the same moment.
    returns, lists = returns_of(wave, request.user), lists_of(wave)
    found = monitor_of(wave, request.user, timezone.now(), returns)
    return render_office(
        request,
        "fieldwork/monitor.html",
        _("Progress"),
        wave=wave,
        monitor=found,
        groups=[(_(TITLES[key]), key, rows) for key, rows in found.groups],
        rates=_rates(found),
        likeness=_likeness(found),
        picture=picture(found),
        made=newest_list(wave),
        lists=lists,
        errors=picture_of_errors(lists),
        plan=plan_of_calls(wave),
        account=burden_account(wave, request.user, found.at, returns, kept_burden(wave)),
        others=own_waves(request.user).exclude(pk=wave.pk).filter(sample__isnull=False),
    )


@office_page("view_case")
@require_safe
def wave_monitor_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The tables of the page as a file."""
    wave = wave_of(request, code, "version", sample__isnull=False)
    found = monitor_of(wave, request.user, timezone.now())
    groups = [(WHOLE_SAMPLE, [found.whole]), *found.groups]
    as_of = timezone.localtime(found.at).isoformat(timespec="minutes")
    names = names_of_parts(found.likeness, found.sections) if found.likeness is not None else {}
    content = progress_csv(wave.code, as_of, groups, found.likeness, names)
    return download(content, f"{wave.code}-progress.csv", CSV)


def _rates(monitor: Monitor) -> list[tuple[str, list[float] | None]]:
    """Name and RR1 to RR6 in per cent of each way to count."""
    ways = (
        (_("Firms, unweighted"), monitor.rates.plain),
        (_("By design weight"), monitor.rates.design),
        (_("By design weight and employees"), monitor.rates.size),
    )
    return [(name, _six(rates)) for name, rates in ways]


def _likeness(monitor: Monitor) -> AccountTable | None:
    """How like the sample the answers are, as a table with its sentence; None where that cannot be said yet."""
    found = monitor.likeness
    return None if found is None else likeness_table(found, names_of_parts(found, monitor.sections))


def _six(rates: ResponseRates | None) -> list[float] | None:
    if rates is None:
        return None
    return [100 * rate for rate in (rates.rr1, rates.rr2, rates.rr3, rates.rr4, rates.rr5, rates.rr6)]


def picture(monitor: Monitor) -> LineChart:
    """Answers so far and the straight way to the target, by day."""
    return line_chart(
        {"planned": [day.planned for day in monitor.days], "so-far": [day.so_far for day in monitor.days]},
        [date_format(day.day, "m-d") for day in monitor.days],
        across=_("Day"),
        upright=_("Submitted"),
        least_step=1.0,
    )
