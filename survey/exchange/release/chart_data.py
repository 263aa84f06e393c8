"""The sheet that charts draw the lengths of their intervals from, one row a bar, behind all others in a book."""

from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.release.charts import arms_of
from survey.exchange.sheets.paper import UPRIGHT, print_on
from survey.exchange.sheets.writing import put, width_of
from survey.methods.released.table import ReleasedTable

CHART_DATA = "Chart data"
PRINTED = 40
"""Rows of a sheet for programs that are printed."""
HEADS = ("table", "row", "interval_below", "interval_above")


@dataclass(kw_only=True)
class ChartData:
    """The rows so far; a table that was given its rows in one language has the same ones in the other."""

    rows: list[tuple[str, str, float, float]] = field(default_factory=list)
    places: dict[str, tuple[str, str] | None] = field(default_factory=dict)

    def of(self, table: ReleasedTable) -> tuple[str, str] | None:
        """Where the lengths below and above the bars of a table stand; None where it has no interval."""
        # Lengths are numbers, alike in every language: both charts of a table draw from the same cells.
        if table.code not in self.places:
            # Rows of a sheet count from 1, and the first has the heads.
            first, arms = len(self.rows) + 2, arms_of(table)
            self.rows += [(table.code, *arm) for arm in arms]
            last = len(self.rows) + 1
            below, above = (f"'{CHART_DATA}'!${letter}${first}:${letter}${last}" for letter in "CD")
            self.places[table.code] = (below, above) if arms else None
        return self.places[table.code]

    def write(self, book: Workbook, *, footer: str = "") -> Worksheet | None:
        """Write the sheet, from its first row down; None where no chart has an interval."""
        if not self.rows:
            return None
        sheet: Worksheet = book.create_sheet(CHART_DATA)
        for number, row in enumerate((HEADS, *self.rows), 1):
            for column, value in enumerate(row, 1):
                put(sheet, number, column, value)
        for column, letter in enumerate("ABCD"):
            texts = [str(row[column]) for row in (HEADS, *self.rows)]
            sheet.column_dimensions[letter].width = max(map(width_of, texts)) + 2
        sheet.freeze_panes = "A2"
        print_on(sheet, UPRIGHT, footer=footer)
        # Charts and programs read all of it; on paper a page shows what it holds.
        sheet.print_area = f"A1:D{min(len(self.rows) + 1, PRINTED)}"
        return sheet
