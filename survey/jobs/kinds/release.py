"""Releases: freezing one from a cut, and making the workbook or the report of one that is frozen."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from survey.exchange.release.content import content_of_cut
from survey.exchange.release.files import book_of, report_of
from survey.exchange.release.wording import Planned
from survey.instrument.schema import Text
from survey.jobs.kinds.exports import XLSX, wave_of_job
from survey.jobs.work import JobKind, Work
from survey.models import Release
from survey.selectors.results.cleared import latest_cut
from survey.services.operation.jobs import JobTakenAway, Outcome
from survey.services.results.releases import ReleaseRefusedError, make_release
from survey.terms import gettext_noop as _


def release(work: Work) -> Outcome:
    """Freeze the newest cut of a wave as a draft, once."""
    wave, asked = wave_of_job(work), work.parameters
    cut = latest_cut(wave)
    if cut is None:
        raise ReleaseRefusedError("no_cut", wave.pk, wave=wave)
    following, reason = asked.get("next_publication"), Text.from_dict(asked.get("reason", {}))
    planned = Planned(next_publication=date.fromisoformat(following) if following else None, reason=reason)
    content = content_of_cut(cut, planned)
    work.progress(1, 2, _("steps"))
    said = " / ".join(filter(None, dict.fromkeys((reason.zh, reason.en))))
    number = work.once("release", lambda: make_release(cut=cut, content=content, actor=work.actor, reason=said).number)
    return Outcome(page=reverse("release_page", kwargs={"code": wave.code, "number": number}))


def release_book(work: Work) -> Outcome:
    """Make the workbook of a release from its content."""
    return _file(work, book_of, "xlsx", XLSX)


def release_report(work: Work) -> Outcome:
    """Make the report of a release from its content."""
    return _file(work, report_of, "docx", DOCX)


def _file(work: Work, make: Callable[[Release, str], bytes], ending: str, kind: str) -> Outcome:
    found = Release.objects.select_related("wave", "replaces").filter(pk=work.parameters["release"]).first()
    if found is None:
        raise JobTakenAway(work.job.pk)
    language = work.parameters["language"]
    work.progress(0, 1, _("steps"))
    name = f"{found.wave.code}-r{found.number}-{language}.{ending}"
    return Outcome(file=make(found, language), file_name=name, file_type=kind)


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RELEASE = JobKind(code="release", label=_("Release"), permission="export_release", run=release)
RELEASE_BOOK = JobKind(code="release_book", label=_("Release workbook"), permission="view_dashboard", run=release_book)
RELEASE_REPORT = JobKind(
    code="release_report", label=_("Release report"), permission="view_dashboard", run=release_report
)
