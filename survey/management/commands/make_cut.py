"""``manage.py make_cut WAVE``: clear the figures of a wave and freeze them; a scheduler may run it.

Exit codes: 0 a cut was made, or nothing has changed since the last one; 1 no cut can be made; 2 wrong arguments.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.models import Wave
from survey.selectors.results.cleared import latest_cut
from survey.services.refusals import RefusedError
from survey.services.results.cuts import make_cut


class Command(BaseCommand):
    help = "Makes a cut of a wave: its figures decided, rounded and frozen as a whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", help="code of the wave")
        parser.add_argument(
            "--without-certificate", action="store_true", help="clear only: takes seconds, but no release can be signed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wave = Wave.objects.select_related("survey").filter(code=options["wave"]).first()
        if wave is None:
            known = ", ".join(Wave.objects.values_list("code", flat=True)) or "none"
            raise CommandError(f"There is no wave '{options['wave']}'. The waves are: {known}.")
        before = latest_cut(wave)
        try:
            cut = make_cut(wave=wave, actor=None, certified=not options["without_certificate"])
        except RefusedError as error:
            raise CommandError(str(error)) from error
        said = "Nothing has changed since" if cut == before else "Made"
        self.stdout.write(f"{said} {cut} (digest {cut.digest}).")
