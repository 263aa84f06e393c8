"""``manage.py run_due``: do what is due by the clock, and say what was done.

Exit codes: 0 done (or nothing was due); 1 something that was due failed; 2 wrong arguments. It may be called as often
as one likes and by several machines at once: each thing runs once in its time.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from survey.jobs.due import DUE, run_due
from survey.models import DueRun


class Command(BaseCommand):
    help = "Do what is due: clean-up, expiry, and whatever else is registered in survey/jobs/due.py."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true", help="say what there is and when it ran last; run nothing")
        parser.add_argument("--only", metavar="NAME", choices=[entry.name for entry in DUE], help="one thing, at once")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self.tell()
            return
        wanted = [entry for entry in DUE if options["only"] in (None, entry.name)]
        ran = run_due(timezone.now(), due=wanted, at_once=bool(options["only"]))
        for one in ran:
            self.stdout.write(f"{one.name}: {one.said or 'nothing to do.'}")
        if not ran:
            self.stdout.write("Nothing is due.")
        if any(one.has_failed for one in ran):
            raise CommandError("Something that was due failed; it is tried again when it is due. The log has why.")

    def tell(self) -> None:
        """Each thing, how often it is due, when it ran last and what it said."""
        last = {run.name: run for run in DueRun.objects.all()}
        for entry in DUE:
            run = last.get(entry.name)
            when = f"{timezone.localtime(run.begun_at):%Y-%m-%d %H:%M}" if run and run.begun_at else "never"
            self.stdout.write(f"{entry.name:<20} every {entry.every}, last {when} {run.said if run else ''}".rstrip())
