"""``manage.py export_release WAVE FILE``: write the workbook or the report of a release, made from its content."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from survey.exchange.release.files import IN_BOTH, book_of, report_of
from survey.methods.released.publication import has_words
from survey.models import Release
from survey.release_terms import ReleaseState

MADE = {".xlsx": book_of, ".docx": report_of}
"""By the ending of a file what is written."""


class Command(BaseCommand):
    help = "Writes the workbook or report of a release: the published one of the wave, or the one with a number."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", help="code of the wave")
        parser.add_argument("file", type=Path, help="workbook (.xlsx) or report (.docx) to write")
        parser.add_argument("--number", type=int, help="number of the release")
        parser.add_argument(
            "--language", choices=[IN_BOTH, *(code for code, _name in settings.LANGUAGES)], default=IN_BOTH
        )

    def handle(self, *args: Any, **options: Any) -> None:
        code, number, file = options["wave"], options["number"], options["file"]
        make = MADE.get(file.suffix.lower())
        if make is None:
            raise CommandError(f"'{file.name}' ends neither in .xlsx nor in .docx: name a workbook or a report.")
        releases = Release.objects.select_related("wave", "replaces").filter(wave__code=code)
        found = self._chosen(releases, number)
        if found is None:
            known = ", ".join(map(str, releases.defer("content"))) or "none"
            asked = "published release" if number is None else f"release {number}"
            raise CommandError(f"There is no {asked} of '{code}'. Its releases are: {known}.")
        if not has_words(found.content):
            raise CommandError(f"{found} was made by an earlier version and has no words to write a file with.")
        try:
            file.write_bytes(make(found, options["language"]))
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Wrote {found} to {file} (digest {found.digest}).")

    def _chosen(self, releases: QuerySet[Release], number: int | None) -> Release | None:
        if number is not None:
            return releases.filter(number=number).first()
        return releases.filter(state=ReleaseState.PUBLISHED.value).first()
