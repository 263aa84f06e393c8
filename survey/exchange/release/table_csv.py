"""One table as comma-separated values: a line per figure, for other programs."""

import csv
from collections.abc import Iterator
from io import StringIO

from survey.methods.tables.table import Cell, ProtectedTable

HEADS = (
    "table", "row_code", "row", "column_code", "column", "n", "estimate", "se", "cv", "ci_low", "ci_high",
    "rank", "rank_low", "rank_high", "quality", "status",
)  # fmt: skip


def table_csv(table: ProtectedTable, remark: str = "") -> bytes:
    """The figures in UTF-8 with the mark by which spreadsheets know it; withheld ones have a status and no number.

    A ``remark``, such as the mark of a demonstration, stands in a last column of every line.
    """
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*HEADS, *(["remark"] if remark else [])])
    writer.writerows([*line, *([remark] if remark else [])] for line in _lines(table))
    return text.getvalue().encode("utf-8-sig")


def _lines(table: ProtectedTable) -> Iterator[list[object]]:
    for row, column, cell in table.walk():
        yield [table.spec.code, row.code, row.label, column.code, column.label, *_figures(cell)]


def _figures(cell: Cell) -> list[object]:
    figures = (
        cell.n,
        cell.estimate,
        cell.se,
        cell.cv,
        cell.ci_low,
        cell.ci_high,
        cell.rank,
        cell.rank_low,
        cell.rank_high,
    )
    return [*("" if figure is None else figure for figure in figures), cell.quality, cell.status.value]
