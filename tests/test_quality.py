"""The tools that every change has to satisfy, as tests."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def outcome(*command: str, **environment: str) -> tuple[int, str]:
    """Exit code of the command and, where it failed, what it printed."""
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    done = subprocess.run(
        command, cwd=ROOT, env={**inherited, **environment}, capture_output=True, text=True, check=False
    )
    return done.returncode, "" if done.returncode == 0 else done.stdout + done.stderr


def test_ruff_finds_nothing() -> None:
    assert outcome(str(BIN / "ruff"), "check", ".") == (0, "")


def test_ruff_would_format_nothing() -> None:
    assert outcome(str(BIN / "ruff"), "format", "--check", ".") == (0, "")


def test_mypy_finds_nothing() -> None:
    assert outcome(str(BIN / "mypy"), "survey", "config", "tests", "benchmarks") == (0, "")


def test_djade_would_format_no_template() -> None:
    templates = sorted(str(path) for path in (ROOT / "templates").rglob("*.html"))
    assert outcome(str(BIN / "djade"), "--check", "--target-version", "5.2", *templates) == (0, "")


def test_deployment_check_finds_nothing() -> None:
    environment = {"DEBUG": "0", "SECRET_KEY": "k" * 30 + "abcdefghij0123456789" * 2, "ACCESS_CODE_KEY": "a" * 60}
    environment |= {"ALLOWED_HOSTS": "survey.example.org"}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    assert outcome(*command, **environment) == (0, "")


def test_migrations_match_models() -> None:
    assert outcome(sys.executable, "manage.py", "makemigrations", "--check", "--dry-run") == (0, "")


@pytest.mark.parametrize("suffix", ["html", "css", "js"])
def test_pages_name_no_outside_address(suffix: Any) -> None:
    folders = [ROOT / "templates", ROOT / "survey" / "static"]
    texts = {path: path.read_text("utf-8") for folder in folders for path in folder.rglob(f"*.{suffix}")}
    strays = [str(path) for path, text in texts.items() if "http://" in text or "https://" in text]
    assert strays == []
