import os
import socket
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from survey.services.operation.scratch import remove_left, use_scratch

NOW = datetime(2026, 12, 1, tzinfo=UTC)
KILLED = """
import os, signal, tempfile
from datetime import UTC, datetime
import django
django.setup()
from survey.services.operation.scratch import use_scratch
use_scratch(datetime.now(UTC))
tempfile.NamedTemporaryFile(delete=False)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def scratch(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.VAR_DIR = tmp_path
    monkeypatch.setenv("TMPDIR", os.environ.get("TMPDIR", "/tmp"))
    monkeypatch.setattr(tempfile, "tempdir", tempfile.gettempdir())
    return tmp_path / "scratch"


def left(folder: Path, name: str, *, hours: int) -> Path:
    """A file that somebody wrote so long ago."""
    file = folder / name / "openpyxl.abc"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("甲公司")
    at = (NOW - timedelta(hours=hours)).timestamp()
    os.utime(file, (at, at))
    return file


def test_temporary_files_lie_in_a_folder_of_the_process(scratch: Path) -> None:
    mine = use_scratch(NOW)
    told = subprocess.run(
        [sys.executable, "-c", "import tempfile; print(tempfile.gettempdir())"], capture_output=True, text=True
    )
    assert mine == scratch / f"{socket.gethostname()}-{os.getpid()}"
    assert (tempfile.gettempdir(), told.stdout.strip(), mine.stat().st_mode & 0o777) == (str(mine), str(mine), 0o700)


def test_what_a_killed_process_left_is_deleted_by_the_next(scratch: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "1"}
    subprocess.run([sys.executable, "-c", KILLED], env=environment)
    assert len([file for file in scratch.rglob("*") if file.is_file()]) == 1
    use_scratch(NOW)
    assert [file for file in scratch.rglob("*") if file.is_file()] == []


def test_process_with_the_number_of_the_one_before_begins_with_nothing(scratch: Path) -> None:
    file = left(scratch, f"{socket.gethostname()}-{os.getpid()}", hours=0)
    use_scratch(NOW)
    assert (file.exists(), file.parent.is_dir()) == (False, True)


def test_files_of_others_go_after_a_day_and_their_folders_stay(scratch: Path) -> None:
    mine, other = f"{socket.gethostname()}-{os.getpid()}", "other-machine-1"
    old, new = left(scratch, mine, hours=25), left(scratch, other, hours=23)
    assert (remove_left(NOW), old.exists(), old.parent.is_dir(), new.exists()) == (1, False, True, True)
