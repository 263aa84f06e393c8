"""What a message means for its case: a code is issued or a reminder counted once, and a bounce takes it back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from survey.mailing_terms import MailingPurpose, RowState
from survey.models import Case, Mailing, MailingRow, Wave
from survey.services.fieldwork.cases import BATCH
from survey.services.mailing.marking import mark_bounced, mark_cases, mark_sent, portions
from tests.interrupted import half_written
from tests.services.mailing.runs import prepared

pytestmark = pytest.mark.django_db


def rows(mailing: Mailing, count: int = 2) -> list[MailingRow]:
    return list(mailing.rows.order_by("pk")[:count])


def sent(mailing: Mailing) -> MailingRow:
    [row] = rows(mailing, 1)
    mark_sent(mailing=mailing, keys=[row.pk], actor=None)
    row.refresh_from_db()
    return row


def issued() -> int:
    return Case.objects.filter(code_sent_at__isnull=False).count()


def test_row_is_sent_once_and_only_in_its_own_run(wave: Wave, cases: list[Case]) -> None:
    made = prepared(wave)
    keys = [row.pk for row in rows(made)]
    assert [mark_sent(mailing=made, keys=keys, actor=None) for _time in range(2)] == [2, 0]
    assert (issued(), made.rows.filter(state=RowState.SENT.value, sent_at__isnull=False).count()) == (2, 2)
    other = prepared(wave, MailingPurpose.REMINDER_1)
    assert mark_sent(mailing=other, keys=keys, actor=None) == 0


@pytest.mark.parametrize(
    ("purpose", "counted", "code"),
    [
        (MailingPurpose.INVITATION, 0, True),
        (MailingPurpose.REMINDER_1, 1, False),
        (MailingPurpose.THANKS, 0, False),
    ],
)
def test_invitation_issues_the_code_and_a_reminder_counts(
    cases: list[Case], purpose: MailingPurpose, counted: int, code: bool
) -> None:
    mark_cases([cases[0].pk], purpose, timezone.now(), None)
    case = Case.objects.get(pk=cases[0].pk)
    assert (case.reminders, case.code_sent_at is not None) == (counted, code)


def test_invitation_that_came_back_leaves_the_code_unissued(wave: Wave, cases: list[Case]) -> None:
    row = sent(prepared(wave))
    assert [mark_bounced(row=row, said="n" * 301) for _time in range(2)] == [True, False]
    row.refresh_from_db()
    assert (row.state, len(row.said), issued()) == ("bounced", 300, 0)


def test_code_that_was_sent_anew_meanwhile_stays_issued(wave: Wave, cases: list[Case]) -> None:
    row = sent(prepared(wave))
    assert row.sent_at is not None
    Case.objects.filter(pk=row.case_id).update(code_sent_at=row.sent_at + timedelta(days=1))
    mark_bounced(row=row, said="550")
    assert issued() == 1


@pytest.mark.parametrize(("stood", "left"), [(2, 1), (0, 0)])
def test_reminder_that_came_back_does_not_count(wave: Wave, cases: list[Case], stood: int, left: int) -> None:
    row = sent(prepared(wave, MailingPurpose.REMINDER_1))
    Case.objects.filter(pk=row.case_id).update(reminders=stood)
    mark_bounced(row=row, said="550")
    assert Case.objects.get(pk=row.case_id).reminders == left


def test_mail_that_never_went_out_takes_nothing_back(wave: Wave, cases: list[Case]) -> None:
    [row] = rows(prepared(wave, MailingPurpose.REMINDER_1), 1)
    Case.objects.filter(pk=row.case_id).update(reminders=2)
    assert mark_bounced(row=row, said="550")
    assert Case.objects.get(pk=row.case_id).reminders == 2


def test_keys_go_in_portions_that_leave_none_out() -> None:
    keys = list(range(BATCH + 1))
    assert [len(portion) for portion in portions(keys)] == [BATCH, 1]
    assert [key for portion in portions(keys) for key in portion] == keys


def test_row_is_marked_with_its_case_or_not_at_all(wave: Wave, cases: list[Case]) -> None:
    made = prepared(wave)
    [row] = rows(made, 1)
    assert half_written(lambda: mark_sent(mailing=made, keys=[row.pk], actor=None)) == []
    assert half_written(lambda: mark_bounced(row=row, said="550")) == []
