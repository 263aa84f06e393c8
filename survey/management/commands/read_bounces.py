"""``manage.py read_bounces FOLDER``: mark the mails of mailings that came back.

FOLDER holds one report in a file each: a Maildir, or what a mail program has stored as .eml. Files stay as they are;
reading them again changes nothing.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from survey.services.mailing.bounces import take_report

LARGEST = 5_000_000
"""Bytes of a file that can be a report; whatever is larger is not read."""


class Command(BaseCommand):
    help = "Mark the mails of mailings that came back, from a folder of reports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a Maildir, or a folder of .eml files")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["folder"].is_dir():
            raise CommandError(f"There is no folder {options['folder']}. Give a folder of reports.")
        # At any depth: a Maildir has what came in folders of its own.
        files = [path for path in sorted(options["folder"].rglob("*")) if path.is_file()]
        small = [path for path in files if path.stat().st_size <= LARGEST]
        marked = sum(take_report(path.read_bytes()) for path in small)
        self.stdout.write(f"{len(files)} files read, {marked} mails had come back.")
