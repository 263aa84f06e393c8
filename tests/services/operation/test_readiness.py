"""Whether the installation can do its work now, check by check."""

import shutil
from datetime import timedelta

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from pytest_django import Settings

from survey.models import Case, Worker
from survey.services.operation import readiness
from survey.services.operation.readiness import Check, check_readiness, is_ready

pytestmark = pytest.mark.django_db


def faults() -> dict[str, bool]:
    return {check.name: bool(check.fault) for check in check_readiness()}


def test_each_check_stands_in_its_order_and_only_the_worker_is_missing() -> None:
    assert list(faults().items()) == [
        ("disk", False), ("database", False), ("migrations", False), ("keys", False), ("worker", True),
    ]  # fmt: skip
    assert is_ready(check_readiness())


@pytest.mark.parametrize(("silent", "fault"), [(50, False), (70, True)])
def test_worker_that_was_heard_within_a_minute_is_at_work(silent: int, fault: bool) -> None:
    heard = timezone.now() - timedelta(seconds=silent)
    Worker.objects.create(name="w", started_at=heard, heartbeat=heard)
    assert faults()["worker"] is fault


@pytest.mark.parametrize(
    ("queues", "idle"), [(",default,proofs,", ""), (",default,", "proofs"), (",proofs,", "default")]
)
def test_queue_without_a_worker_is_named(queues: str, idle: str) -> None:
    Worker.objects.create(name="w", started_at=timezone.now(), heartbeat=timezone.now(), queues=queues)
    said = f"No worker is at work for {idle}: jobs wait. Start manage.py worker." if idle else ""
    assert [check.fault for check in check_readiness() if check.name == "worker"] == [said]


def test_what_is_essential_alone_keeps_firms_out() -> None:
    waits = Check(name="worker", fault="x", is_essential=False)
    assert [is_ready([waits]), is_ready([waits, Check(name="keys", fault="x")])] == [True, False]


def test_missing_migration_is_named_and_ends_the_checks() -> None:
    MigrationRecorder.Migration.objects.filter(app="survey", name__startswith="0001").delete()
    checks = check_readiness()
    assert [check.name for check in checks] == ["disk", "database", "migrations"]
    assert checks[-1].fault.startswith("1 migrations are not applied, the first is survey.0001")


def test_database_that_went_through_single_migrations_lacks_nothing() -> None:
    MigrationRecorder.Migration.objects.filter(app="survey", name__contains="squashed").delete()
    assert not faults()["migrations"]


def test_room_is_counted_in_millions_of_bytes(settings: Settings) -> None:
    free = shutil.disk_usage(settings.VAR_DIR).free // 1_000_000
    settings.READY_FREE_MB = free - 1000
    assert readiness.disk() == ""
    settings.READY_FREE_MB = free + 1000
    assert "fewer than READY_FREE_MB" in readiness.disk()


def test_key_is_held_against_the_codes_that_were_made(case: Case, settings: Settings) -> None:
    assert readiness.keys() == ""
    settings.ACCESS_CODE_KEY = "another key of the same length, for a test only"
    assert readiness.keys().startswith("ACCESS_CODE_KEY is not the key of this database")


def test_check_that_fails_itself_is_told_by_the_first_line_and_lets_no_firm_in(settings: Settings) -> None:
    settings.VAR_DIR = "/nowhere/at/all"
    checks = check_readiness()
    assert checks[0].fault == "FileNotFoundError: [Errno 2] No such file or directory: '/nowhere/at/all'"
    assert not is_ready(checks)
