"""``manage.py write_partitions WAVE FOLDER``: the weighted extract of a wave in parts, for estimates elsewhere."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.exchange.partitions.folder import extract_parts, write_folder
from survey.methods.errors import MethodsError
from survey.methods.estimates.statistics import Asked
from survey.methods.moments.tabulation import Summed
from survey.methods.tables.plan import planned_tables
from survey.models import Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.wave_results import prepared_of, wave_vocabulary
from survey.services.refusals import RefusedError
from survey.services.results.microdata import record_microdata_export


class Command(BaseCommand):
    help = "Writes coded answers, weights and groups of a wave as Parquet files, without names, and its statistics."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("wave", help="code of the wave")
        parser.add_argument("folder", type=Path, help="new or empty folder")
        parser.add_argument("--partitions", type=int, default=4)

    def handle(self, *args: Any, **options: Any) -> None:
        wave = Wave.objects.select_related("survey").filter(code=options["wave"]).first()
        if wave is None:
            known = ", ".join(Wave.objects.values_list("code", flat=True)) or "none"
            raise CommandError(f"There is no wave '{options['wave']}'. The waves are: {known}.")
        if options["partitions"] < 1:
            raise CommandError("An extract has at least one part: give --partitions 1 or more.")
        try:
            statistics = statistics_of(wave)
            # Before anything is written, as for microdata.
            record_microdata_export(wave=wave, with_words=False, actor=None)
            parts = extract_parts(prepared_of(wave).extract, options["partitions"])
            folder = write_folder(options["folder"], parts, [one for one in statistics if isinstance(one, Summed)])
        except (RefusedError, MethodsError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Wrote {folder.rows} responses in {len(folder.files)} parts to {folder.path}.")
        left = len(statistics) - len(folder.statistics)
        if left:
            self.stdout.write(
                f"{left} medians and composite indices are not among the statistics: sums do not give them."
            )


def statistics_of(wave: Wave) -> list[Asked]:
    """What the tables of the wave's plan ask for, each once."""
    planned = planned_tables(wave_vocabulary(wave, collected_of(wave), "en"))
    return list({one.key: one for table in planned for one in table.asked.values()}.values())
