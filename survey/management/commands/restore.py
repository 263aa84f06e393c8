"""``manage.py restore FILE --identity KEYFILE``: put a backup back."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.services.operation.backup import restore_backup
from survey.services.operation.backup_refusals import BackupRefusedError


class Command(BaseCommand):
    help = "Puts database and attached files of a backup back, and migrates them to this release."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path)
        parser.add_argument("--identity", type=Path, required=True, help="file with the secret key")
        parser.add_argument("--overwrite", action="store_true", help="replace a database that holds data")

    def handle(self, *args: Any, backup: Path, identity: Path, overwrite: bool, **options: Any) -> None:
        try:
            manifest = restore_backup(backup=backup, identity=identity, overwrite=overwrite)
        except BackupRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        call_command("migrate", verbosity=0)
        self.stdout.write(f"Restored {sum(manifest.rows.values()):,} rows of {manifest.made_at}.")
