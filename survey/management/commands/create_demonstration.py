"""``manage.py create_demonstration``: fill an empty database with a fictitious survey."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.management.demonstration.logins import create_logins
from survey.management.demonstration.story import make_demonstration
from survey.models import SamplingFrame, Wave
from survey.terms import Role


class Command(BaseCommand):
    help = "Makes the demonstration: 3,000 fictitious firms, 600 sampled, about 70 % answered, and a login per role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--firms", type=int, default=3000, help="firms on the list (default 3000)")
        parser.add_argument("--sample", type=int, default=600, help="firms in the sample (default 600)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demonstration is for trying out. Start with DEBUG=1 to make it.")
        if Wave.objects.exists() or SamplingFrame.objects.exists():
            raise CommandError("The database holds a survey already. Use an empty one for the demonstration.")
        logins = create_logins()
        make_demonstration(
            officer=User.objects.get(username=logins[Role.FIELD_OFFICER.value].username),
            firm_count=options["firms"],
            sample_size=options["sample"],
            say=self.stdout.write,
        )
