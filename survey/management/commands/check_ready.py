"""``manage.py check_ready``: look at database, migrations, disk, keys and worker, and say what is wrong.

Exit codes: 0 all is well; 1 firms cannot be served; 3 they can, but no worker is at work.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from survey.services.operation.readiness import check_readiness, is_ready


class Command(BaseCommand):
    help = "Says whether this installation can do its work, and what is wrong if not."

    def handle(self, *args: Any, **options: Any) -> None:
        checks = check_readiness()
        for check in checks:
            self.stdout.write(f"{check.name}: {check.fault or 'ok'}")
        if not is_ready(checks):
            raise CommandError("Not ready.")
        if any(check.fault for check in checks):
            raise CommandError("Firms can be served, but not everything works.", returncode=3)
