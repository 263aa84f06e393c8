from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from survey.jobs.due import DUE, HOLD, Due, Ran, back_up, run_due, taken
from survey.models import DueRun, Job

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def hourly(runs: list[datetime]) -> Due:
    def run(now: datetime) -> str:
        runs.append(now)
        return "once"

    return Due(name="hourly", every=HOUR, run=run)


def test_due_thing_runs_once_in_its_time() -> None:
    runs: list[datetime] = []
    for minutes in (0, 1, 59, 60, 61):
        run_due(NOW + timedelta(minutes=minutes), due=[hourly(runs)])
    assert runs == [NOW, NOW + HOUR]


def test_two_at_once_run_it_once() -> None:
    entry = hourly([])
    assert [taken(entry, NOW, False), taken(entry, NOW, False), taken(entry, NOW, True)] == [True, False, False]


def test_run_that_was_killed_holds_it_for_a_while_only() -> None:
    entry = hourly([])
    assert taken(entry, NOW, False)
    assert [taken(entry, NOW + HOLD / 2, True), taken(entry, NOW + HOLD * 2, True)] == [False, True]


def test_what_was_said_is_kept() -> None:
    assert run_due(NOW, due=[hourly([])]) == [Ran(name="hourly", said="once")]
    run = DueRun.objects.get(name="hourly")
    assert (run.said, run.begun_at, run.held_until, run.has_failed) == ("once", NOW, None, False)


def test_fault_stops_only_its_own_entry() -> None:
    def broken(now: datetime) -> str:
        raise ValueError("no disk")

    runs: list[datetime] = []
    ran = run_due(NOW, due=[Due(name="broken", every=HOUR, run=broken), hourly(runs)])
    assert ran[0] == Ran(name="broken", said="ValueError: no disk", has_failed=True)
    assert (runs, DueRun.objects.get(name="broken").has_failed) == ([NOW], True)


def test_backup_is_asked_for_once_in_its_hours(settings: Settings) -> None:
    settings.BACKUP_EVERY_HOURS = 24
    said = [back_up(timezone.now()) for _ in range(2)]
    Job.objects.update(asked_at=timezone.now() - timedelta(hours=25), state="done")
    assert [*said, back_up(timezone.now())] == ["A backup was asked for.", "", "A backup was asked for."]
    assert [(job.kind, job.asked_by) for job in Job.objects.all()] == [("backup", None)] * 2


def test_no_backup_is_asked_for_by_default() -> None:
    assert (back_up(timezone.now()), Job.objects.exists()) == ("", False)


def test_names_of_due_things_are_their_own() -> None:
    assert len({entry.name for entry in DUE}) == len(DUE)


def test_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - HOUR)
    Session.objects.create(session_key="new", session_data="", expire_date=timezone.now() + HOUR)
    call_command("run_due")
    assert "sessions: 1 sessions that had run out were removed." in capsys.readouterr().out
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    call_command("run_due")
    assert capsys.readouterr().out == "Nothing is due.\n"
    call_command("run_due", only="sessions")
    assert capsys.readouterr().out == "sessions: nothing to do.\n"


def test_command_lists_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("run_due", list=True)
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [entry.name for entry in DUE]
    assert DueRun.objects.count() == 0


def test_command_fails_where_something_due_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(now: datetime) -> str:
        raise ValueError("no disk")

    monkeypatch.setattr("survey.management.commands.run_due.DUE", (Due(name="broken", every=HOUR, run=broken),))
    with pytest.raises(CommandError):
        call_command("run_due")
