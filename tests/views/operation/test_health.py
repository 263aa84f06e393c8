"""What probes are told, and the command that says why."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from survey.models import Case, Worker
from tests.views.operation.test_outage import database_away


@pytest.fixture
def at_work(db: None) -> None:
    Worker.objects.create(name="w", started_at=timezone.now(), heartbeat=timezone.now())


@pytest.mark.usefixtures("at_work")
def test_ready_names_each_check(client: Client, case: Case) -> None:
    response = client.get("/healthz/ready")
    every = dict.fromkeys(("disk", "database", "migrations", "keys", "worker"), "ok")
    assert (response.status_code, response.json()) == (200, {"state": "ready", **every})


def test_site_without_a_worker_serves_firms_and_says_so(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    response = client.get("/healthz/ready")
    assert (response.status_code, response.json()["worker"]) == (200, "failed")
    # The log alone says why.
    assert [record.getMessage().split(": ")[:2] for record in caplog.records] == [["Not ready", "worker"]]


@pytest.mark.usefixtures("parallel_database")
def test_absent_database_is_not_ready_but_live(client: Client) -> None:
    with database_away():
        ready, live = client.get("/healthz/ready"), client.get("/healthz/live")
    assert (ready.status_code, ready.json()) == (503, {"state": "not ready", "disk": "ok", "database": "failed"})
    assert (live.status_code, live.json()) == (200, {"state": "live"})


def test_missing_migration_is_not_ready(client: Client, db: None) -> None:
    MigrationRecorder.Migration.objects.filter(app="survey").order_by("-name")[0].delete()
    response = client.get("/healthz/ready")
    assert (response.status_code, response.json()["migrations"]) == (503, "failed")


def test_other_key_of_access_codes_is_not_ready(client: Client, case: Case, settings: Any) -> None:
    settings.ACCESS_CODE_KEY = "another key"
    response = client.get("/healthz/ready")
    assert (response.status_code, response.json()["keys"]) == (503, "failed")


def test_little_room_is_not_ready(client: Client, db: None, settings: Any) -> None:
    settings.READY_FREE_MB = 10**9
    assert client.get("/healthz/ready").json()["disk"] == "failed"


@pytest.mark.parametrize("address", ["/healthz/live", "/healthz/ready/"])
def test_probe_needs_no_host_and_no_tls(client: Client, db: None, settings: Any, address: str) -> None:
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["survey.example.org"]
    assert client.get(address, headers={"host": "10.0.0.7"}).status_code == 200


def test_probe_takes_no_post(client: Client) -> None:
    assert client.post("/healthz/live").status_code == 405


@pytest.mark.usefixtures("at_work")
def test_command_says_that_all_is_well() -> None:
    out = StringIO()
    call_command("check_ready", stdout=out)
    assert out.getvalue() == "disk: ok\ndatabase: ok\nmigrations: ok\nkeys: ok\nworker: ok\n"


@pytest.mark.django_db
def test_command_tells_a_missing_worker_by_its_exit_code() -> None:
    with pytest.raises(CommandError) as failed:
        call_command("check_ready", stdout=StringIO())
    assert failed.value.returncode == 3


@pytest.mark.django_db
def test_command_says_how_to_mend(settings: Any) -> None:
    settings.READY_FREE_MB, out = 10**9, StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("check_ready", stdout=out)
    assert "fewer than READY_FREE_MB=1000000000" in out.getvalue()
    assert failed.value.returncode == 1
