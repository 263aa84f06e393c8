"""``manage.py backup``: write an encrypted backup of database, attached files and settings."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from survey.services.operation.backup import make_backup, remove_old_backups
from survey.services.operation.backup_refusals import BackupRefusedError


class Command(BaseCommand):
    help = "Writes a backup, encrypted to BACKUP_RECIPIENTS, into BACKUP_DIR."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=Path(settings.BACKUP_DIR), help="where to write")
        parser.add_argument("--recipient", action="append", help="public key (age1...); may be given several times")

    def handle(self, *args: Any, folder: Path, recipient: list[str] | None, **options: Any) -> None:
        try:
            path = make_backup(
                folder=folder, recipients=recipient or settings.BACKUP_RECIPIENTS, now=timezone.localtime()
            )
        except BackupRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Wrote {path} ({path.stat().st_size / 1e6:.1f} MB).")
        # Only now that there is a newer one.
        if settings.BACKUP_KEEP_DAYS:
            gone = remove_old_backups(folder=folder, now=timezone.localtime(), days=settings.BACKUP_KEEP_DAYS)
            self.stdout.write("".join(f"Removed {name}.\n" for name in gone), ending="")
