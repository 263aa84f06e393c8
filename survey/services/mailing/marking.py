"""What a message means for the cases of the firms: the code is issued, one more reminder is counted, or neither."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from survey.mailing_terms import REMINDERS, MailingPurpose, RowState
from survey.models import Case, Mailing, MailingRow
from survey.services.fieldwork.cases import BATCH, change_cases, locked
from survey.services.fieldwork.many_cases import update_cases


@transaction.atomic
def mark_sent(*, mailing: Mailing, keys: list[int], actor: User | None) -> int:
    """Note that these rows have been sent, and what that means for their cases; a row counts once: how many did."""
    rows = MailingRow.objects.filter(mailing=mailing, pk__in=keys).exclude(state=RowState.SENT.value)
    # The rows are held, so that of two that mark the same row the second finds it marked.
    found = dict(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", "case"))
    now = timezone.now()
    MailingRow.objects.filter(pk__in=list(found)).update(state=RowState.SENT.value, sent_at=now, next_try_at=None)
    mark_cases(list(found.values()), MailingPurpose(mailing.purpose), now, actor)
    return len(found)


def mark_cases(keys: list[int], purpose: MailingPurpose, now: datetime, actor: User | None) -> None:
    """Keep true what the cases say of their code and their reminders."""
    is_reminder = purpose in REMINDERS
    # Announcements, thanks and returns say nothing about a code or a reminder.
    if not (is_reminder or purpose is MailingPurpose.INVITATION):
        return
    values = {"reminders": F("reminders") + 1} if is_reminder else {"code_sent_at": now}
    update_cases(keys, actor, **values)


@transaction.atomic
def mark_bounced(*, row: MailingRow, said: str) -> bool:
    """Note that a message came back, and take back what sending it had meant for the case; False if it was known."""
    held = MailingRow.objects.select_for_update(of=("self",)).select_related("mailing").get(pk=row.pk)
    if held.state == RowState.BOUNCED.value:
        return False
    # One that was perhaps sent has counted for nothing yet, so there is nothing to take back.
    was_sent = held.state == RowState.SENT.value
    held.state, held.said, held.next_try_at = RowState.BOUNCED.value, said[:300], None
    held.save(update_fields=["state", "said", "next_try_at"])
    if was_sent:
        _take_back(held)
    return True


def _take_back(row: MailingRow) -> None:
    purpose, [case] = MailingPurpose(row.mailing.purpose), locked(Case.objects.filter(pk=row.case_id))
    if purpose in REMINDERS:
        # An officer may have set the count back meanwhile.
        case.reminders = max(0, case.reminders - 1)
        change_cases([case], ["reminders"], None)
    # By the time: a code that was sent again since, by another run, stands.
    elif purpose is MailingPurpose.INVITATION and case.code_sent_at == row.sent_at:
        # Nobody has the code: the firm stands again among those that have not been sent theirs.
        case.code_sent_at = None
        change_cases([case], ["code_sent_at"], None)


def portions(keys: list[int]) -> list[list[int]]:
    """The keys in portions that one statement takes."""
    return [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]
