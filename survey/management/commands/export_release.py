"""``manage.py export_release WAVE FILE``: make the release of a wave and write its workbook."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from survey.exchange.release.content import release_content
from survey.exchange.release.workbook import release_workbook
from survey.models import Wave
from survey.services.refusals import RefusedError
from survey.services.results.releases import make_release


class Command(BaseCommand):
    help = "Freezes the figures of a wave as a release and writes the release workbook."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", help="code of the wave")
        parser.add_argument("file", type=Path, help="workbook to write (.xlsx)")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="zh-hans")

    def handle(self, *args: Any, **options: Any) -> None:
        wave = Wave.objects.select_related("survey").filter(code=options["wave"]).first()
        if wave is None:
            known = ", ".join(Wave.objects.values_list("code", flat=True)) or "none"
            raise CommandError(f"There is no wave '{options['wave']}'. The waves are: {known}.")
        try:
            release = make_release(wave=wave, actor=None)
            content = release_content(release, options["language"], timezone.localtime())
            options["file"].write_bytes(release_workbook(content))
        except (RefusedError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Wrote {release} to {options['file']} (digest {release.digest}).")
