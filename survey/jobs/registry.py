"""Every kind of job, by its code."""

from survey.jobs.kinds import backups, calling, cut, exports, frame_import, mailing, release, xlsform
from survey.jobs.work import JobKind
from survey.models import Job

JOB_KINDS: dict[str, JobKind] = {
    kind.code: kind
    for kind in (
        *(frame_import.CHECK, frame_import.LOAD, xlsform.READ),
        *(release.RELEASE, release.RELEASE_BOOK, release.RELEASE_REPORT, cut.CUT),
        *(exports.MICRODATA, exports.REPLICATES, backups.BACKUP),
        *(mailing.PREPARE, mailing.SEND, mailing.MAILING_FILE),
        calling.CALL_LIST,
    )
}


def queue_of(job: Job) -> str:
    """The queue in which a job waits; that of everything where an upgrade has removed its kind."""
    return JOB_KINDS[job.kind].queue if job.kind in JOB_KINDS else Job.Queue.DEFAULT
