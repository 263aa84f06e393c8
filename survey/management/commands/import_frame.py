"""``manage.py import_frame FILE``: check a list of firms and load it as a sampling frame.

Exit codes: 0 imported (or, with --check, every row is good); 1 a fault; 2 wrong arguments; 3 some rows have errors and
nothing was imported; 4 the file cannot be read as a list of firms.
"""

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from survey.asked_terms.speaking import speaking_of
from survey.exchange.frame.errors_workbook import errors_workbook
from survey.exchange.frame.reading import read_list
from survey.exchange.frame.workbook import FirmList
from survey.models import SamplingFrame
from survey.selectors.design.classifications import Classifications, read_classifications
from survey.selectors.said import said as _
from survey.services.frame.checked_list import CheckedList, check_list
from survey.services.frame.complaints import NOTE_CATALOGUE, FrameFileRefused, row_complaint
from survey.services.frame.importing import load_checked_rows
from survey.services.frame.loading import open_frame
from survey.services.register.from_frame import register_frame
from survey.terms import AskedUnit

ROWS_HAVE_ERRORS, FILE_REFUSED = 3, 4
BAR_WIDTH = 40


class Command(BaseCommand):
    help = "Check a list of firms (.xlsx, .xls, .csv) and import it as a sampling frame: whole, or not at all."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(
            prog_name, subcommand, epilog=__doc__, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--title", help="title of the frame (default: name of the file)")
        parser.add_argument("--good-rows", action="store_true", help="import the good rows although others have errors")
        parser.add_argument(
            "--errors", type=Path, metavar="OUT.xlsx", help="write the rows with errors to this workbook"
        )
        parser.add_argument(
            "--local-units", action="store_true", help="each row is a local unit, with a number beside the credit code"
        )
        parser.add_argument("--check", action="store_true", help="check only, import nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        lists = AskedUnit.LOCAL_UNIT if options["local_units"] else AskedUnit.FIRM
        with speaking_of(lists):
            self.take(options["file"], lists, options)

    def take(self, path: Path, lists: AskedUnit, options: dict[str, Any]) -> None:
        """Check the list, say what is wrong with it, and import it as far as that was asked for."""
        classifications = read_classifications()
        try:
            firm_list = read_list(path)
            checked = check_list(firm_list.parts, firm_list.headers, classifications=classifications, lists=lists)
        except FrameFileRefused as refused:
            raise CommandError(refused.complaint.sentences(_), returncode=FILE_REFUSED) from None
        self.report(checked, firm_list)
        if options["errors"] and checked.listed_count:
            write_errors(options["errors"], firm_list, checked, lists)
        if not checked.good_count or (checked.bad_count and (options["check"] or not options["good_rows"])):
            sentence = _("Nothing was imported. Mend the rows, or import the good ones alone with --good-rows.")
            raise CommandError(sentence, returncode=ROWS_HAVE_ERRORS)
        if not options["check"]:
            frame = open_frame(
                # As long as the column: PostgreSQL refuses what SQLite keeps.
                title=(options["title"] or path.stem)[:200],
                source_name=path.name,
                source_digest=firm_list.digest,
                actor=None,
                is_demonstration=False,
                lists=lists,
            )
            self.load(frame, checked, classifications)

    def load(self, frame: SamplingFrame, checked: CheckedList, classifications: Classifications) -> None:
        """Import the good rows, with a bar where a person looks on."""
        load_checked_rows(checked=checked, classifications=classifications, frame=frame, actor=None, progress=self.bar)
        register_frame(frame=frame, actor=None)
        words = {"count": frame.unit_count, "title": frame.title}
        self.stdout.write(_("Firms in the frame “%(title)s”: %(count)s.") % words)

    def report(self, checked: CheckedList, firm_list: FirmList) -> None:
        """Counts, notes and the kinds of error, each with its first example."""
        counts = {"total": checked.total, "good": checked.good_count, "bad": checked.bad_count}
        self.stdout.write(_("Rows: %(total)s, good: %(good)s, with errors: %(bad)s.") % counts)
        for code, params in [*firm_list.notes(), *checked.notes]:
            self.stdout.write(NOTE_CATALOGUE.complaint(code, **params).sentences(_))
        for kind in [*checked.kinds, *checked.blanked]:
            place = _("%(count)s rows, the first is row %(row)s:") % kind
            self.stderr.write(f"{place} {row_complaint(kind).sentences(_)}")

    def bar(self, done: int, total: int) -> None:
        # The log of a scheduler would be full of bars.
        if self.stderr.isatty():
            filled = BAR_WIDTH * done // total
            sys.stderr.write(
                f"\r[{'#' * filled}{' ' * (BAR_WIDTH - filled)}] {done}/{total}{chr(10) * (done == total)}"
            )
            sys.stderr.flush()


def write_errors(path: Path, firm_list: FirmList, checked: CheckedList, lists: AskedUnit) -> None:
    """Write the workbook of wrong rows; a path that cannot be written is said at once."""
    try:
        path.write_bytes(errors_workbook(firm_list, checked, lists=lists))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
