"""Figures for Prometheus, counted by one process and served by another."""

import os
import re
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone
from prometheus_client import generate_latest

from survey.management.commands.metrics import backup_age, registry, silence_of
from survey.models import Case, Worker

ROOT = Path(__file__).resolve().parents[2]
COUNT = (
    "import django; django.setup()\n"
    "from django.test import Client\n"
    "for address in ('/healthz/live', '/nowhere/13800138000/'):\n    Client().get(address, headers={'host': 'localhost'})\n"
)
TELL = (
    "import django; django.setup()\n"
    "from prometheus_client import generate_latest\n"
    "from survey.management.commands.metrics import registry\n"
    "print(generate_latest(registry()).decode())\n"
)


def test_figures_tell_jobs_and_checks(case: Case, settings: Any) -> None:
    text = generate_latest(registry()).decode()
    assert 'tongdian_ready{check="database"} 1.0' in text
    assert 'tongdian_jobs{state="waiting"} 0.0' in text
    assert "tongdian_worker_silent_seconds +Inf" in text


def test_silence_is_that_of_the_queue_that_is_silent_longest(db: None) -> None:
    now = timezone.now()
    for queue, minutes in (("default", 1), ("proofs", 30)):
        heard = now - timedelta(minutes=minutes)
        Worker.objects.create(name=queue, started_at=heard, heartbeat=heard, queues=f",{queue},")
    assert silence_of("default") // 60 == 1
    told = re.search(r"tongdian_worker_silent_seconds ([0-9.]+)", generate_latest(registry()).decode())
    assert told is not None
    assert float(told[1]) // 60 == 30


def test_age_of_the_newest_backup_is_told(db: None, settings: Any, tmp_path: Path) -> None:
    settings.BACKUP_DIR = str(tmp_path)
    before = generate_latest(registry()).decode()
    for name, hours in (("tongdian-1.backup.age", 30), ("tongdian-2.backup.age", 3), ("other.age", 1)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time.time() - 3600 * hours,) * 2)
    assert "tongdian_backup_age_seconds +Inf" in before
    assert backup_age(tmp_path) // 3600 == 3


def test_site_itself_has_no_figures(client: Client, db: None) -> None:
    assert client.get("/metrics").status_code == 404


def test_requests_of_another_process_are_counted_without_their_address(tmp_path: Path, db: None) -> None:
    environment = {**os.environ, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment |= {"METRICS_DIR": str(tmp_path / "m"), "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    subprocess.run([sys.executable, "-c", COUNT], cwd=ROOT, env=environment, check=True, capture_output=True)
    told = subprocess.run(
        [sys.executable, "-c", TELL], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout
    assert 'tongdian_requests_total{method="GET",page="none",status="200"} 1.0' in told
    assert 'tongdian_requests_total{method="GET",page="none",status="404"} 1.0' in told
    assert 'tongdian_ready{check="migrations"} 0.0' in told
    assert "13800138000" not in told
