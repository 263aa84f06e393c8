"""Sending a mailing: e-mails one by one, and what goes by a file handed over at once.

A firm is never written to twice. Before an e-mail goes to the server its row says so, and after it what became of it;
where the worker dies in between, the row is "perhaps sent" and only a person can let it be written again.
"""

import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

from survey.mailing_terms import CARRIES_CODE, LIVE, LeftOut, MailingChannel, MailingPurpose, MailingState, RowState
from survey.models import Case, Mailing, MailingRow
from survey.selectors.mailing.audience import marked
from survey.services.audit import record_action
from survey.services.fieldwork.access_codes import derive_code
from survey.services.fieldwork.access_letters import EMPTY_CONTACT
from survey.services.mailing.marking import mark_bounced, mark_sent, portions
from survey.services.mailing.post import ServerAnswer, ServerAwayError, give_to_server, opened
from survey.services.mailing.preparing import MailingError, Progress
from survey.services.mailing.wording import MailingWording, Message, message_to

MOST_ATTEMPTS = 4
"""The first, and one after each of the waits below."""
LATER = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=4))
"""How long after each attempt that a server put off the next one is made."""
AT_ONCE = 50
"""E-mails between two looks at the cases, and for which one connection is used."""
Wait = Callable[[float], None]


def send(*, mailing: Mailing, actor: User | None, progress: Progress, wait: Wait = time.sleep) -> int:
    """Send what waits and is due: how many rows were sent now. It may be called again after it was ended anywhere.

    ``progress`` is told how many rows are done; where it raises, or the mailing is stopped meanwhile, the rest waits.
    Raises MailingError.
    """
    _begin(mailing, actor)
    # Whoever was at work before is so no more: what it had just handed over may have gone or not.
    mailing.rows.filter(state=RowState.SENDING.value).update(state=RowState.UNSURE.value)
    sent = _hand_over_files(mailing, actor, progress) + _send_emails(mailing, actor, progress, wait)
    _end(mailing)
    return sent


def _begin(mailing: Mailing, actor: User | None) -> None:
    with transaction.atomic():
        held = Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)
        if held.state == MailingState.PREPARING.value:
            raise MailingError("not_prepared", mailing.pk)
        if held.state == MailingState.SENT.value:
            raise MailingError("ended", mailing.pk)
        sends_mail = mailing.rows.filter(channel=MailingChannel.EMAIL.value, state=RowState.WAITING.value)
        # Before anything is marked: a run without a mail server would otherwise fail firm by firm.
        if not (settings.SENDS_MAIL or settings.DEBUG) and sends_mail.exists():
            raise MailingError("mail_off", mailing.pk)
        # A worker that goes on where another died is no second decision to send.
        if held.state != MailingState.SENDING.value:
            record_action(actor=actor, verb="send_mailing", subject=mailing.wave.code, mailing=mailing.pk)
        held.state, held.began_at = MailingState.SENDING.value, held.began_at or timezone.now()
        held.save(update_fields=["state", "began_at"])


def _end(mailing: Mailing) -> None:
    """The run has been sent where nothing of it waits any more, not even for its next try."""
    open_rows = mailing.rows.filter(state__in=[RowState.WAITING.value, RowState.SENDING.value])
    if not open_rows.exists():
        at_work = Mailing.objects.filter(pk=mailing.pk, state=MailingState.SENDING.value)
        at_work.update(state=MailingState.SENT.value, ended_at=timezone.now())


def due_rows(mailing: Mailing) -> Q:
    """The rows of a run that are to be sent now."""
    is_due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=timezone.now())
    return is_due & Q(mailing=mailing, state=RowState.WAITING.value, mailing__state=MailingState.SENDING.value)


def _hand_over_files(mailing: Mailing, actor: User | None, progress: Progress) -> int:
    """Rows whose message leaves in a file count as sent from now on; the file can be fetched as often as one likes."""
    # Letters and lists leave as one file: there is no server that could refuse one of them.
    rows = MailingRow.objects.filter(due_rows(mailing)).exclude(channel=MailingChannel.EMAIL.value).order_by("pk")
    keys, sent = list(rows.values_list("pk", flat=True)), 0
    for portion in portions(keys):
        with transaction.atomic():
            # In the same transaction as the marking: nobody submits between the two.
            leave_out(mailing, portion)
            still = list(MailingRow.objects.filter(due_rows(mailing), pk__in=portion).values_list("pk", flat=True))
            sent += mark_sent(mailing=mailing, keys=still, actor=actor)
        tell(mailing, progress)
    return sent


