"""The files of a release, and its programming interface: drawn from its content, read only."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from survey.algorithms import canonical_json
from survey.exchange.release.files import IN_BOTH, about_release, figures_by_name, figures_csv, release_json
from survey.jobs.asking import ask_for
from survey.jobs.kinds.release import RELEASE_BOOK, RELEASE_REPORT
from survey.jobs.work import JobKind
from survey.methods.released.publication import has_words, languages_of
from survey.models import Release
from survey.selectors.results.releases import is_out, releases_for
from survey.services.audit import record_action
from survey.views.download import CSV, download
from survey.views.office import member_of_staff, office_page
from survey.views.results.releases import found_release

JSON = "application/json"
FILES: Mapping[str, tuple[Callable[[Release], bytes], str]] = {
    "csv": (figures_csv, CSV),
    "json": (release_json, JSON),
}
"""By the ending of a file how it is made, and its type."""
BY_JOB: Mapping[str, JobKind] = {"xlsx": RELEASE_BOOK, "docx": RELEASE_REPORT}
"""The same of files that take longer than a page may."""


@office_page("view_dashboard")
@require_POST
def release_book(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Ask for the workbook or the report of a release in a language or in both, and lead to the page of the job."""
    release, actor = _with_words(request, code, number), member_of_staff(request)
    language, ending = request.POST.get("language", IN_BOTH), request.POST.get("file", "xlsx")
    if language not in (IN_BOTH, *languages_of(release.content)) or ending not in BY_JOB:
        raise Http404
    # Before the job: that somebody asked for the file counts, whatever becomes of the worker.
    record_action(actor=actor, verb="download_release", subject=release, file=ending, language=language)
    key, subject = f"{release.pk}:{language}:{actor.pk}", f"{release} ({language})"
    job = ask_for(BY_JOB[ending], key=key, subject=subject, actor=actor, release=release.pk, language=language)
    return redirect("job_page", job.pk)


@office_page("view_dashboard")
@require_safe
def release_file(request: HttpRequest, code: str, number: int, ending: str) -> HttpResponse:
    """All figures of a release as one file."""
    release = _with_words(request, code, number)
    if ending not in FILES:
        raise Http404
    make, kind = FILES[ending]
    record_action(actor=member_of_staff(request), verb="download_release", subject=release, file=ending)
    return download(make(release), f"{code}-r{number}.{ending}", kind)


@office_page("view_release", "view_working_figures")
@require_safe
def release_content(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The frozen content of a release as it is, for those who may see exact figures: earlier versions froze those."""
    release = found_release(request, code, number)
    record_action(actor=member_of_staff(request), verb="download_release", subject=release, file="content")
    # Without words it is of an earlier version, whose figures are exact; the content itself has to stay as it is.
    mark = "" if has_words(release.content) else "working-"
    return download(canonical_json(release.content), f"{code}-r{number}-{mark}content.json", JSON)


def _with_words(request: HttpRequest, code: str, number: int) -> Release:
    release = found_release(request, code, number)
    if not has_words(release.content):
        raise Http404
    return release


@require_safe
def api_releases(request: HttpRequest) -> HttpResponse:
    """The published releases, without their figures."""
    if not _may_read(request):
        return _refused()
    # The programming interface gives what is out, also to those who may see drafts on the pages.
    out = releases_for(request.user, timezone.now()).filter(is_out(timezone.now()))
    return _answer({"releases": [about_release(release) for release in out]})


@gzip_page
@require_safe
def api_release(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One published release with all its figures."""
    if not _may_read(request):
        return _refused()
    out = releases_for(request.user, timezone.now()).filter(is_out(timezone.now()))
    found = out.filter(wave__code=code, number=number).first()
    if found is None or not has_words(found.content):
        return JsonResponse({"error": "There is no such release. /api/releases/ lists those there are."}, status=404)
    return _answer(figures_by_name(found))


def _may_read(request: HttpRequest) -> bool:
    # As the pages ask: whoever leaves the office loses its figures at once, not with the end of the session.
    return getattr(request.user, "is_staff", False) and request.user.has_perm("survey.view_dashboard")


def _answer(told: Mapping[str, Any]) -> HttpResponse:
    # Chinese as it is: in numbers it would take twice the bytes.
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _refused() -> HttpResponse:
    return JsonResponse({"error": "Log in as somebody with the right to results."}, status=403)
