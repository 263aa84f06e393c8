"""The progress of a wave as comma-separated values: a line for each group of each grouping, for other programs."""

import csv
from io import StringIO

from survey.exchange.sheets.plain_cells import no_formula
from survey.methods.active.progress import FLAGS, GroupProgress

HEADS = ("wave", "as_of", "grouping", "group", *FLAGS, "planned", "rr1")


def progress_csv(wave: str, as_of: str, groups: list[tuple[str, list[GroupProgress]]]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it; ``as_of`` is a time as text."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADS)
    for grouping, rows in groups:
        for row in rows:
            counts = [getattr(row, flag) for flag in FLAGS]
            rate = "" if row.rr1 is None else row.rr1
            line = [wave, as_of, grouping, row.name, *counts, round(row.planned, 2), rate]
            writer.writerow(map(no_formula, line))
    return text.getvalue().encode("utf-8-sig")
