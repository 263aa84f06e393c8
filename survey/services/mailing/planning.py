"""The plan of a wave: what firms are written to on which day, and the runs that come of it."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from survey.complaints import Catalogue, Entry
from survey.mailing_terms import REPEATED, MailingChannel, MailingPurpose, MailingState, PlannedDay, RowState
from survey.models import Case, Mailing, PlannedMailing, Wave
from survey.selectors.fieldwork.collection_period import closes_at
from survey.selectors.mailing.audience import due_cases
from survey.services.audit import record_action
from survey.services.mailing.preparing import next_number, start_mailing
from survey.services.refusals import RefusedError
from survey.terms import WaveStatus
from survey.terms import gettext_noop as _

AGAIN = timedelta(days=1)
"""How long after a run of a repeated entry the next one begins at the earliest."""
THANKED_AFTER_END = timedelta(days=30)
"""So long after its deadline the firms of a closed wave are still thanked by its plan."""


class PlanError(RefusedError):
    """Why a mailing is not planned."""

    catalogue = Catalogue(
        entries={
            "planned_already": Entry(
                _("This purpose is in the plan already."), _("Take that entry out of the plan first.")
            ),
            "counted_from_itself": Entry(
                _("The day of the invitation cannot be counted from the invitation."),
                _("Count it from the deadline, or prepare it now."),
            ),
        }
    )


@transaction.atomic
def plan_mailing(
    *,
    wave: Wave,
    purpose: MailingPurpose,
    days: int,
    counted_from: PlannedDay,
    channel: MailingChannel,
    otherwise: MailingChannel | None,
    language: str,
    site: str,
    actor: User | None,
) -> PlannedMailing:
    """Put a mailing into the plan of a wave. Raises PlanError."""
    early = (MailingPurpose.ANNOUNCEMENT, MailingPurpose.INVITATION)
    if counted_from is PlannedDay.AFTER_INVITATION and purpose in early:
        raise PlanError("counted_from_itself", purpose)
    ways: dict[str, Any] = {"channel": channel.value, "otherwise": otherwise.value if otherwise else ""}
    try:
        # A savepoint: PostgreSQL takes no further statement in a transaction in which one has failed.
        with transaction.atomic():
            planned = PlannedMailing.objects.create(
                wave=wave,
                purpose=purpose.value,
                days=days,
                counted_from=counted_from.value,
                language=language,
                site=site,
                created_by=actor,
                **ways,
            )
    # The constraint decides: two officers who plan the same at once would both find nothing planned.
    except IntegrityError:
        raise PlanError("planned_already", purpose) from None
    record_action(actor=actor, verb="plan_mailing", subject=wave.code, purpose=purpose.value, days=days)
    return planned


@transaction.atomic
def unplan_mailing(*, planned: PlannedMailing, actor: User) -> None:
    """Take an entry out of the plan; a run that came of it stays."""
    record_action(actor=actor, verb="unplan_mailing", subject=planned.wave.code, purpose=planned.purpose)
    planned.delete()


def due_at(planned: PlannedMailing) -> datetime | None:
    """From when an entry is due; None where nobody has been invited yet."""
    if planned.counted_from == PlannedDay.BEFORE_DEADLINE.value:
        return closes_at(planned.wave) - timedelta(days=planned.days)
    invited = _invited_at(planned.wave)
    return None if invited is None else invited + timedelta(days=planned.days)


def _invited_at(wave: Wave) -> datetime | None:
    runs = Mailing.objects.filter(wave=wave, purpose=MailingPurpose.INVITATION.value, began_at__isnull=False)
    # The first run, not the last: firms that are invited later must not put the reminders of all others off.
    first = runs.order_by("began_at").first()
    if first is not None:
        return first.began_at
    # Codes may have been given out without a mailing, on paper or by earlier versions.
    issued = Case.objects.filter(wave=wave, code_sent_at__isnull=False).order_by("code_sent_at").first()
    return issued.code_sent_at if issued else None


def start_due(now: datetime) -> list[Mailing]:
    """The runs that the plans of waves say are due; they wait to be prepared and sent.

    Each entry starts one run, a repeated one another on each day on which somebody is to be written to.
    """
    keys = _awaited(now).values_list("pk", flat=True)
    return [run for key in keys if (run := _start_if_due(key, now)) is not None]


def _awaited(now: datetime) -> QuerySet[PlannedMailing]:
    """Entries that may start a run now, as far as their wave and their last run say."""
    # After a day at the earliest, and only once the run before is sent: two runs would find the same firms.
    ended = Q(mailing__state=MailingState.SENT.value, mailing__created_at__lte=now - AGAIN)
    is_open = Q(wave__status=WaveStatus.OPEN.value)
    is_over = Q(wave__status=WaveStatus.CLOSED.value, wave__closes_at__gt=now - THANKED_AFTER_END)
    return PlannedMailing.objects.filter(
        Q(mailing=None) | ended & Q(purpose__in=REPEATED), is_open | is_over & Q(purpose=MailingPurpose.THANKS.value)
    )


@transaction.atomic
def _start_if_due(key: int, now: datetime) -> Mailing | None:
    # Held, so that of two schedulers the second finds the run of the first.
    PlannedMailing.objects.select_for_update().filter(pk=key).first()
    planned = _awaited(now).select_related("wave__survey", "created_by").filter(pk=key).first()
    due = due_at(planned) if planned else None
    if planned is None or due is None or now < max(due, planned.wave.opens_at):
        return None
    purpose = MailingPurpose(planned.purpose)
    if purpose in REPEATED and not _somebody_is_due(planned, purpose):
        return None
    made, _is_new = start_mailing(
        wave=planned.wave,
        purpose=purpose,
        number=next_number(planned.wave, purpose),
        channel=MailingChannel(planned.channel),
        otherwise=MailingChannel(planned.otherwise) if planned.otherwise else None,
        language=planned.language,
        site=planned.site,
        # Kept with the run: it writes to those who are due when it is prepared, not to those of now.
        selection={"due": True} if purpose in REPEATED else {},
        actor=planned.created_by,
    )
    planned.mailing = made
    planned.save(update_fields=["mailing"])
    return made


def _somebody_is_due(planned: PlannedMailing, purpose: MailingPurpose) -> bool:
    return due_cases(planned.wave.cases.all(), purpose, planned.channel, planned.otherwise).exists()


def unfinished(now: datetime) -> list[Mailing]:
    """Runs that a worker left half done, planned ones that wait to be sent, and those with mails put off until now."""
    half_done = Q(state__in=[MailingState.PREPARING.value, MailingState.SENDING.value])
    planned = Q(state=MailingState.PREPARED.value, planned_by__isnull=False)
    # Only planned ones go on from "prepared": the others wait for an officer who has looked at the preview.
    runs = Mailing.objects.filter(half_done | planned).select_related("wave__survey", "created_by").order_by("pk")
    return [run for run in runs if run.state != MailingState.SENDING.value or _has_due_rows(run, now)]


def is_planned(mailing: Mailing) -> bool:
    """Whether the run came of a plan, and so is sent without anybody looking at it."""
    return PlannedMailing.objects.filter(mailing=mailing).exists()


def _has_due_rows(mailing: Mailing, now: datetime) -> bool:
    rows = mailing.rows.filter(state__in=[RowState.WAITING.value, RowState.SENDING.value])
    return rows.exclude(next_try_at__gt=now).exists()
