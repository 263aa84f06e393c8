"""The monitor of a wave: how far its collection has come, for the office, as a page and as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from survey.exchange.fieldwork.progress_csv import progress_csv
from survey.methods.weights.response_rates import ResponseRates
from survey.models import Sample, Wave
from survey.selectors.fieldwork.monitor import Monitor, monitor_of
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
def wave_monitor(request: HttpRequest, code: str) -> HttpResponse:
    """Progress by day, district, officer and stratum against what was planned, rates, and where firms stop."""
    wave = _wave(code)
    if not Sample.objects.filter(wave=wave).exists():
        return render_office(request, "fieldwork/monitor.html", _("Progress"), wave=wave, monitor=None)
    monitor = monitor_of(wave, timezone.now())
    return render_office(
        request,
        "fieldwork/monitor.html",
        _("Progress"),
        wave=wave,
        monitor=monitor,
        groups=[(_(TITLES[key]), key, rows) for key, rows in monitor.groups],
        rates=_rates(monitor),
        picture=picture(monitor),
    )


@office_page("view_case")
@require_safe
def wave_monitor_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The tables of the page as a file."""
    wave = get_object_or_404(Wave.objects.select_related("survey", "version"), code=code, sample__isnull=False)
    monitor = monitor_of(wave, timezone.now())
    groups = [("all", [monitor.whole]), *monitor.groups]
    as_of = timezone.localtime(monitor.at).isoformat(timespec="minutes")
    return download(progress_csv(wave.code, as_of, groups), f"{wave.code}-progress.csv", CSV)


def _wave(code: str) -> Wave:
    return get_object_or_404(Wave.objects.select_related("survey", "version"), code=code)


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
