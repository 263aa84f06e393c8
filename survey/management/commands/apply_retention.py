"""manage.py apply_retention: erase what the rules of retention no longer let be kept; first only say what."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from survey.services.operation.erasing import overwrite_free_space
from survey.services.operation.retention import DueRows, apply_rules, due_by_rules


class Command(BaseCommand):
    help = "Say what is due by the rules of retention; with --erase, erase it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--erase", action="store_true", help="erase it; without this nothing is changed")
        parser.add_argument("--vacuum", action="store_true", help="with --erase: make the database file anew as well")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        found = apply_rules(now) if options["erase"] else due_by_rules(now)
        for due in found:
            self.stdout.write(line_of(due))
        if not options["erase"]:
            self.stdout.write("Nothing was changed. Run again with --erase to erase this." if found else NO_RULE)
            return
        # Also where nothing was due: an earlier run may have found somebody reading.
        is_done = overwrite_free_space(whole=options["vacuum"])
        self.stdout.write("Erased." if found else "Nothing was due.")
        if not is_done:
            self.stdout.write("Somebody reads the database: its log is cut off at the next run.")


NO_RULE = "There is no rule of retention, so nothing is ever erased. Rules stand in the office under Retention rules."


def line_of(due: DueRows) -> str:
    """What is due by a rule, in a sentence."""
    about = f"{due.rule.survey.code}: " if due.rule.survey else ""
    held = f" {due.held} wait for a release of their wave." if due.held else ""
    return f"{about}{due.rule.kind}, {due.rule.days} days: {due.count} due.{held}"
