"""manage.py verify_audit: whether what was submitted, corrected, released and done is as it was written."""

from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.models import AuditChain
from survey.services.operation.audit_check import broken_links, counted

SHOWN = 20


class Command(BaseCommand):
    help = "Check the audit chain; end with 1 and name the first broken link where it does not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ends", action="store_true", help="write the ends of the chains too, to keep elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["ends"]:
            for end in AuditChain.objects.order_by("scope"):
                self.stdout.write(f"{end.scope} {end.length} {end.last}")
        # After one break every link may be broken; the first ones say where it is.
        found = list(islice(broken_links(), SHOWN))
        if found:
            for further in found[1:]:
                self.stderr.write(str(further))
            raise CommandError(f"The audit chain does not hold. First broken link: {found[0]}")
        count = counted()
        waits = f" {count.waiting} rows wait to be taken into the chain (run_due does it)." if count.waiting else ""
        self.stdout.write(f"The audit chain holds: {count.entries} entries.{waits}")
