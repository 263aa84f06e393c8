"""Releases: their list, the page of one, what differs from the one before, and making a new one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from survey.asked_terms.speaking import speak_of
from survey.exchange.release.certificate import certificate_lines, failure_lines
from survey.exchange.release.marks import working_mark
from survey.forms.office.releases import ReleaseForm
from survey.jobs.asking import ask_for
from survey.jobs.kinds.release import RELEASE
from survey.methods.released.differences import differing_figures
from survey.methods.released.publication import has_words
from survey.models import Release, Wave
from survey.release_terms import ReleaseState
from survey.selectors.results.cleared import latest_cut
from survey.selectors.results.releases import releases_for, steps_of
from survey.selectors.said import said as _
from survey.services.audit import record_reading
from survey.services.results.release_life import acts_open_to
from survey.views.office import member_of_staff, office_page, render_office
from survey.views.results.release_page import ReleasePage

OF_A_PAGE = 50
PERMISSIONS = ("export_release", "sign_release")


@office_page("view_dashboard")
@require_safe
def release_list(request: HttpRequest) -> HttpResponse:
    """The releases that the reader may know of, by wave, the newest first."""
    releases = releases_for(request.user, timezone.now())
    page = Paginator(releases, OF_A_PAGE).get_page(request.GET.get("page"))
    waves = Wave.objects.filter(cuts__isnull=False).distinct() if request.user.has_perm("survey.export_release") else []
    return render_office(request, "results/release_list.html", _("Releases"), page=page, waves=waves)


@gzip_page
@office_page("view_dashboard")
@require_safe
def release_page(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One release: its figures from its content alone and, for those who make releases, its life."""
    release = found_release(request, code, number)
    speak_of(release.wave.survey.asks)
    context: dict[str, Any] = {"release": release, "state": _(ReleaseState(release.state).label)}
    if request.user.has_perm("survey.view_release"):
        may = {name: request.user.has_perm(f"survey.{name}") for name in PERMISSIONS}
        context |= {"shows_life": True, "steps": steps_of(release), "acts": acts_open_to(release, may)}
        context["certificate"] = certificate_lines(release.certificate)
    title = _("%(wave)s, release %(number)s") % {"wave": release.wave, "number": release.number}
    if not has_words(release.content):
        return render_office(request, "results/release_earlier.html", title, **context)
    shown = ReleasePage(release=release, group=request.GET.get("group", ""))
    # A group that this release does not have is not there; figures of all firms would be mistaken for it.
    if shown.group not in shown.groups:
        raise Http404
    if context.get("certificate") and request.user.has_perm("survey.view_working_figures"):
        # Where a proof fails, the group and the answer tell of few: that is for those who see exact figures.
        measures = {code: table.measure for code, table in shown.publication.main.items()}
        context |= {"failures": failure_lines(release.certificate, measures), "mark": working_mark()}
    record_reading(actor=member_of_staff(request), verb="read_release", subject=release)
    return render_office(request, "results/release.html", title, shown=shown, **context)


@office_page("view_dashboard")
@require_safe
def release_differences(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Every figure in which a release differs from the one that it stands for."""
    release = found_release(request, code, number)
    if release.replaces is None or not has_words(release.content) or not has_words(release.replaces.content):
        raise Http404
    speak_of(release.wave.survey.asks)
    differences = differing_figures(release.replaces.content, release.content)
    # Two releases may differ in thousands of figures, and a reader looks for those of one table.
    page = Paginator(differences, 200).get_page(request.GET.get("page"))
    title = _("Differences from release %(number)s") % {"number": release.replaces.number}
    return render_office(request, "results/release_differences.html", title, release=release, page=page)


@office_page("export_release", "view_dashboard")
@require_http_methods(["GET", "HEAD", "POST"])
def release_new(request: HttpRequest) -> HttpResponse:
    """Ask for a release of the newest cut of a wave."""
    wave = get_object_or_404(Wave, code=request.POST.get("wave") or request.GET.get("wave", ""))
    # Without its content, of which only the number is shown.
    published = Release.objects.filter(wave=wave, state=ReleaseState.PUBLISHED.value).defer("content").first()
    form = ReleaseForm(request.POST if request.method == "POST" else None, is_revision=published is not None)
    if request.method == "POST" and form.is_valid():
        actor, day = member_of_staff(request), form.cleaned_data["next_publication"]
        asked = {"next_publication": day.isoformat() if day else "", "reason": form.reason}
        # Two members of staff get a job each: nobody sees the job of another.
        job = ask_for(RELEASE, key=f"{wave.pk}:{actor.pk}", subject=str(wave), actor=actor, wave=wave.pk, **asked)
        return redirect("job_page", job.pk)
    context: dict[str, Any] = {"wave": wave, "form": form, "cut": latest_cut(wave), "published": published}
    return render_office(request, "results/release_new.html", _("New release"), **context)


def found_release(request: HttpRequest, code: str, number: int) -> Release:
    """The release at an address; there is none for a reader who may not know of it."""
    releases = releases_for(request.user, timezone.now())
    return get_object_or_404(releases, wave__code=code, number=number)
