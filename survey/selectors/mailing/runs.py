"""What pages read of mailings: the runs of a wave with their counts, the rows of one, and which comes next."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from survey.mailing_terms import REMINDERS, LeftOut, MailingChannel, MailingPurpose, RowState
from survey.models import Job, Mailing, MailingRow, PlannedMailing, Wave

ORDER = (RowState.WAITING, RowState.SENDING, RowState.SENT, RowState.UNSURE, RowState.BOUNCED, RowState.FAILED,
         RowState.LEFT_OUT)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCounts:
    """A run of a wave and how many of its rows are in which state."""

    mailing: Mailing
    by_state: dict[str, int]

    @property
    def taken(self) -> int:
        """Firms that are written to."""
        return sum(self.by_state.values()) - self.by_state.get(RowState.LEFT_OUT.value, 0)

    @property
    def in_order(self) -> list[tuple[RowState, int]]:
        """State and count, without those that are empty."""
        return [(state, self.by_state[state.value]) for state in ORDER if self.by_state.get(state.value)]


def runs_of(wave: Wave, visible: QuerySet[Mailing]) -> list[RunCounts]:
    """Those of the visible runs that are of a wave, newest first."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    rows = MailingRow.objects.filter(mailing__wave=wave).order_by().values_list("mailing", "state")
    for mailing, state, count in rows.annotate(count=Count("pk")):
        counts[mailing][state] = count
    runs = visible.filter(wave=wave).select_related("created_by")
    return [RunCounts(mailing=run, by_state=counts[run.pk]) for run in runs]


def counts_of(mailing: Mailing) -> RunCounts:
    """One run with its counts."""
    rows = mailing.rows.order_by().values_list("state").annotate(count=Count("pk"))
    return RunCounts(mailing=mailing, by_state=dict(rows))


def left_out_of(mailing: Mailing) -> list[tuple[LeftOut, int]]:
    """Why how many firms are left out of a run."""
    rows = mailing.rows.filter(state=RowState.LEFT_OUT.value).order_by().values_list("reason")
    found = dict(rows.annotate(count=Count("pk")))
    return [(reason, found[reason.value]) for reason in LeftOut if reason.value in found]


def rows_of_run(mailing: Mailing, state: str = "") -> QuerySet[MailingRow]:
    """The rows of a run with their firms, in the order in which they are sent."""
    rows = mailing.rows.select_related("case__sample_unit__unit").order_by("pk")
    return rows.filter(state=state) if state in set(RowState) else rows


def files_of(mailing: Mailing) -> list[tuple[MailingChannel, int]]:
    """By which channels how many firms were written to that have a file."""
    # Only what was sent: a file of rows that still wait would be posted before they are looked at.
    rows = mailing.rows.filter(state=RowState.SENT.value).exclude(channel=MailingChannel.EMAIL.value)
    found = dict(rows.order_by().values_list("channel").annotate(count=Count("pk")))
    return [(channel, found[channel.value]) for channel in MailingChannel if channel.value in found]


def job_of(mailing: Mailing) -> Job | None:
    """The job that prepares or sends a run now, or did so last."""
    keys = [f"mailing_prepare:{mailing.pk}", f"mailing_send:{mailing.pk}"]
    return Job.objects.filter(key__in=keys).select_related("asked_by").first()


def next_purpose(wave: Wave) -> MailingPurpose:
    """What a wave has not been written to about yet: the invitation, then one reminder after the other."""
    done = set(Mailing.objects.filter(wave=wave).values_list("purpose", flat=True))
    wanted = [purpose for purpose in (MailingPurpose.INVITATION, *REMINDERS) if purpose.value not in done]
    return wanted[0] if wanted else MailingPurpose.SEND_BACK


def next_reminder(wave: Wave) -> MailingPurpose:
    """The first reminder that a wave has not had, else the last one."""
    done = set(Mailing.objects.filter(wave=wave).values_list("purpose", flat=True))
    return next((reminder for reminder in REMINDERS if reminder.value not in done), REMINDERS[-1])


def planned_mailings(wave: Wave) -> QuerySet[PlannedMailing]:
    """The planned mailings of a wave with the runs that came of them."""
    return PlannedMailing.objects.filter(wave=wave).select_related("mailing", "created_by")
