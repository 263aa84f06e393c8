"""``manage.py create_demonstration``: fill an empty database with a fictitious survey."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.jobs.due import ask_for_cut
from survey.management.demonstration.calls import call_by_lists
from survey.management.demonstration.earlier_wave import CODE as EARLIER_CODE
from survey.management.demonstration.earlier_wave import make_earlier_wave
from survey.management.demonstration.logins import create_logins, read_logins
from survey.management.demonstration.office_work import work_of_the_office
from survey.management.demonstration.story import WAVE_CODE, answer_demonstration, make_demonstration
from survey.management.demonstration.work_on_many import work_on_many
from survey.models import SamplingFrame, Wave
from survey.services.results.cuts import make_cut
from survey.services.results.earlier_cuts import CutRefusedError
from survey.terms import Role


class Command(BaseCommand):
    help = (
        "Makes the demonstration: 3,000 fictitious firms, 600 sampled, about 70 % answered; a wave of the year before."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--firms", type=int, default=3000, help="firms on the list (default 3000)")
        parser.add_argument("--without-answers", action="store_true", help="stop before the firms answer")
        parser.add_argument("--answers-only", action="store_true", help="go on where --without-answers stopped")
        parser.add_argument("--sample", type=int, default=600, help="firms in the sample (default 600)")

    def handle(self, *args: Any, **options: Any) -> None:
        # Its passwords are shown to whoever starts it, and stand in a file.
        if not settings.DEBUG:
            raise CommandError("The demonstration is for trying out. Start with DEBUG=1 to make it.")
        if options["answers_only"]:
            self.let_firms_answer(options["firms"], options["sample"], beside_worker=True)
            return
        # It marks the shipped survey as a demonstration, which a real one must never be.
        if Wave.objects.exists() or SamplingFrame.objects.exists():
            raise CommandError("The database holds a survey already. Use an empty one for the demonstration.")
        create_logins()
        firms, sample = options["firms"], options["sample"]
        make_demonstration(officer=officer(), firm_count=firms, sample_size=sample, say=self.stdout.write)
        if not options["without_answers"]:
            self.let_firms_answer(firms, sample)

    def let_firms_answer(self, firms: int, sample: int, *, beside_worker: bool = False) -> None:
        """The open wave first, because a visitor looks at it first; then the wave of the year before; a cut of each.

        ``beside_worker`` asks the worker for the cut of the closed wave, which is proved: its release can be signed.
        """
        wave = Wave.objects.filter(code=WAVE_CODE).first()
        if wave is None:
            raise CommandError("There is no demonstration. Make it without --answers-only.")
        answer_demonstration(wave=wave, officer=officer(), say=self.stdout.write)
        work_of_the_office(wave=wave, officer=officer(), say=self.stdout.write)
        call_by_lists(wave=wave, officer=officer(), say=self.stdout.write)
        work_on_many(wave=wave, officer=officer())
        self.clear(wave)
        if not Wave.objects.filter(code=EARLIER_CODE).exists():
            size = 2 * sample // 3
            earlier = make_earlier_wave(officer=officer(), firm_count=firms, sample_size=size, say=self.stdout.write)
            if beside_worker:
                ask_for_cut(earlier)
            else:
                self.clear(earlier)

    def clear(self, wave: Wave) -> None:
        """Make the cut of a wave that the dashboard shows; of very few firms there may be nothing to clear."""
        try:
            self.stdout.write(f"Made the cut {make_cut(wave=wave, actor=None)} for the dashboard.")
        except CutRefusedError as refused:
            self.stdout.write(str(refused))


def officer() -> User:
    """The field officer of the demonstration."""
    return User.objects.get(username=read_logins()[Role.FIELD_OFFICER.value].username)
