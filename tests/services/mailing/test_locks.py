"""Mailings that two schedulers or two senders begin at the same moment write to every firm once."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from survey.mailing_terms import MailingChannel, MailingPurpose, PlannedDay
from survey.models import Case, Mailing, MailingRow, StaffAction, Wave
from survey.services.mailing.marking import mark_bounced, mark_sent
from survey.services.mailing.planning import plan_mailing, start_due
from survey.services.mailing.sending import repeat, send
from tests.at_once import meanwhile
from tests.services.mailing.runs import SITE, prepared

pytestmark = pytest.mark.usefixtures("parallel_database", "english")


def row_of(mailing: Mailing) -> MailingRow:
    return mailing.rows.order_by("pk")[0]


def test_row_is_marked_as_sent_and_as_bounced_once(wave: Wave, cases: list[Case]) -> None:
    made = prepared(wave, MailingPurpose.REMINDER_1)
    MailingRow.objects.update(state="waiting")
    row = row_of(made)

    def mark() -> int:
        return mark_sent(mailing=made, keys=[row.pk], actor=None)

    assert (meanwhile(mark, mark).result(), Case.objects.get(pk=row.case_id).reminders) == (0, 1)
    Case.objects.filter(pk=row.case_id).update(reminders=2)
    assert (
        meanwhile(lambda: mark_bounced(row=row, said="550"), lambda: mark_bounced(row=row, said="550")).result()
        is False
    )
    assert Case.objects.get(pk=row.case_id).reminders == 1


def test_planned_mailing_is_begun_by_one_scheduler(wave: Wave, cases: list[Case]) -> None:
    how: dict[str, Any] = {"channel": MailingChannel.EMAIL, "otherwise": None, "language": "en", "site": SITE}
    day = wave.closes_at - timedelta(days=10)
    plan_mailing(
        wave=wave,
        purpose=MailingPurpose.INVITATION,
        days=10,
        counted_from=PlannedDay.BEFORE_DEADLINE,
        actor=None,
        **how,
    )
    assert (meanwhile(lambda: start_due(day), lambda: start_due(day)).result(), Mailing.objects.count()) == ([], 1)


def test_sending_that_two_begin_is_one_decision(wave: Wave, cases: list[Case]) -> None:
    made = prepared(wave, channel=MailingChannel.LETTER)

    def begin() -> int:
        return send(mailing=made, actor=None, progress=lambda done, total: None, wait=lambda seconds: None)

    meanwhile(begin, begin)
    assert StaffAction.objects.filter(verb="send_mailing").count() == 1


def test_rows_are_let_go_once_more_once(wave: Wave, cases: list[Case]) -> None:
    made, officer = prepared(wave), User.objects.create(username="officer")
    made.rows.update(state="unsure")

    def again() -> int:
        return repeat(mailing=made, which="unsure", actor=officer)

    assert meanwhile(again, again).result() == 0
    assert StaffAction.objects.filter(verb="repeat_mailing").count() == 1
