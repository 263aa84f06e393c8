"""``manage.py verify_backup FILE --identity KEYFILE``: open a backup and check every byte and row of it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.services.operation.backup import verify_backup
from survey.services.operation.backup_refusals import BackupRefusedError


class Command(BaseCommand):
    help = "Opens a backup with the secret key and checks that it is whole; changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help="file with the secret key")

    def handle(self, *args: Any, backup: Path, identity: Path, **options: Any) -> None:
        try:
            manifest = verify_backup(backup=backup, identity=identity)
        except BackupRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = sum(manifest.rows.values())
        self.stdout.write(f"{backup.name} is whole: {rows:,} rows, made {manifest.made_at}, at {manifest.migration}.")
