"""Sending to a real mail server: each firm once, whatever happens in between."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from survey.mailing_terms import MailingChannel, MailingPurpose
from survey.models import Case, Contact, Mailing, MailingRow, StaffAction, Wave
from survey.services.fieldwork.access_codes import derive_code
from survey.services.mailing.preparing import MailingError
from survey.services.mailing.sending import MOST_ATTEMPTS, repeat, send, stop
from tests.interrupted import ProcessEnds, ended_at_write, half_written
from tests.services.mailing.mail_server import DROPPED, MailServer
from tests.services.mailing.runs import SITE, counts, prepared

pytestmark = pytest.mark.usefixtures("english")


class WorkerDiedError(BaseException):
    """The worker is gone."""


def sent(mailing: Mailing, **more: Any) -> int:
    silent = {"actor": None, "progress": lambda done, total: None, "wait": lambda seconds: None}
    return send(mailing=mailing, **{**silent, **more})


def address_of(case: Case) -> str:
    return Contact.objects.get(unit=case.sample_unit.unit_id).email


def state_of(case: Case) -> tuple[str, str]:
    row = MailingRow.objects.get(case=case)
    return row.state, row.said


def test_every_firm_gets_its_own_code_by_mail(wave: Wave, cases: list[Case], mail_server: MailServer) -> None:
    made = prepared(wave, language="en")
    assert sent(made) == 24
    mails = {str(mail["To"]): mail for mail in mail_server.taken}
    assert len(mail_server.taken) == len(mails) == 24
    for case in cases:
        text = mails[address_of(case)].get_content()
        assert f"{SITE}#code={derive_code(case)}" in text
        assert case.sample_unit.unit.name in text
    assert str(mail_server.taken[0]["Subject"]) == "Please fill in: Industrial internet pain points"
    made.refresh_from_db()
    assert (made.state, counts(made)) == ("sent", {"sent": 24})


def test_sending_marks_the_codes_as_issued_and_counts_reminders_once(
    wave: Wave, cases: list[Case], mail_server: MailServer
) -> None:
    sent(prepared(wave))
    assert Case.objects.filter(code_sent_at__isnull=False, reminders=0).count() == 24
    sent(prepared(wave, MailingPurpose.REMINDER_1))
    assert set(Case.objects.values_list("reminders", flat=True)) == {1}
    assert Case.history.filter(reminders=1).count() == 24


def test_run_that_was_sent_is_not_sent_again(wave: Wave, cases: list[Case], mail_server: MailServer) -> None:
    made = prepared(wave)
    sent(made)
    with pytest.raises(MailingError, match="has been sent"):
        sent(made)
    assert len(mail_server.taken) == 24


def test_permanent_refusal_bounces_and_leaves_the_code_unissued(
    wave: Wave, cases: list[Case], mail_server: MailServer
) -> None:
    refused = address_of(cases[0])
    mail_server.answers[refused] = f"550 5.1.1 <{refused}> no such user"
    made = prepared(wave)
    assert sent(made) == 23
    assert state_of(cases[0]) == ("bounced", "550 5.1.1 <…> no such user")
    assert list(Case.objects.filter(code_sent_at__isnull=True)) == [cases[0]]


def test_passing_refusal_waits_longer_each_time_and_fails_at_last(
    wave: Wave, cases: list[Case], mail_server: MailServer
) -> None:
    mail_server.answers[address_of(cases[0])] = "451 4.7.1 greylisted, try again later"
    made = prepared(wave, selection={"cases": [cases[0].pk]})
    waits = []
    for _attempt in range(MOST_ATTEMPTS - 1):
        assert sent(made) == 0
        row = made.rows.get()
        assert (row.state, row.said) == ("waiting", "451 4.7.1 greylisted, try again later")
        assert row.next_try_at is not None
        assert sent(made) == 0
        waits.append(round((row.next_try_at - timezone.now()) / timedelta(minutes=1)))
        made.rows.update(next_try_at=timezone.now() - timedelta(seconds=1))
    sent(made)
    assert (waits, state_of(cases[0])[0], made.rows.get().attempts) == ([5, 30, 240], "failed", MOST_ATTEMPTS)
    mail_server.answers.clear()
    assert mail_server.taken == []


def test_greylisted_mail_is_sent_once_when_the_server_takes_it(
    wave: Wave, cases: list[Case], mail_server: MailServer
) -> None:
    mail_server.answers[address_of(cases[0])] = "451 later"
    made = prepared(wave)
    sent(made)
    made.refresh_from_db()
    assert (made.state, counts(made)) == ("sending", {"sent": 23, "waiting": 1})
    mail_server.answers.clear()
    made.rows.update(next_try_at=None)
    assert (sent(made), len(set(mail_server.addresses)), len(mail_server.taken)) == (1, 24, 24)


def test_worker_that_dies_in_the_middle_writes_to_nobody_twice(
    wave: Wave, cases: list[Case], mail_server: MailServer
) -> None:
    def die(seconds: float) -> None:
        if len(mail_server.taken) == 9:
            raise WorkerDiedError

    made = prepared(wave)
    with pytest.raises(WorkerDiedError):
        sent(made, wait=die)
    assert counts(made) == {"sent": 9, "waiting": 15}
    assert (sent(made), len(mail_server.taken), len(set(mail_server.addresses))) == (15, 24, 24)


def test_mail_that_was_at_the_server_when_the_worker_died_is_perhaps_sent_and_not_written_again(
    wave: Wave, cases: list[Case], mail_server: MailServer
) -> None:
    made = prepared(wave)
    # The worker died between taking the row and noting what became of it.
    made.rows.filter(case=cases[3]).update(state="sending")
    assert (sent(made), counts(made)) == (23, {"sent": 23, "unsure": 1})
    assert address_of(cases[3]) not in mail_server.addresses


def test_line_that_breaks_after_the_mail_was_taken_leaves_it_unsure_and_the_others_sent(
    wave: Wave, cases: list[Case], mail_server: MailServer
) -> None:
    mail_server.answers[address_of(cases[5])] = DROPPED
    made = prepared(wave)
    assert (sent(made), counts(made)) == (23, {"sent": 23, "unsure": 1})
    assert (len(mail_server.taken), len(set(mail_server.addresses))) == (24, 24)


def test_perhaps_sent_is_written_again_where_an_officer_says_so(
    wave: Wave, cases: list[Case], mail_server: MailServer, office_user: Any
) -> None:
    made = prepared(wave)
    made.rows.filter(case=cases[3]).update(state="sending")
    sent(made)
    assert repeat(mailing=made, which="unsure", actor=office_user("field_officer")) == 1
    assert (sent(made), counts(made)) == (1, {"sent": 24})


def test_server_that_is_away_changes_nothing_and_says_so(
    wave: Wave, cases: list[Case], mail_server: MailServer, settings: Settings
) -> None:
    settings.EMAIL_PORT = 9
    made = prepared(wave)
    with pytest.raises(MailingError, match="does not take mail now"):
        sent(made)
    assert counts(made) == {"waiting": 24}


def test_stopped_run_sends_no_more_and_goes_on_where_it_stood(
    wave: Wave, cases: list[Case], mail_server: MailServer, office_user: Any
) -> None:
    made, officer = prepared(wave), office_user("field_officer")

    def stop_after_five(seconds: float) -> None:
        if len(mail_server.taken) == 5:
            stop(mailing=made, actor=officer)

    assert (sent(made, wait=stop_after_five), counts(made)) == (5, {"sent": 5, "waiting": 19})
    made.refresh_from_db()
    assert made.state == "stopped"
    assert (sent(made), len(set(mail_server.addresses)), len(mail_server.taken)) == (19, 24, 24)
    verbs = list(StaffAction.objects.filter(verb__endswith="_mailing").order_by("id").values_list("verb", flat=True))
    assert verbs == ["prepare_mailing", "send_mailing", "stop_mailing", "send_mailing"]


def test_firm_that_submitted_or_refused_after_preparing_is_left_out(
    wave: Wave, cases: list[Case], mail_server: MailServer
) -> None:
    by_mail = prepared(wave, selection={"cases": [case.pk for case in cases[:12]]})
    by_file = prepared(wave, channel=MailingChannel.MERGE, number=2)
    for place in (0, 12):
        Case.objects.filter(pk=cases[place].pk).update(status="submitted")
        Case.objects.filter(pk=cases[place + 1].pk).update(disposition="refusal")
    assert (sent(by_mail), sent(by_file)) == (10, 10)
    left = MailingRow.objects.filter(state="left_out", mailing=by_file).exclude(reason="written_to")
    assert set(left.values_list("case", "reason")) == {(cases[12].pk, "submitted"), (cases[13].pk, "refused")}


def test_file_is_handed_over_once_and_counts_once(wave: Wave, cases: list[Case]) -> None:
    made = prepared(wave, channel=MailingChannel.LETTER)
    assert (sent(made), counts(made)) == (24, {"sent": 24})
    assert Case.objects.filter(code_sent_at__isnull=False).count() == 24


def test_mailing_waits_between_mails_as_the_throttle_says(
    wave: Wave, cases: list[Case], mail_server: MailServer, settings: Settings
) -> None:
    settings.MAIL_PER_MINUTE = 120
    waited: list[float] = []
    sent(prepared(wave), wait=waited.append)
    assert waited == [0.5] * 24


def test_run_whose_rows_are_still_being_made_is_not_sent(
    wave: Wave, cases: list[Case], mail_server: MailServer
) -> None:
    mailing = prepared(wave)
    Mailing.objects.update(state="preparing")
    with pytest.raises(MailingError) as refused:
        sent(mailing)
    assert (refused.value.code, set(mailing.rows.values_list("state", flat=True))) == ("not_prepared", {"waiting"})


def test_office_without_a_mail_server_sends_no_mailing(wave: Wave, cases: list[Case]) -> None:
    with pytest.raises(MailingError, match="no mail server"):
        sent(prepared(wave))
    assert MailingRow.objects.filter(state="waiting").count() == 24


def test_name_with_a_line_break_adds_no_head_to_the_mail(
    wave: Wave, cases: list[Case], mail_server: MailServer
) -> None:
    made = prepared(wave, selection={"cases": [cases[0].pk]})
    made.subject = type(made.subject)("{firm}", "{firm}")
    unit = cases[0].sample_unit.unit
    unit.name = "甲\nBcc: all@example.org {code}"
    unit.save()
    assert sent(made) == 1
    [mail] = mail_server.taken
    assert (str(mail["Subject"]), mail["Bcc"]) == ("甲 Bcc: all@example.org {code}", None)


def test_run_is_stopped_and_let_go_once_more_with_its_entry_in_the_history_or_not_at_all(
    wave: Wave, cases: list[Case], office_user: Any
) -> None:
    made, officer = prepared(wave), office_user("field_officer")
    assert half_written(lambda: stop(mailing=made, actor=officer)) == []
    made.rows.filter(case=cases[3]).update(state="unsure")
    assert half_written(lambda: repeat(mailing=made, which="unsure", actor=officer)) == []


@pytest.mark.parametrize("number", range(2, 7))
def test_run_that_is_begun_half_way_is_not_said_to_be_sent(wave: Wave, cases: list[Case], number: int) -> None:
    made = prepared(wave, channel=MailingChannel.LETTER)
    with suppress(ProcessEnds), ended_at_write(number):
        sent(made)
    made.refresh_from_db()
    assert (made.state == "sending") == StaffAction.objects.filter(verb="send_mailing").exists()
