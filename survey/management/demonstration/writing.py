"""What the firms of the demonstration were written, without a mail leaving the machine."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User

from survey.mailing_terms import OWN_LANGUAGE, MailingChannel, MailingPurpose, PlannedDay, RowState
from survey.models import Case, Mailing, MailingRow, Wave
from survey.services.mailing.marking import mark_bounced
from survey.services.mailing.planning import plan_mailing
from survey.services.mailing.preparing import prepare_rows, start_mailing
from survey.services.mailing.sending import send

SITE = "http://127.0.0.1:8000/"
EVERY_SO_MANY = 60
"""Of so many letters one comes back."""
NOT_KNOWN = "收件人不详 Not known at this address"


def plan_reminders(wave: Wave, officer: User) -> None:
    """What is still to come: a second reminder four weeks after the invitation, the last one before the deadline;
    requests to correct and thanks day by day."""
    for purpose, days, counted_from in (
        (MailingPurpose.REMINDER_2, 28, PlannedDay.AFTER_INVITATION),
        (MailingPurpose.REMINDER_3, 5, PlannedDay.BEFORE_DEADLINE),
        (MailingPurpose.SEND_BACK, 21, PlannedDay.AFTER_INVITATION),
        (MailingPurpose.THANKS, 0, PlannedDay.BEFORE_DEADLINE),
    ):
        plan_mailing(
            wave=wave,
            purpose=purpose,
            days=days,
            counted_from=counted_from,
            channel=MailingChannel.LETTER,
            otherwise=None,
            language=OWN_LANGUAGE,
            site=SITE,
            actor=officer,
        )


def letters_written(wave: Wave, purpose: MailingPurpose, officer: User, site: str = SITE) -> Mailing:
    """A run that goes out by letter."""
    mailing, _is_new = start_mailing(
        wave=wave, purpose=purpose, number=1, channel=MailingChannel.LETTER, site=site, actor=officer
    )
    prepare_rows(mailing=mailing, progress=silent)
    send(mailing=mailing, actor=officer, progress=silent)
    return mailing


def dated(mailing: Mailing, at: datetime) -> None:
    """Let a run have been sent at another time than now."""
    # What the run did to its cases stands in their history since it was made.
    cases = MailingRow.objects.filter(mailing=mailing, sent_at__isnull=False).values("case")
    done = Case.history.filter(id__in=cases, history_date__gte=Mailing.objects.get(pk=mailing.pk).created_at)
    done.filter(code_sent_at__gt=at).update(code_sent_at=at)
    done.update(history_date=at)
    MailingRow.objects.filter(mailing=mailing, sent_at__isnull=False).update(sent_at=at)
    Mailing.objects.filter(pk=mailing.pk).update(created_at=at, began_at=at, ended_at=at + timedelta(minutes=4))
    # A code cannot have gone out later than the letter that bears it.
    Case.objects.filter(wave=mailing.wave, code_sent_at__gt=at).update(code_sent_at=at)


def some_came_back(mailing: Mailing) -> None:
    """A few letters of a run could not be delivered."""
    for row in MailingRow.objects.filter(mailing=mailing, state=RowState.SENT.value).order_by("pk")[::EVERY_SO_MANY]:
        mark_bounced(row=row, said=NOT_KNOWN)


def silent(done: int, total: int) -> None:
    """Nobody watches."""
