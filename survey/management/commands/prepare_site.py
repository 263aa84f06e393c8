"""``manage.py prepare_site``: make the database ready and say where everything is; ``make run`` calls it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from survey.management.demonstration.logins import read_logins
from survey.management.demonstration.story import WAVE_CODE, open_cases
from survey.models import PainPoint, SamplingFrame, Wave
from survey.selectors.results.extract import remove_superseded_batches
from survey.services.fieldwork.access_codes import derive_code

CONTENT = (
    "industries", "districts", "size_thresholds", "pain_points", "survey", "survey_questionnaire", "survey_plan",
)  # fmt: skip
"""The files of ``fixtures/`` in the order of loading: each names rows of those before it."""


class Command(BaseCommand):
    help = "Migrates, loads the content once, makes the demonstration in an empty database, and prints the addresses."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--serve-meanwhile", action="store_true", help="let the firms of the demonstration answer in the background"
        )

    def handle(self, *args: Any, serve_meanwhile: bool = False, **options: Any) -> None:
        self.serves_meanwhile = serve_meanwhile
        call_command("migrate", verbosity=0)
        self.load_content()
        if os.environ.get("DEMO", "1") != "0":
            self.make_demonstration()
        elif not User.objects.filter(is_superuser=True).exists():
            self.ask_for_administrator()
        # Coded answers that nobody reads any more would fill the disk.
        remove_superseded_batches()
        self.print_addresses()

    def load_content(self) -> None:
        """Load the shipped content into an empty database; afterwards the designers' own changes stay."""
        if not PainPoint.objects.exists():
            folder = Path(settings.BASE_DIR) / "fixtures"
            call_command("loaddata", *(str(folder / f"{name}.json") for name in CONTENT), verbosity=0)
            self.stdout.write("Loaded the questionnaire and the classifications.")

    def make_demonstration(self) -> None:
        if not (Wave.objects.exists() or SamplingFrame.objects.exists()):
            call_command("create_demonstration", without_answers=self.serves_meanwhile, stdout=self.stdout)
            if self.serves_meanwhile:
                let_firms_answer()
                self.stdout.write(
                    "Firms are answering while the site serves; some minutes later the dashboard has a cut."
                )

    def ask_for_administrator(self) -> None:
        if sys.stdin.isatty():
            self.stdout.write("There is no administrator yet. Please name one.")
            call_command("createsuperuser")
        else:
            self.stdout.write("There is no administrator yet. Run: .venv/bin/python manage.py createsuperuser")

    def print_addresses(self) -> None:
        base = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
        lines = ["", f"Questionnaire   {base}/", *self.code_lines(base), f"Survey office   {base}/admin/"]
        logins = read_logins()
        lines += [f"                {role:<15} {login.username} / {login.password}" for role, login in logins.items()]
        self.stdout.write("\n".join([*lines, "", "Stop with Ctrl+C.", ""]))

    def code_lines(self, base: str) -> list[str]:
        codes = [derive_code(case) for case in open_cases(Wave.objects.filter(code=WAVE_CODE).first())]
        return [f"                access code {code}" for code in codes]


def let_firms_answer() -> None:
    """Start the answers of the demonstration in a process of its own, which outlives this one."""
    log = (Path(settings.VAR_DIR) / "demonstration.log").open("ab")
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "create_demonstration", "--answers-only"]
    # In a session of its own: Ctrl+C at the site would end it as well.
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
