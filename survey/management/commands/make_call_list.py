"""``manage.py make_call_list WAVE``: the day's list of whom to call next; a scheduler may run it each morning.

Exit codes: 0 a list was made, or that of today stands; 1 none can be made; 2 wrong arguments.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from survey.asked_terms.speaking import speaking_of
from survey.complaints import Refused
from survey.models import Wave
from survey.selectors.fieldwork.call_lists import newest_list
from survey.services.casework.calling import make_call_list


class Command(BaseCommand):
    help = "Makes today's list of calls of a wave by its rule; where there is one of today, that stands."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", help="code of the wave")
        parser.add_argument("--again", action="store_true", help="another list although there is one of today")

    def handle(self, *args: Any, **options: Any) -> None:
        wave = Wave.objects.select_related("survey").filter(code=options["wave"]).first()
        if wave is None:
            known = ", ".join(Wave.objects.values_list("code", flat=True)) or "none"
            raise CommandError(f"There is no wave '{options['wave']}'. The waves are: {known}.")
        newest = newest_list(wave)
        # A scheduler that runs twice must not turn the list over that officers work on.
        if newest and timezone.localdate(newest.made_at) == timezone.localdate() and not options["again"]:
            self.stdout.write(f"List {newest.number} of {wave.code} was made today and stands.")
            return
        with speaking_of(wave.survey.asks):
            try:
                made = make_call_list(wave=wave, actor=None)
            except Refused as refused:
                raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"Made list {made.number} of {wave.code}: {made.calls.count()} calls are expected to lower the error "
            f"from {made.error:.2f} to {made.expected:.2f} times the target in {made.minutes:.0f} minutes."
        )
