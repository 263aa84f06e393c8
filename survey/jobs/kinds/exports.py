"""Files with rows of firms: the edited microdata and replicate weights."""

from django.utils.translation import get_language

from survey.asked_terms.speaking import speak_of
from survey.exchange.microdata.content import microdata_of
from survey.exchange.microdata.files import microdata_files, zipped
from survey.exchange.microdata.replicates import replicates_csv
from survey.jobs.work import JobKind, Work
from survey.models import Wave
from survey.services.operation.jobs import JobTakenAway, Outcome
from survey.services.results.microdata import record_microdata_export
from survey.services.results.replicates import record_replicates_export
from survey.terms import gettext_noop as _

XLSX, ZIP = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip"
CSV = "text/csv; charset=utf-8"


def microdata(work: Work) -> Outcome:
    """The rows and their codebook in one file; who takes them is on record before the file is made."""
    wave, with_words = wave_of_job(work), work.parameters["with_words"]
    # Once over all attempts: a worker that was killed must not make it look as if they were taken twice.
    work.once("record", lambda: record_microdata_export(wave=wave, with_words=with_words, actor=work.actor))
    work.progress(1, 3, _("steps"))
    data = microdata_of(wave, with_words=with_words)
    work.progress(2, 3, _("steps"))
    files = microdata_files(data, get_language() or "zh-hans")
    return Outcome(file=zipped(files), file_name=f"{wave.code}-working-microdata.zip", file_type=ZIP)


def replicates(work: Work) -> Outcome:
    """As many weights of each firm that answered as were asked for; who takes them is on record first."""
    wave, count = wave_of_job(work), work.parameters["replicates"]
    work.once("record", lambda: record_replicates_export(wave=wave, replicates=count, actor=work.actor))
    work.progress(1, 2, _("steps"))
    return Outcome(file=replicates_csv(wave, count), file_name=f"{wave.code}-working-replicates.csv", file_type=CSV)


def wave_of_job(work: Work) -> Wave:
    """The wave that the job is for, of whose firms or local units is told from now on. Raises `JobTakenAway` where it
    is gone."""
    wave = Wave.objects.select_related("survey").filter(pk=work.parameters["wave"]).first()
    if wave is None:
        raise JobTakenAway(work.job.pk)
    speak_of(wave.survey.asks)
    return wave


# Rows of firms, not figures: whoever may only look at working figures takes no file of them.
MICRODATA = JobKind(code="microdata", label=_("Edited microdata"), permission="export_microdata", run=microdata)
REPLICATES = JobKind(code="replicates", label=_("Replicate weights"), permission="export_microdata", run=replicates)
