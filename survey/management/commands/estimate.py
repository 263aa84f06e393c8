"""``manage.py estimate FOLDER``: tidy estimates of a partitioned extract, in one process or on a Dask cluster."""

import csv
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from survey.exchange.partitions.folder import Folder, read_folder
from survey.management.engines import cluster, plain
from survey.methods.errors import MethodsError
from survey.methods.estimates.estimation import Estimate
from survey.methods.estimates.intervals import IntervalRule
from survey.methods.moments.parts import Wanted
from survey.methods.moments.sums import Moments

Engine = Callable[[Folder, Wanted, Mapping[str, Any]], Moments]


def _plain(folder: Folder, wanted: Wanted, options: Mapping[str, Any]) -> Moments:
    return plain.summed(folder, wanted)


def _dask(folder: Folder, wanted: Wanted, options: Mapping[str, Any]) -> Moments:
    address = options["scheduler"]
    opened = cluster.running_cluster(address) if address else cluster.local_cluster(options["workers"])
    with opened as client:
        return cluster.summed(client, folder, wanted)


ENGINES: Mapping[str, Engine] = {"plain": _plain, "dask": _dask}


class Command(BaseCommand):
    help = "Writes estimates with standard errors and intervals as CSV. They are working figures, without protection."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a partitioned extract (see write_partitions)")
        parser.add_argument("--engine", choices=list(ENGINES), default="plain")
        parser.add_argument("--workers", type=int, default=2, help="processes of the dask engine on this machine")
        parser.add_argument(
            "--scheduler", default="", help="address of a running Dask scheduler, such as tcp://HOST:8786"
        )
        parser.add_argument("--items", nargs="+", default=(), help="these items only")
        parser.add_argument("--domains", nargs="*", default=None, help="by these variables only; none = overall only")
        parser.add_argument("--by-domain", action="store_true", help="degrees of freedom of each domain")
        parser.add_argument("--output", type=Path, help="CSV file to write; without it they are printed")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["workers"] < 1:
            raise CommandError("A cluster needs at least one worker: give --workers 1 or more.")
        try:
            # Whole: the workers of a cluster have other folders of work.
            folder = read_folder(options["folder"].resolve())
            wanted = folder.asked(options["items"], options["domains"])
            whole = ENGINES[options["engine"]](folder, wanted, options)
            rows = wanted.rows(whole, IntervalRule(by_domain=options["by_domain"]))
            self._write(rows, options["output"])
        except (MethodsError, OSError) as error:
            raise CommandError(str(error)) from error
        if options["output"]:
            self.stdout.write(f"Wrote {len(rows)} estimates of {folder.rows} responses to {options['output']}.")

    def _write(self, rows: list[Estimate], output: Path | None) -> None:
        if output is None:
            write_rows(rows, self.stdout)  # type: ignore[arg-type]
            return
        with output.open("w", encoding="utf-8", newline="") as file:
            write_rows(rows, file)


def write_rows(rows: list[Estimate], file: IO[str] = sys.stdout) -> None:
    """One line for each row with every digit and the mark of working figures; what does not exist is empty."""
    # Here, since it reads of waves: workers of a cluster import this module where no database is set up.
    from survey.exchange.release.marks import working_mark

    # In English as the heads are, whatever language the installation speaks.
    with override("en"):
        mark = working_mark()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*Estimate._fields, "remark"])
    for row in rows:
        # Not a number is the one value that differs from itself; other programs read an empty cell as missing.
        writer.writerow([*("" if each != each else each for each in row), mark])
