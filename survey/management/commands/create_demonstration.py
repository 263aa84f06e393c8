"""``manage.py create_demonstration``: fill an empty database with a fictitious survey."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.management.demonstration.earlier_wave import make_earlier_wave
from survey.management.demonstration.logins import create_logins
from survey.management.demonstration.story import make_demonstration
from survey.models import SamplingFrame, Wave
from survey.terms import Role


class Command(BaseCommand):
    help = (
        "Makes the demonstration: 3,000 fictitious firms, 600 sampled, about 70 % answered; a wave of the year before."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--firms", type=int, default=3000, help="firms on the list (default 3000)")
        parser.add_argument("--sample", type=int, default=600, help="firms in the sample (default 600)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demonstration is for trying out. Start with DEBUG=1 to make it.")
        if Wave.objects.exists() or SamplingFrame.objects.exists():
            raise CommandError("The database holds a survey already. Use an empty one for the demonstration.")
        logins = create_logins()
        officer = User.objects.get(username=logins[Role.FIELD_OFFICER.value].username)
        firms, sample = options["firms"], options["sample"]
        make_earlier_wave(officer=officer, firm_count=firms, sample_size=2 * sample // 3, say=self.stdout.write)
        make_demonstration(officer=officer, firm_count=firms, sample_size=sample, say=self.stdout.write)
