"""What the settings refuse, and what the connection to SQLite really is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from config import settings as of_the_product

ROOT = Path(__file__).resolve().parent.parent
SECRETS = {"SECRET_KEY": "s" * 60, "ACCESS_CODE_KEY": "a" * 60}


def start(script: str = "import config.settings", /, **environment: str) -> str:
    """Last line of standard error when the settings are loaded in a process of their own."""
    base = {name: value for name, value in os.environ.items() if name not in {"DEBUG", *SECRETS}}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, env={**base, **environment}, capture_output=True, text=True, check=False)
    return done.stderr.strip().rsplit("\n", 1)[-1]


def test_production_refuses_to_start_without_a_secret_key() -> None:
    assert "Set SECRET_KEY" in start(DEBUG="0", ACCESS_CODE_KEY=SECRETS["ACCESS_CODE_KEY"])


def test_production_refuses_a_short_secret_key() -> None:
    assert "Set SECRET_KEY" in start(DEBUG="0", SECRET_KEY="short", ACCESS_CODE_KEY=SECRETS["ACCESS_CODE_KEY"])


def test_production_refuses_to_start_without_an_access_code_key() -> None:
    assert "Set ACCESS_CODE_KEY" in start(DEBUG="0", SECRET_KEY=SECRETS["SECRET_KEY"])


def test_production_is_what_starts_where_nothing_is_set() -> None:
    assert "Run `manage.py make_keys`" in start()


def test_production_refuses_one_key_for_both() -> None:
    assert "must differ" in start(SECRET_KEY="s" * 60, ACCESS_CODE_KEY="s" * 60)


def test_production_starts_with_both_keys() -> None:
    assert start(DEBUG="0", **SECRETS) == ""


def test_production_asks_every_role_for_a_second_factor() -> None:
    command = "import config.settings as s, sys; sys.exit(' '.join(s.TWO_FACTOR_ROLES))"
    assert start(command, DEBUG="0", **SECRETS) == "all"


def test_env_example_documents_every_setting_that_is_read() -> None:
    import re

    sources = "".join(path.read_text("utf-8") for path in sorted((ROOT / "config").glob("*.py")))
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', sources))
    documented = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    assert documented == read


@pytest.mark.usefixtures("parallel_database")
@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite for its pragmas")
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 20000)],
)
def test_live_sqlite_connection_has_pragma(pragma: str, value: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite for its transaction mode")
def test_live_sqlite_connection_begins_immediate_transactions() -> None:
    assert connection.get_connection_params().get("transaction_mode", connection.transaction_mode) == "IMMEDIATE"  # type: ignore[attr-defined]


def test_product_makes_hashes_of_passwords_that_are_slow_to_guess() -> None:
    """The suite puts a quick one before those of the product, and only there."""
    assert of_the_product.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    assert not any("MD5" in name for name in of_the_product.PASSWORD_HASHERS)