def leave_out(mailing: Mailing, keys: list[int]) -> None:
    """Leave out whose firm has submitted, refused or the like since the run was prepared."""
    cases = Case.objects.filter(mailing_rows__in=keys)
    purpose = MailingPurpose(mailing.purpose)
    now_out = marked(cases, purpose, mailing.channel, mailing.otherwise, own=mailing).exclude(left_out="")
    for case, reason in now_out.order_by("pk").values_list("pk", "left_out"):
        gone = MailingRow.objects.filter(mailing=mailing, case=case, pk__in=keys, state=RowState.WAITING.value)
        # Only those that still wait: what was handed over is history.
        gone.update(state=RowState.LEFT_OUT.value, reason=reason, channel="")


def _send_emails(mailing: Mailing, actor: User | None, progress: Progress, wait: Wait) -> int:
    sent = 0
    while True:
        rows = MailingRow.objects.filter(due_rows(mailing), channel=MailingChannel.EMAIL.value).order_by("pk")
        # Asked anew for each portion: rows that were put off, stopped or taken by another sender are not among them.
        keys = list(rows.values_list("pk", flat=True)[:AT_ONCE])
        if not keys:
            return sent
        # Portion by portion: between the first e-mail and the last a firm may have submitted.
        leave_out(mailing, keys)
        try:
            sent += _send_portion(mailing, keys, actor, wait)
        finally:
            tell(mailing, progress)


def _send_portion(mailing: Mailing, keys: list[int], actor: User | None, wait: Wait) -> int:
    connection, sent = opened(), 0
    try:
        for key in keys:
            state = _send_one(connection, mailing, key, actor)
            sent += state is RowState.SENT
            if state is RowState.UNSURE:
                # The line is broken: whoever comes next needs another connection.
                break
            if state is not None:
                # Only after what was handed over: rows that are left out cost the server nothing.
                wait(60 / settings.MAIL_PER_MINUTE)
    finally:
        connection.close()
    return sent


def _send_one(connection: object, mailing: Mailing, key: int, actor: User | None) -> RowState | None:
    """What became of one row; None where it is no longer to be sent."""
    # The row is read again: text and address follow what stands now, not what stood when the portion was read.
    related = ("case__wave__survey", "case__sample_unit__unit__contact", "case__sample_unit__unit__firm")
    row = MailingRow.objects.select_related(*related).get(pk=key)
    address = getattr(row.case.sample_unit.unit, "contact", EMPTY_CONTACT).email
    if not address:
        waiting(mailing, key).update(state=RowState.LEFT_OUT.value, reason=LeftOut.NO_ADDRESS.value, channel="")
        return None
    # Made before the row is taken: what goes wrong in the making leaves it waiting.
    message = message_of(mailing, row.case)
    if not claimed(mailing, key):
        return None
    try:
        answer = give_to_server(connection, row, message, address)
    except ServerAwayError:
        # Nothing was handed over, so that it may wait again without the doubt of "perhaps sent".
        MailingRow.objects.filter(pk=key).update(state=RowState.WAITING.value)
        raise
    row.attempts += 1
    return note(mailing, row, answer, actor)


def message_of(mailing: Mailing, case: Case) -> Message:
    """What the firm of a case reads in this run."""
    parts = {name: getattr(mailing, name) for name in ("subject", "body", "short", "return_address")}
    code = derive_code(case) if mailing.purpose in CARRIES_CODE else ""
    return message_to(case, MailingWording(**parts), language=mailing.language, site=mailing.site, code=code)


def waiting(mailing: Mailing, key: int) -> QuerySet[MailingRow]:
    """A row as long as it waits in a run that is being sent."""
    # Without a join: of two that take the same row at once, PostgreSQL lets the second look at the row itself again.
    running = Mailing.objects.filter(pk=mailing.pk, state=MailingState.SENDING.value)
    return MailingRow.objects.filter(Exists(running), pk=key, mailing_id=mailing.pk, state=RowState.WAITING.value)


