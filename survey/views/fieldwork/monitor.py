"""The monitor of a wave: how far its collection has come, for the office, as a page and as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from survey.exchange.fieldwork.progress_csv import progress_csv
from survey.methods.weights.response_rates import ResponseRates
from survey.models import Sample, Wave
from survey.selectors.fieldwork.burden_account import burden_account
from survey.selectors.fieldwork.monitor import Monitor, monitor_of
from survey.selectors.fieldwork.territory import own_waves
from survey.terms import WaveStatus
from survey.views.download import CSV, download
from survey.views.office import office_page, render_office

TITLES = {
    "district": gettext_noop("By district"),
    "officer": gettext_noop("By officer"),
    "stratum": gettext_noop("By stratum"),
}
WIDTH, HEIGHT = 640, 180
"""Size of the picture in its own units; it grows with the page."""


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
    wave = _wave(request, code)
    if not Sample.objects.filter(wave=wave).exists():
        return render_office(request, "fieldwork/monitor.html", _("Progress"), wave=wave, monitor=None)
    found = monitor_of(wave, request.user, timezone.now())
    return render_office(
        request,
        "fieldwork/monitor.html",
        _("Progress"),
        wave=wave,
        monitor=found,
        groups=[(_(TITLES[key]), key, rows) for key, rows in found.groups],
        rates=_rates(found),
        picture=picture(found),
        account=burden_account(wave, request.user, found.at),
        others=own_waves(request.user).exclude(pk=wave.pk).filter(sample__isnull=False),
    )


@office_page("view_case")
@require_safe
def wave_monitor_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The tables of the page as a file."""
    wave = _wave(request, code, sample__isnull=False)
    found = monitor_of(wave, request.user, timezone.now())
    groups = [("all", [found.whole]), *found.groups]
    as_of = timezone.localtime(found.at).isoformat(timespec="minutes")
    return download(progress_csv(wave.code, as_of, groups), f"{wave.code}-progress.csv", CSV)


def _wave(request: HttpRequest, code: str, **conditions: bool) -> Wave:
    """A wave of a survey that the user works on; of others nobody learns that there is one."""
    return get_object_or_404(own_waves(request.user).select_related("survey", "version"), code=code, **conditions)


def _rates(monitor: Monitor) -> list[tuple[str, list[float] | None]]:
    """Name and RR1 to RR6 in per cent of each way to count."""
    ways = (
        (_("Firms, unweighted"), monitor.rates.plain),
        (_("By design weight"), monitor.rates.design),
        (_("By design weight and employees"), monitor.rates.size),
    )
    return [(name, _six(rates)) for name, rates in ways]


def _six(rates: ResponseRates | None) -> list[float] | None:
    if rates is None:
        return None
    return [100 * rate for rate in (rates.rr1, rates.rr2, rates.rr3, rates.rr4, rates.rr5, rates.rr6)]


def picture(monitor: Monitor) -> dict[str, str]:
    """Points of two lines, answers so far and the straight way to the target, in a box of ``WIDTH`` by ``HEIGHT``."""
    top = max([1.0, *(float(day.so_far) for day in monitor.days), *(day.planned for day in monitor.days)])
    step = WIDTH / max(1, len(monitor.days) - 1)

    def line(values: list[float]) -> str:
        return " ".join(f"{step * x:.1f},{HEIGHT * (1 - y / top):.1f}" for x, y in enumerate(values))

    return {
        "so_far": line([float(day.so_far) for day in monitor.days]),
        "planned": line([day.planned for day in monitor.days]),
        "box": f"0 -4 {WIDTH} {HEIGHT + 8}",
    }
