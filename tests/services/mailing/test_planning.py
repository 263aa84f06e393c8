"""The plan of a wave: when its mailings are due, and that each begins once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from survey.jobs.due import write_to_firms
from survey.mailing_terms import MailingChannel, MailingPurpose, PlannedDay
from survey.models import Case, Mailing, MailingRow, PlannedMailing, Response, Wave
from survey.services.mailing.planning import PlanError, due_at, plan_mailing, start_due, unplan_mailing
from survey.services.mailing.preparing import prepare_rows
from survey.terms import Role
from tests.interrupted import half_written
from tests.services.mailing.runs import SITE
from tests.waves import version_of
from tests.working import work_off

pytestmark = pytest.mark.usefixtures("english")


def planned(wave: Wave, purpose: MailingPurpose, days: int, counted_from: PlannedDay) -> PlannedMailing:
    return plan_mailing(
        wave=wave,
        purpose=purpose,
        days=days,
        counted_from=counted_from,
        channel=MailingChannel.EMAIL,
        otherwise=MailingChannel.LETTER,
        language="en",
        site=SITE,
        actor=None,
    )


def test_day_is_counted_from_the_first_invitation_or_the_deadline(wave: Wave, cases: list[Case]) -> None:
    after = planned(wave, MailingPurpose.REMINDER_1, 7, PlannedDay.AFTER_INVITATION)
    before = planned(wave, MailingPurpose.REMINDER_2, 5, PlannedDay.BEFORE_DEADLINE)
    assert (due_at(after), due_at(before)) == (None, wave.closes_at - timedelta(days=5))
    issued = timezone.now() - timedelta(days=1)
    Case.objects.filter(pk=cases[3].pk).update(code_sent_at=issued)
    assert due_at(after) == issued + timedelta(days=7)


def test_planned_mailing_begins_once_on_its_day(wave: Wave, cases: list[Case]) -> None:
    entry = planned(wave, MailingPurpose.INVITATION, 10, PlannedDay.BEFORE_DEADLINE)
    day = wave.closes_at - timedelta(days=10)
    assert start_due(day - timedelta(minutes=1)) == []
    [run] = start_due(day)
    assert (start_due(day), Mailing.objects.get(), entry.__class__.objects.get().mailing) == ([], run, run)


def test_wave_that_is_not_open_starts_nothing(wave: Wave, cases: list[Case]) -> None:
    planned(wave, MailingPurpose.INVITATION, 10, PlannedDay.BEFORE_DEADLINE)
    Wave.objects.update(status="closed")
    assert start_due(wave.closes_at) == []


def test_mailing_is_planned_once(wave: Wave) -> None:
    planned(wave, MailingPurpose.INVITATION, 10, PlannedDay.BEFORE_DEADLINE)
    with pytest.raises(PlanError) as refused:
        planned(wave, MailingPurpose.INVITATION, 5, PlannedDay.BEFORE_DEADLINE)
    assert refused.value.code == "planned_already"


def test_invitation_cannot_be_counted_from_itself(wave: Wave) -> None:
    with pytest.raises(PlanError, match="cannot be counted from the invitation"):
        planned(wave, MailingPurpose.INVITATION, 1, PlannedDay.AFTER_INVITATION)


def test_clock_prepares_and_sends_what_is_due_and_nothing_twice(
    wave: Wave, cases: list[Case], settings: Settings
) -> None:
    settings.SENDS_MAIL, settings.MAIL_PER_MINUTE = True, 10_000_000
    planned(wave, MailingPurpose.INVITATION, 20, PlannedDay.BEFORE_DEADLINE)
    now = timezone.now() + timedelta(minutes=1)
    assert write_to_firms(now) == "1 planned mailings begin."
    work_off()
    assert (write_to_firms(now), len(mail.outbox), Mailing.objects.get().state) == ("", 24, "sent")


@pytest.mark.parametrize("state", ["preparing", "prepared", "sending"])
def test_clock_goes_on_with_a_planned_run_whose_worker_died(
    wave: Wave, cases: list[Case], settings: Settings, state: str
) -> None:
    settings.SENDS_MAIL, settings.MAIL_PER_MINUTE = True, 10_000_000
    planned(wave, MailingPurpose.INVITATION, 20, PlannedDay.BEFORE_DEADLINE)
    now = timezone.now() + timedelta(minutes=1)
    [run] = start_due(now)
    if state != "preparing":
        write_to_firms(now)
        # Prepared, and then nobody was there to send it.
        prepare_rows(mailing=run, progress=lambda done, total: None)
        Mailing.objects.filter(pk=run.pk).update(state=state)
    write_to_firms(now)
    work_off()
    assert (len(mail.outbox), Mailing.objects.get().state) == (24, "sent")


def sent_back(wave: Wave, case: Case) -> None:
    """The firm of the case is to correct something, once more where it was so before."""
    Response.objects.filter(case=case).update(is_current=False)
    Response.objects.create(case=case, version=version_of(wave), status="draft")
    Case.objects.filter(pk=case.pk).update(status="returned")


def daily(day: int) -> int:
    """What the clock does on a day of the wave: how many mails are there then."""
    write_to_firms(timezone.now() + timedelta(days=day, minutes=1))
    work_off()
    Mailing.objects.update(created_at=timezone.now() + timedelta(days=day))
    return len(mail.outbox)


def test_requests_to_correct_are_written_day_by_day_and_once_for_each_return(
    wave: Wave, cases: list[Case], settings: Settings
) -> None:
    settings.SENDS_MAIL, settings.MAIL_PER_MINUTE = True, 10_000_000
    Wave.objects.update(closes_at=timezone.now() + timedelta(days=9))
    planned(wave, MailingPurpose.SEND_BACK, 9, PlannedDay.BEFORE_DEADLINE)
    assert (daily(0), Mailing.objects.count()) == (0, 0)
    sent_back(wave, cases[0])
    assert (daily(0), daily(1)) == (1, 1)
    sent_back(wave, cases[1])
    assert (daily(2), daily(3)) == (2, 2)
    sent_back(wave, cases[0])
    assert (daily(4), daily(5), Mailing.objects.count()) == (3, 3, 3)
    assert MailingRow.objects.count() == 3


def test_mail_that_came_back_is_not_written_again_by_the_plan(
    wave: Wave, cases: list[Case], settings: Settings
) -> None:
    settings.SENDS_MAIL, settings.MAIL_PER_MINUTE = True, 10_000_000
    planned(wave, MailingPurpose.THANKS, 20, PlannedDay.BEFORE_DEADLINE)
    Case.objects.filter(pk=cases[0].pk).update(status="submitted")
    assert daily(0) == 1
    MailingRow.objects.update(state="bounced")
    assert daily(1) == 1


def test_firms_of_a_closed_wave_are_thanked_and_those_of_one_long_over_are_not(wave: Wave, cases: list[Case]) -> None:
    planned(wave, MailingPurpose.THANKS, 20, PlannedDay.BEFORE_DEADLINE)
    Case.objects.filter(pk=cases[0].pk).update(status="submitted")
    Wave.objects.update(status="closed")
    assert start_due(wave.closes_at + timedelta(days=40)) == []
    assert len(start_due(wave.closes_at + timedelta(days=5))) == 1


def test_mailing_is_planned_begun_and_taken_out_of_the_plan_whole_or_not_at_all(
    wave: Wave, cases: list[Case], office_user: Callable[[Role | str], User]
) -> None:
    officer, day = office_user(Role.FIELD_OFFICER), wave.closes_at - timedelta(days=10)
    assert half_written(lambda: planned(wave, MailingPurpose.INVITATION, 10, PlannedDay.BEFORE_DEADLINE)) == []
    assert half_written(lambda: start_due(day)) == []
    entry = PlannedMailing.objects.get()
    assert half_written(lambda: unplan_mailing(planned=PlannedMailing.objects.get(pk=entry.pk), actor=officer)) == []
