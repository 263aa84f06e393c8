"""A backup that the clock asks for."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from survey.jobs.work import JobKind, Work
from survey.services.operation.backup import make_backup, remove_old_backups
from survey.services.operation.jobs import Outcome
from survey.terms import gettext_noop as _


def backup(work: Work) -> Outcome:
    """Write the backup where the settings say, then delete old ones; it is never given out by a page.

    Raises BackupRefusedError, which the page of the job says.
    """
    folder, now = Path(settings.BACKUP_DIR), timezone.localtime()
    made = make_backup(folder=folder, recipients=settings.BACKUP_RECIPIENTS, now=now)
    work.progress(1, 2, _("steps"))
    # Only once the new one is there: a backup that fails must not cost the old ones.
    if settings.BACKUP_KEEP_DAYS and made.exists():
        remove_old_backups(folder=folder, now=now, days=settings.BACKUP_KEEP_DAYS)
    return Outcome(page=reverse("job_list"))


BACKUP = JobKind(code="backup", label=_("Backup"), permission="view_job", run=backup)
