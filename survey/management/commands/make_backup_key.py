"""``manage.py make_backup_key FILE``: a key pair for backups; the secret key belongs off the server."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.algorithms import sealing


class Command(BaseCommand):
    help = "Writes a secret key into FILE and prints the public key for BACKUP_RECIPIENTS."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        public, secret = sealing().new_keys()
        try:
            # Readable by the owner alone from the first byte on, and never over a file that is there.
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            message = f"{file} exists. Backups made with its key could not be opened any more; name another file."
            raise CommandError(message) from None
        with os.fdopen(handle, "w", encoding="utf-8") as output:
            output.write(f"{secret}\n")
        self.stdout.write(f"BACKUP_RECIPIENTS={public}")
        self.stdout.write(f"Move {file} off this server, to two safe places: without it no backup can be opened.")
