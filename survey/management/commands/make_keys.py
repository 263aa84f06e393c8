"""``manage.py make_keys``: write an ``.env`` with fresh keys; an existing one is never overwritten."""

import os
import re
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

KEYS = ("SECRET_KEY", "ACCESS_CODE_KEY")


class Command(BaseCommand):
    help = "Writes an .env with fresh keys, from .env.example. Keep a copy of it apart from the backups."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=Path(settings.BASE_DIR) / ".env", help="where to write")
        parser.add_argument("--host", default="", help="host name that the site answers to")

    def handle(self, *args: Any, file: Path, host: str, **options: Any) -> None:
        text = (Path(settings.BASE_DIR) / ".env.example").read_text("utf-8")
        for name in KEYS:
            # 64 characters: the settings refuse a key of fewer than 50.
            text = with_value(text, name, secrets.token_urlsafe(48))
        if host:
            text = with_value(text, "ALLOWED_HOSTS", host)
            text = with_value(text, "CSRF_TRUSTED_ORIGINS", f"https://{host}")
        try:
            # Readable by the owner alone from the first byte on, and never over a file that is there.
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            message = f"{file} exists. New keys would void every access code and session; move the file away first."
            raise CommandError(message) from None
        with os.fdopen(handle, "w", encoding="utf-8") as output:
            output.write(text)
        self.stdout.write(f"Wrote {file}. Keep a copy of it apart from the backups of the database.")


def with_value(text: str, name: str, value: str) -> str:
    """The text with this setting; raises CommandError where it has no line for it."""
    changed, count = re.subn(rf"^#?{name}=.*$", f"{name}={value}", text, count=1, flags=re.MULTILINE)
    if not count:
        raise CommandError(f".env.example has no line for {name}.")
    return changed
