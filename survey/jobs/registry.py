"""Every kind of job, by its code."""

from survey.jobs.kinds import backups, calling, cut, exports, frame_import, mailing, release, xlsform
from survey.jobs.work import JobKind

KINDS: dict[str, JobKind] = {
    kind.code: kind
    for kind in (
        *(frame_import.CHECK, frame_import.LOAD, xlsform.READ),
        *(release.RELEASE, release.RELEASE_BOOK, release.RELEASE_REPORT, cut.CUT),
        *(exports.MICRODATA, exports.REPLICATES, backups.BACKUP),
        *(mailing.PREPARE, mailing.SEND, mailing.FILE),
        calling.CALL_LIST,
    )
}
