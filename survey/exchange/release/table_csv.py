"""One table as comma-separated values: a line per figure with all that it means, for other programs."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from survey.asked_terms.speaking import spoken
from survey.exchange.figures.captions import base_of_row
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.release.units import unit_of
from survey.exchange.sheets.plain_cells import no_formula
from survey.methods.change.tables import adjusted_p
from survey.methods.tables.table import Cell, TableKind

HEADS = (
    "wave", "filter", "table", "row_code", "row", "column_code", "column", "statistic", "unit", "base", "n", "estimate",
    "se", "cv", "ci_low", "ci_high", "p", "rank", "rank_low", "rank_high", "quality", "status", "before", "after",
    "n_before", "n_after", "of_all", "of_all_se", "of_all_ci_low", "of_all_ci_high", "of_all_n",
    "second_ci_low", "second_ci_high", "filled", "lacking", "measured",
    "band_low", "band_high", "of_all_band_low", "of_all_band_high",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What every line says: wave, firms under the filter, and a remark such as that of a provisional figure."""

    wave: str = ""
    firms: str = ""
    remark: str = ""


NOTHING = About()


def table_csv(table: FigureTable, about: About = NOTHING) -> bytes:
    """The figures in UTF-8 with the mark by which spreadsheets know it; withheld ones have a status and no number.

    ``p`` is by Holm's rule for the whole table: of a change against none, of a rank against the next one. A remark
    stands in a last column of every line. ``measured`` is what the two figures of a change are. Where a band is told in
    place of a figure, its ends stand in columns of their own and the figure is empty.
    """
    # newline="": the csv module writes its own line ends (RFC 4180: CR LF).
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*HEADS, *(["remark"] if about.remark else [])])
    lines = ([*line, *([about.remark] if about.remark else [])] for line in _lines(table, about))
    # Labels are whatever a designer wrote, and the file is made to be opened by a spreadsheet.
    writer.writerows(map(no_formula, line) for line in lines)
    # Without the byte order mark Excel reads a CSV file in the code page of Windows, and Chinese is lost.
    return text.getvalue().encode("utf-8-sig")


def _lines(table: FigureTable, about: About) -> Iterator[list[object]]:
    p = adjusted_p(table) if table.spec.kind is TableKind.CHANGE else {}
    statistic, measured = table.spec.statistic, table.spec.measured or ""
    for row, column, cell in table.walk():
        names = [about.wave, about.firms, table.spec.code, row.code, row.label, column.code, column.label]
        kind = [statistic.value, unit_of(table.spec, row, spoken()), base_of_row(table, row)]
        figures = [*_figures(cell, p.get(row.code, cell.p_next)), *_beside(cell)]
        yield [*names, *kind, *figures, measured, *_bands(cell)]


def _figures(cell: Cell, p: float | None) -> list[object]:
    # The middle of a band is no figure, and a program could not tell it from one.
    estimate = None if cell.band else cell.estimate
    figures = (cell.n, estimate, cell.se, cell.cv, cell.ci_low, cell.ci_high, p)
    ranks = (cell.rank, cell.rank_low, cell.rank_high)
    return [*_written(*figures, *ranks), cell.quality, cell.status.value]


def _beside(cell: Cell) -> list[object]:
    """Levels of a change, the share of all firms, the second interval, and what was filled or is lacking."""
    levels, whole = cell.levels, cell.of_all
    change = (levels.before, levels.after, levels.n_before, levels.n_after) if levels else (None,) * 4
    share = (
        (None if whole.band else whole.estimate, whole.se, whole.ci_low, whole.ci_high, whole.n)
        if whole
        else (None,) * 5
    )
    second = cell.second or (None, None)
    return _written(*change, *share, *second, cell.filled, cell.lacking)


def _bands(cell: Cell) -> list[object]:
    whole = cell.of_all.band if cell.of_all else None
    return _written(*(cell.band or (None, None)), *(whole or (None, None)))


def _written(*figures: float | None) -> list[object]:
    # An empty field: a word for what is missing would make the column one of texts in every program.
    return ["" if figure is None else figure for figure in figures]
