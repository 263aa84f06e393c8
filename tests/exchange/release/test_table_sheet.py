"""The sheet of one table as it is printed."""

from dataclasses import replace

import pytest
from django.utils.translation import override
from openpyxl import Workbook

from survey.exchange.release.table_sheet import Front, fill_table
from survey.methods.released.table import ReleasedTable
from survey.methods.tables.table import Heading
from tests.small_content import SHOWN, ranking

FRONT = Front(title="T", told="T", base="B", notes="N", source="S" * 200, back=("back", "Contents"))


def of_rows(rows: int) -> ReleasedTable:
    small = ranking("en")
    headings = tuple(Heading(code=str(number), label=f"Item {number}") for number in range(rows))
    spec = replace(small.spec, rows=replace(small.spec.rows, headings=headings))
    table = type(small)._of(spec, [[SHOWN]] * rows, small.base)
    return ReleasedTable(table=table, title="Title", measure="Measure", firms="120")


@pytest.mark.parametrize(("rows", "repeated"), [(5, None), (24, None), (70, "$7:$7")])
def test_heads_are_repeated_only_where_a_table_goes_on_over_the_page(rows: int, repeated: str | None) -> None:
    """They would stand above its chart, which has a page of its own, as if they were of it."""
    sheet = Workbook().create_sheet("table")
    with override("en"):
        fill_table(sheet, of_rows(rows), FRONT, name="t", footer="F")
    assert sheet.print_title_rows == repeated
