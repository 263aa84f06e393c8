"""A firm that was given more time has a deadline of its own everywhere."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.mailing_terms import MailingPurpose
from survey.models import Case, Response, Wave
from survey.selectors.fieldwork.collection_period import case_closes_at, case_is_collecting, closes_at
from survey.selectors.fieldwork.work_lists import Asker, cases_on
from survey.selectors.mailing.audience import audience
from survey.services.answers.responses import submit_response
from survey.services.fieldwork.extensions import ExtensionRefusedError, extend_cases
from survey.services.fieldwork.taking_back import put_back_after_deadlines, take_back
from survey.services.mailing.wording import mailing_wording_of, message_to
from tests.answered_case import submitted_case
from tests.interrupted import half_written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
IN_A_WEEK = timedelta(days=7)


@pytest.fixture
def actor() -> User:
    return User.objects.create(username="officer")


def extended(case: Case, actor: User, days: int = 7) -> Case:
    """The case with so many days beyond today, its wave having ended an hour ago."""
    Wave.objects.filter(pk=case.wave_id).update(closes_at=timezone.now() - timedelta(hours=1))
    extend_cases(cases=Case.objects.filter(pk=case.pk), until=day(days), actor=actor)
    return Case.objects.select_related("wave__survey", "sample_unit__unit").get(pk=case.pk)


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_firm_with_more_time_submits_after_the_deadline_of_its_wave(case: Case, actor: User) -> None:
    take_back(case=case, receipt=str(submitted_case(case).receipt_number))
    case = extended(case, actor)
    assert closes_at(case.wave) < timezone.now() < case_closes_at(case)
    assert submit_response(case=case, submission_key="late").status == "submitted"


def test_it_may_answer_until_the_last_minute_of_its_day_and_no_longer(case: Case, actor: User) -> None:
    case = extended(case, actor)
    end = case_closes_at(case)
    assert timezone.localtime(end).strftime("%Y-%m-%d %H:%M") == f"{day(7)} 23:59"
    assert (case_is_collecting(case, end - timedelta(seconds=1)), case_is_collecting(case, end)) == (True, False)


def test_day_before_the_deadline_of_the_wave_shortens_nothing(case: Case, actor: User) -> None:
    extend_cases(cases=Case.objects.filter(pk=case.pk), until=day(0), actor=actor)
    case.refresh_from_db()
    assert case_closes_at(case) == closes_at(case.wave)


def test_letters_tell_the_firms_own_day(case: Case, actor: User) -> None:
    case = extended(case, actor)
    wording = mailing_wording_of(case.wave.survey, MailingPurpose.REMINDER_1)
    body = message_to(case, wording, language="zh", site="https://x.example/", code="C").body
    assert f"{day(7).year}年{day(7).month}月{day(7).day}日 23:59" in body


def test_nobody_is_reminded_or_overdue_before_the_time_is_over(wave: Wave, cases: list[Case], actor: User) -> None:
    Case.objects.update(code_sent_at=timezone.now() - timedelta(days=20))
    extend_cases(cases=Case.objects.filter(pk=cases[0].pk), until=day(1), actor=actor)
    found = audience(wave, MailingPurpose.REMINDER_1, "merge", "", {})
    assert [(reason.value, count) for reason, count in found.left_out] == [("more_time", 1)]
    lists = [cases_on("overdue", Asker(user=actor, now=timezone.now() + timedelta(days=days))) for days in (0, 2)]
    assert [rows.filter(pk=cases[0].pk).count() for rows in lists] == [0, 1]


def test_submission_taken_back_is_put_back_at_the_firms_own_deadline(case: Case, actor: User) -> None:
    submitted = submitted_case(case)
    take_back(case=case, receipt=str(submitted.receipt_number))
    extended(case, actor)
    assert put_back_after_deadlines(timezone.now()) == 0
    assert put_back_after_deadlines(timezone.now() + timedelta(days=8)) == 1
    assert Response.objects.get(pk=submitted.pk).is_current


@pytest.mark.parametrize("name", ["past_day", "after_approval", "wave_closed"])
def test_time_that_would_not_be_kept_is_refused(case: Case, actor: User, name: str) -> None:
    days = {"past_day": day(-1), "after_approval": case.wave.survey.approval_expires + timedelta(days=1)}
    if name == "wave_closed":
        Wave.objects.update(status="closed")
    with pytest.raises(ExtensionRefusedError) as refused:
        extend_cases(cases=Case.objects.filter(pk=case.pk), until=days.get(name, day(1)), actor=actor)
    assert refused.value.complaint.code == name


def test_time_is_taken_back_and_stands_in_the_history(case: Case, actor: User) -> None:
    for until in (day(3), None):
        extend_cases(cases=Case.objects.filter(pk=case.pk), until=until, actor=actor)
    assert [row.extended_until for row in case.history.order_by("history_id")][-2:] == [day(3), None]


def test_firm_that_has_this_day_already_is_not_given_it_again(case: Case, actor: User) -> None:
    cases = Case.objects.filter(pk=case.pk)
    assert [extend_cases(cases=cases, until=day(3), actor=actor) for _ in range(2)] == [1, 0]
    assert case.history.count() == 1


def test_time_is_given_with_its_history_or_not_at_all(case: Case, actor: User) -> None:
    cases = Case.objects.filter(pk=case.pk)
    assert half_written(lambda: extend_cases(cases=cases, until=day(7), actor=actor)) == []
