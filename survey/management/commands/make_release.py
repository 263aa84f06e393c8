"""``manage.py make_release WAVE``: freeze the newest cut of a wave as the draft of a release."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.exchange.release.content import content_of_cut
from survey.exchange.release.wording import Planned
from survey.instrument.schema import Text
from survey.models import Wave
from survey.selectors.results.cleared import latest_cut
from survey.services.refusals import RefusedError
from survey.services.results.releases import make_release


class Command(BaseCommand):
    help = "Freezes the newest cut of a wave as the draft of a release, which is then checked, signed and published."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", help="code of the wave")
        parser.add_argument("--next", type=date.fromisoformat, help="day of the next publication, YYYY-MM-DD")
        parser.add_argument("--reason", default="", help="why it stands for the release that is published")

    def handle(self, *args: Any, **options: Any) -> None:
        wave = Wave.objects.filter(code=options["wave"]).first()
        if wave is None:
            known = ", ".join(Wave.objects.values_list("code", flat=True)) or "none"
            raise CommandError(f"There is no wave '{options['wave']}'. The waves are: {known}.")
        cut, reason = latest_cut(wave), options["reason"]
        if cut is None:
            raise CommandError(f"'{wave.code}' has no cut yet. Make one first: manage.py make_cut {wave.code}.")
        planned = Planned(next_publication=options["next"], reason=Text(reason, reason))
        try:
            made = make_release(cut=cut, content=content_of_cut(cut, planned), actor=None, reason=reason)
        except RefusedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made} is a draft (digest {made.digest}).")
