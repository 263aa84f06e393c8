"""Every kind of job, by its code."""

from survey.jobs.kinds import backups, exports, frame_import, mailing, xlsform
from survey.jobs.work import JobKind

KINDS: dict[str, JobKind] = {
    kind.code: kind
    for kind in (
        *(frame_import.CHECK, frame_import.LOAD, xlsform.READ),
        *(exports.RELEASE, exports.MICRODATA, exports.REPLICATES, backups.BACKUP),
        *(mailing.PREPARE, mailing.SEND, mailing.FILE),
    )
}
