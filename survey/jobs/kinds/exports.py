"""Files that leave the office: the release workbook, the edited microdata and replicate weights."""

from django.utils import timezone
from django.utils.translation import get_language

from survey.exchange.microdata.content import microdata_of
from survey.exchange.microdata.files import microdata_files, zipped
from survey.exchange.microdata.replicates import replicates_csv
from survey.exchange.release.content import release_content
from survey.exchange.release.workbook import release_workbook
from survey.jobs.work import JobKind, Work
from survey.models import Release, Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.kept import at_revision
from survey.selectors.results.wave_results import has_enough
from survey.services.operation.jobs import JobTakenAway, Outcome
from survey.services.results.microdata import record_microdata_export
from survey.services.results.releases import frozen_content, make_release
from survey.services.results.replicates import record_replicates_export
from survey.terms import gettext_noop as _

XLSX, ZIP = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip"
CSV = "text/csv; charset=utf-8"


def release(work: Work) -> Outcome:
    """Make the release of a wave, once, and its workbook."""
    wave = wave_of(work)
    prepare(wave)
    number = work.once("release", lambda: make_release(wave=wave, actor=work.actor).number)
    work.progress(1, 2, _("steps"))
    made = Release.objects.get(wave=wave, number=number)
    content = release_content(made, get_language() or "zh-hans", timezone.localtime())
    name = f"{wave.code}-r{number}.xlsx"
    return Outcome(file=release_workbook(content), file_name=name, file_type=XLSX)


def microdata(work: Work) -> Outcome:
    """The rows and their codebook in one file; who takes them is on record before the file is made."""
    wave, with_words = wave_of(work), work.parameters["with_words"]
    work.once("record", lambda: record_microdata_export(wave=wave, with_words=with_words, actor=work.actor))
    work.progress(1, 3, _("steps"))
    data = microdata_of(wave, with_words=with_words)
    work.progress(2, 3, _("steps"))
    files = microdata_files(data, get_language() or "zh-hans")
    return Outcome(file=zipped(files), file_name=f"{wave.code}-microdata.zip", file_type=ZIP)


def replicates(work: Work) -> Outcome:
    """As many weights of each firm that answered as were asked for; who takes them is on record first."""
    wave, count = wave_of(work), work.parameters["replicates"]
    work.once("record", lambda: record_replicates_export(wave=wave, replicates=count, actor=work.actor))
    work.progress(1, 2, _("steps"))
    return Outcome(file=replicates_csv(wave, count), file_name=f"{wave.code}-replicates.csv", file_type=CSV)


def prepare(wave: Wave) -> None:
    """Let the figures be kept before they are frozen: the transaction that freezes them holds up all who save."""
    [wave] = at_revision([wave])
    if has_enough(collected_of(wave)):
        frozen_content(wave)


def wave_of(work: Work) -> Wave:
    """The wave that the job is for. Raises `JobTakenAway` where it is gone."""
    wave = Wave.objects.select_related("survey").filter(pk=work.parameters["wave"]).first()
    if wave is None:
        raise JobTakenAway(work.job.pk)
    return wave


RELEASE = JobKind(code="release", label=_("Release workbook"), permission="export_release", run=release)
MICRODATA = JobKind(code="microdata", label=_("Edited microdata"), permission="export_microdata", run=microdata)
REPLICATES = JobKind(code="replicates", label=_("Replicate weights"), permission="export_release", run=replicates)
