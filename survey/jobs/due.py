"""What is done by the clock: each entry of `DUE` once in its time, whoever asks (`manage.py run_due`, the worker)."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from survey.jobs.asking import ask_for
from survey.jobs.kinds.backups import BACKUP
from survey.jobs.kinds.cut import CUT
from survey.jobs.kinds.mailing import PREPARE, SEND
from survey.mailing_terms import MailingState
from survey.models import DueRun, Job, Wave, Worker
from survey.selectors.results.due_cuts import waves_that_need_a_cut
from survey.services.audit_chain import adopt, seal
from survey.services.design.form_readings import remove_form_readings
from survey.services.fieldwork.taking_back import put_back_after_deadlines
from survey.services.frame.import_steps import expire_undecided_imports
from survey.services.mailing.planning import is_planned, start_due, unfinished
from survey.services.operation.erasing import overwrite_free_space
from survey.services.operation.jobs import fail_silent_jobs, remove_ended_jobs
from survey.services.operation.removal import forget
from survey.services.operation.retention import apply_rules
from survey.services.operation.scratch import remove_left
from survey.services.results.release_life import publish_due

logger = logging.getLogger(__name__)
# A run that holds an entry for longer was killed; whatever takes longer is a job that the entry asks for.
HOLD = timedelta(minutes=15)
ADOPTED_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something due ``every`` so long. ``run`` is given the time, may be run again after it was killed anywhere, and
    says what it did in a sentence, "" for nothing; work of minutes it does not do but asks for, as a job."""

    name: str
    every: timedelta
    run: Callable[[datetime], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a run said, or the fault that ended it."""

    name: str
    said: str
    has_failed: bool = False


def watch_jobs(now: datetime) -> str:
    """Fail jobs of killed workers, and forget those workers."""
    failed = fail_silent_jobs(now=now)
    Worker.objects.filter(heartbeat__lt=now - timedelta(days=1)).delete()
    return f"{failed} jobs of killed workers failed." if failed else ""


def remove_old_jobs(now: datetime) -> str:
    """Delete ended jobs and their files after their days."""
    removed = remove_ended_jobs(before=now - timedelta(days=settings.JOB_RETENTION_DAYS))
    return f"{removed} ended jobs and their files were removed." if removed else ""


def expire_imports(now: datetime) -> str:
    """Take away lists of firms that nobody decided on."""
    expired = expire_undecided_imports(before=now - timedelta(days=settings.FRAME_IMPORT_EXPIRY_DAYS))
    return f"{expired} undecided imports expired." if expired else ""


def remove_old_forms(now: datetime) -> str:
    """Delete XLSForms that were put in, and what was read of them, after the same days."""
    removed = remove_form_readings(before=now - timedelta(days=settings.JOB_RETENTION_DAYS))
    return f"{removed} XLSForms that had been put in were removed." if removed else ""


def remove_scratch(now: datetime) -> str:
    """Delete what killed workers left of lists and workbooks."""
    removed = remove_left(now)
    return f"{removed} files of killed workers were removed." if removed else ""


def remove_sessions(now: datetime) -> str:
    """Delete sessions that have run out."""
    removed, _models = Session.objects.filter(expire_date__lt=now).delete()
    return f"{removed} sessions that had run out were removed." if removed else ""


def forget_removed(now: datetime) -> str:
    """Delete for good what was deleted and can be put back no longer."""
    gone = forget(before=now - timedelta(days=settings.REMOVED_RETENTION_DAYS))
    return f"{gone} deleted parts were removed for good." if gone else ""


def chain_audit(now: datetime) -> str:
    """Take rows into the audit chain that are in none, and seal the ends of the chains."""
    adopted = adopt(limit=ADOPTED_AT_ONCE)
    seal()
    return f"{adopted} rows were taken into the audit chain." if adopted else ""


def retain(now: datetime) -> str:
    """Erase what the rules of retention no longer let be kept."""
    erased = apply_rules(now)
    # Each time, also where nothing was erased: an earlier run may have found the database busy.
    overwrite_free_space()
    return " ".join(f"{due.rule.kind}: {due.count} erased." for due in erased)


def put_back_submissions(now: datetime) -> str:
    """Let submissions count again that firms took back and did not submit once more before the deadline."""
    count = put_back_after_deadlines(now)
    return f"{count} submissions that were taken back count again." if count else ""


def back_up(now: datetime) -> str:
    """Ask for a backup where the settings say how often, once in that time however often this is called."""
    hours = settings.BACKUP_EVERY_HOURS
    # Half an hour early rather than ever later: the clock comes by when it can.
    since = now - timedelta(hours=hours) + timedelta(minutes=min(30, 30 * hours))
    if not hours or Job.objects.filter(kind=BACKUP.code, asked_at__gt=since).exists():
        return ""
    ask_for(BACKUP, key="backup", subject=f"{timezone.localtime(now):%Y-%m-%d %H:%M}", actor=None)
    return "A backup was asked for."


def make_cuts(now: datetime) -> str:
    """Ask for a cut of each wave that has changed since its last one, as often as the settings say."""
    hours = settings.CUT_EVERY_HOURS
    since = now - timedelta(hours=hours) + timedelta(minutes=min(30, 30 * hours))
    waves = waves_that_need_a_cut(since) if hours else []
    for wave in waves:
        ask_for_cut(wave)
    return f"{len(waves)} cuts were asked for." if waves else ""


def ask_for_cut(wave: Wave) -> Job:
    """Ask for a cut of a wave in nobody's name, as the clock does."""
    # With 0 for the clock: members of staff get jobs of their own, since nobody sees those of others.
    return ask_for(CUT, key=f"{wave.pk}:0", subject=str(wave), actor=None, wave=wave.pk)


def publish_releases(now: datetime) -> str:
    """Publish the releases whose embargo has ended; readers see them from the moment on, even before this is run."""
    published = publish_due(now)
    return f"{len(published)} releases were published." if published else ""


def write_to_firms(now: datetime) -> str:
    """Ask for the mailings that plans say are due, and for the rest of those that a worker or a server left undone."""
    started = start_due(now)
    # Asking for what is open already gives that job.
    left = [run for run in unfinished(now) if run not in started]
    for run in [*started, *left]:
        kind = SEND if run.state == MailingState.SENDING.value else PREPARE
        subject, more = f"{run.wave} {run}", {"mailing": run.pk, "then_send": is_planned(run)}
        ask_for(kind, key=str(run.pk), subject=subject, actor=run.created_by, **more)
    said = (f"{len(started)} planned mailings begin.", f"{len(left)} mailings go on.")
    return " ".join(words for words, runs in zip(said, (started, left), strict=True) if runs)


DUE: tuple[Due, ...] = (
    Due(name="jobs", every=timedelta(seconds=30), run=watch_jobs),
    Due(name="old_jobs", every=timedelta(days=1), run=remove_old_jobs),
    Due(name="old_forms", every=timedelta(days=1), run=remove_old_forms),
    Due(name="undecided_imports", every=timedelta(hours=1), run=expire_imports),
    Due(name="scratch", every=timedelta(hours=1), run=remove_scratch),
    Due(name="removed", every=timedelta(days=1), run=forget_removed),
    Due(name="taken_back", every=timedelta(hours=1), run=put_back_submissions),
    Due(name="sessions", every=timedelta(days=1), run=remove_sessions),
    Due(name="audit", every=timedelta(hours=1), run=chain_audit),
    Due(name="mailings", every=timedelta(minutes=5), run=write_to_firms),
    Due(name="retention", every=timedelta(days=1), run=retain),
    # Looked at often and done seldom: how often stands in the settings.
    Due(name="cuts", every=timedelta(minutes=10), run=make_cuts),
    Due(name="releases", every=timedelta(minutes=1), run=publish_releases),
    Due(name="backup", every=timedelta(minutes=10), run=back_up),
)


def run_due(now: datetime, *, due: Iterable[Due] = DUE, at_once: bool = False) -> list[Ran]:
    """Run what is due (``at_once``: whether it is or not) and nobody else is running; a fault stops only its entry."""
    return [ran for entry in due if taken(entry, now, at_once) for ran in [_run(entry, now)]]


def taken(entry: Due, now: datetime, at_once: bool) -> bool:
    """Take an entry for this run: true for one of any number of processes that try at the same time."""
    DueRun.objects.get_or_create(name=entry.name)
    is_free = Q(held_until__isnull=True) | Q(held_until__lt=now)
    is_due = Q(begun_at__isnull=True) | Q(begun_at__lte=now - entry.every)
    # Free in any case: "at once" means before its time, not beside a run that is under way.
    found = DueRun.objects.filter(is_free if at_once else is_free & is_due, name=entry.name)
    return bool(found.update(begun_at=now, held_until=now + HOLD))


def _run(entry: Due, now: datetime) -> Ran:
    try:
        ran = Ran(name=entry.name, said=entry.run(now))
    except Exception as error:
        logger.exception("What is due as %s stopped.", entry.name)
        ran = Ran(name=entry.name, said=f"{type(error).__name__}: {error}", has_failed=True)
    # Only while the entry is still this run's: one that was given up must not end its successor.
    mine = DueRun.objects.filter(name=entry.name, begun_at=now)
    mine.update(ended_at=timezone.now(), held_until=None, has_failed=ran.has_failed, said=ran.said)
    return ran
