"""``manage.py verify_release WAVE NUMBER``: recompute a release from the stored answers and name what differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.models import Release
from survey.services.results.release_check import Verified, verify_release


class Command(BaseCommand):
    help = "Recomputes the figures of a release from the answers that are stored, and names every digit that differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", help="code of the wave")
        parser.add_argument("number", type=int, help="number of the release")

    def handle(self, *args: Any, **options: Any) -> None:
        code, number = options["wave"], options["number"]
        found = Release.objects.select_related("wave__survey", "cut").filter(wave__code=code, number=number).first()
        if found is None:
            known = ", ".join(map(str, Release.objects.defer("content").select_related("wave"))) or "none"
            raise CommandError(f"There is no release {number} of '{code}'. The releases are: {known}.")
        verified = verify_release(found)
        for line in report_lines(verified):
            self.stdout.write(line)
        if not verified.holds:
            raise CommandError(f"{found} is not what the stored answers give.")


def report_lines(verified: Verified) -> list[str]:
    """What verifying found, in sentences."""
    lines = [
        "The content is the one of its digest." if verified.is_intact else "The content is not that of its digest."
    ]
    if verified.erased:
        return [*lines, f"{verified.erased} returns are erased: figures cannot be recomputed, and the release stands."]
    if verified.has_changed:
        lines.append("The wave has changed since the cut of the release: figures may differ without any fault.")
    lines.append(f"{verified.figures} figures were recomputed, {len(verified.differences)} differ.")
    return [*lines, *verified.differences]
