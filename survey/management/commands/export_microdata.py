"""``manage.py export_microdata WAVE FOLDER``: write the edited microdata of a wave with their codebook."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.exchange.microdata.content import microdata_of
from survey.exchange.microdata.files import microdata_files
from survey.models import Wave
from survey.services.refusals import RefusedError
from survey.services.results.microdata import record_microdata_export


class Command(BaseCommand):
    help = "Writes one row for each firm that answered, without names, with the state of every value; and the codebook."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", help="code of the wave")
        parser.add_argument("folder", type=Path, help="where the two files are written; it is made if need be")
        parser.add_argument("--words", action="store_true", help="also what firms wrote in words of their own")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="zh-hans")

    def handle(self, *args: Any, **options: Any) -> None:
        wave = Wave.objects.select_related("survey").filter(code=options["wave"]).first()
        if wave is None:
            known = ", ".join(Wave.objects.values_list("code", flat=True)) or "none"
            raise CommandError(f"There is no wave '{options['wave']}'. The waves are: {known}.")
        folder: Path = options["folder"]
        try:
            # Written down before anything leaves, so that a file that cannot be written is in the history rather than
            # missing there.
            record_microdata_export(wave=wave, with_words=options["words"], actor=None)
            data = microdata_of(wave, with_words=options["words"])
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in microdata_files(data, options["language"]).items():
                (folder / name).write_bytes(content)
        except (RefusedError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Wrote {len(data.rows)} rows with {len(data.heads)} columns and the codebook to {folder}.")