def claimed(mailing: Mailing, key: int) -> bool:
    """Take a row that waits, for this sender alone; False where another took it or the run was stopped."""
    return bool(waiting(mailing, key).update(state=RowState.SENDING.value))


def note(mailing: Mailing, row: MailingRow, answer: ServerAnswer, actor: User | None) -> RowState:
    """Keep what became of an e-mail, and give it."""
    mine, attempts = MailingRow.objects.filter(pk=row.pk), {"attempts": row.attempts, "said": answer.said}
    if answer.state is RowState.SENT:
        mark_sent(mailing=mailing, keys=[row.pk], actor=actor)
        mine.update(**attempts)
        return RowState.SENT
    # A server that puts off unknown senders (greylisting) takes the same message some minutes later.
    if answer.is_passing and row.attempts < MOST_ATTEMPTS:
        later = timezone.now() + LATER[row.attempts - 1]
        mine.update(**attempts, state=RowState.WAITING.value, next_try_at=later)
        return RowState.WAITING
    if answer.state is RowState.BOUNCED and not answer.is_passing:
        mark_bounced(row=row, said=answer.said)
        mine.update(**attempts)
        return RowState.BOUNCED
    state = RowState.FAILED if answer.is_passing else answer.state
    mine.update(**attempts, state=state.value, next_try_at=None)
    return state


def tell(mailing: Mailing, progress: Progress) -> None:
    """Say how many of the rows that are written to are done."""
    rows = mailing.rows.exclude(state=RowState.LEFT_OUT.value)
    open_rows = rows.filter(state__in=[RowState.WAITING.value, RowState.SENDING.value])
    total = rows.count()
    progress(total - open_rows.count(), total)


STATES_TO_REPEAT = {
    "failed": (RowState.FAILED.value, RowState.BOUNCED.value),
    "unsure": (RowState.UNSURE.value,),
}


@transaction.atomic
def stop(*, mailing: Mailing, actor: User) -> bool:
    """Send no more of a run until somebody goes on with it; False where it is not being sent or waits to be."""
    # In one statement: whether it may be stopped and that it is are not two looks.
    running = Mailing.objects.filter(pk=mailing.pk, state__in=[MailingState.SENDING.value, MailingState.PREPARED.value])
    if not running.update(state=MailingState.STOPPED.value):
        return False
    record_action(actor=actor, verb="stop_mailing", subject=mailing.wave.code, mailing=mailing.pk)
    return True


def halt(mailing: Mailing) -> None:
    """Let a run that is being sent stand; what was being handed over is settled when somebody goes on with it."""
    at_work = Mailing.objects.filter(pk=mailing.pk, state=MailingState.SENDING.value)
    at_work.update(state=MailingState.STOPPED.value)


@transaction.atomic
def repeat(*, mailing: Mailing, which: str, actor: User) -> int:
    """Let rows that failed or came back, or that were perhaps sent, wait once more: how many.

    A firm that another run has written to on the same occasion meanwhile is passed over.
    """
    rows = mailing.rows.filter(state__in=STATES_TO_REPEAT[which]).select_for_update(of=("self",)).order_by("pk")
    found = {row.case_id: row for row in rows}
    # Another run may have written on the same occasion since, and a firm is written to once.
    live = MailingRow.objects.filter(case__in=list(found), occasion__in={row.occasion for row in found.values()})
    elsewhere = set(live.exclude(mailing=mailing).filter(state__in=LIVE).values_list("case", "occasion"))
    keys = [row.pk for row in found.values() if (row.case_id, row.occasion) not in elsewhere]
    fresh = {"attempts": 0, "next_try_at": None, "said": "", "state": RowState.WAITING.value}
    count = MailingRow.objects.filter(pk__in=keys).update(**fresh)
    if count:
        # Stopped, so that an officer looks at what waits before it goes out once more.
        Mailing.objects.filter(pk=mailing.pk).update(state=MailingState.STOPPED.value)
        record_action(actor=actor, verb="repeat_mailing", subject=mailing.wave.code, mailing=mailing.pk, rows=count)
    return count
