"""``manage.py load_example NAME``: a survey that is shipped as content, with made-up answers to look at."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.jobs.due import ask_for_cut
from survey.management.demonstration.logins import create_logins, read_logins
from survey.management.examples.content import NoSuchExampleError, examples_folder, read_example
from survey.management.examples.loading import load_content, load_waves
from survey.models import Industry, Survey
from survey.terms import Role

CLASSIFICATIONS = ("industries", "districts", "size_thresholds")


class Command(BaseCommand):
    help = "Loads a shipped example: its survey, questionnaire and analysis plan, and waves with made-up answers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="a folder of fixtures/examples, such as tendency")
        parser.add_argument(
            "--without-answers", action="store_true", help="load survey, questionnaire and analysis plan only"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            example = read_example(options["name"])
        except NoSuchExampleError as error:
            raise CommandError(str(error)) from error
        with_answers = not options["without_answers"]
        # Made-up firms among real ones could not be told apart again.
        if with_answers and not settings.DEBUG:
            raise CommandError(
                "Made-up answers are for trying out. Start with DEBUG=1, or load the content --without-answers."
            )
        if Survey.objects.filter(code=example.survey_code).exists():
            self.stdout.write(f"The survey {example.survey_code} is here already. Nothing is changed.")
            return
        self.load_classifications()
        questionnaire = load_content(example)
        self.stdout.write(f"Loaded the questionnaire {questionnaire.code} with its analysis plan.")
        if with_answers:
            for wave in load_waves(example, questionnaire, self.officer(), self.stdout.write):
                ask_for_cut(wave)
            self.stdout.write("A worker clears the figures for the dashboard: where none is running, manage.py worker.")

    def load_classifications(self) -> None:
        """Industries, districts and size bounds, where there are none yet."""
        # What an office has changed in them stays as it is.
        if not Industry.objects.exists():
            content = examples_folder().parent
            call_command("loaddata", *(str(content / f"{name}.json") for name in CLASSIFICATIONS), verbosity=0)

    def officer(self) -> User:
        """Who draws and closes: the demonstration's field officer."""
        logins = read_logins() or create_logins()
        return User.objects.get(username=logins[Role.FIELD_OFFICER.value].username)
