"""``manage.py run_mailing``."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from pytest_django import Settings

from survey.models import Case, Contact, Mailing, Survey, Wave
from survey.terms import AskedUnit

pytestmark = pytest.mark.usefixtures("english")
ARGUMENTS = ("run_mailing", "w1", "invitation")


@pytest.fixture(autouse=True)
def office_with_mail(settings: Settings) -> None:
    settings.SENDS_MAIL, settings.MAIL_PER_MINUTE = True, 10_000_000


def run(*more: str) -> None:
    call_command(*ARGUMENTS, "--site", "https://survey.example.org/", *more)


def test_mailing_is_prepared_and_sent_and_a_second_call_writes_to_nobody(
    wave: Wave, cases: list[Case], capsys: pytest.CaptureFixture[str]
) -> None:
    Contact.objects.filter(unit=cases[0].sample_unit.unit_id).update(email="")
    run()
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 23
    assert "23 firms; left out: 1 no address for this channel." in capsys.readouterr().out
    run()
    assert (len(mail.outbox), Mailing.objects.count()) == (23, 1)


def test_dry_run_stores_nothing(wave: Wave, cases: list[Case], capsys: pytest.CaptureFixture[str]) -> None:
    run("--dry-run")
    assert (capsys.readouterr().out, Mailing.objects.count()) == ("24 firms; left out: none.\n", 0)


def test_call_after_one_that_was_ended_goes_on_with_its_run(wave: Wave, cases: list[Case]) -> None:
    run("--prepare-only")
    assert len(mail.outbox) == 0
    run()
    assert (len(mail.outbox), Mailing.objects.get().state) == (24, "sent")


def test_what_is_missing_is_said_with_its_repair(wave: Wave, cases: list[Case], settings: Settings) -> None:
    with pytest.raises(CommandError, match="There is no wave w9"):
        call_command("run_mailing", "w9", "invitation")
    with pytest.raises(CommandError, match="Set SITE_URL or give --site"):
        call_command(*ARGUMENTS, "--site", "")
    settings.SENDS_MAIL = False
    with pytest.raises(CommandError, match="Choose letters or a list"):
        run()


def test_local_units_are_counted_as_such(wave: Wave, cases: list[Case], capsys: pytest.CaptureFixture[str]) -> None:
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT.value)
    run("--dry-run")
    assert capsys.readouterr().out == "24 local units; left out: none.\n"
