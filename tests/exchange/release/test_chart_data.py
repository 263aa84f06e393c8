"""The sheet behind a workbook that its error bars are drawn from."""

from dataclasses import replace

from openpyxl import Workbook

from survey.exchange.release.chart_data import ChartData
from survey.methods.released.table import ReleasedTable
from survey.methods.tables.table import Cell
from tests.small_content import ROUGH, SHOWN, ranking


def released(code: str, first: Cell = SHOWN) -> ReleasedTable:
    table = ranking("en", (first, ROUGH))
    named = type(table)._of(replace(table.spec, code=code), table.cells, table.base)
    return ReleasedTable(table=named, title="Cost", measure="Share of firms", firms="120")


def test_lengths_of_each_table_follow_those_of_the_one_before() -> None:
    data = ChartData()
    assert data.of(released("one")) == ("'Chart data'!$C$2:$C$3", "'Chart data'!$D$2:$D$3")
    assert data.of(released("two")) == ("'Chart data'!$C$4:$C$5", "'Chart data'!$D$4:$D$5")


def test_table_in_its_other_language_is_drawn_from_the_same_rows() -> None:
    data = ChartData()
    places = [data.of(released("one")), data.of(released("two")), data.of(released("one"))]
    assert (places[2], len(data.rows)) == (places[0], 4)


def test_table_without_an_interval_takes_no_row() -> None:
    data = ChartData()
    assert (data.of(released("one", ROUGH)), data.rows) == (None, [])
    assert data.write(Workbook()) is None


def test_sheet_says_how_far_the_interval_reaches_on_either_side() -> None:
    data, book = ChartData(), Workbook()
    data.of(released("one"))
    sheet = data.write(book)
    assert sheet is not None
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["table", "row", "interval_below", "interval_above"],
        ["one", "cost", 0.09, 0.09],
        ["one", "data", 0, 0],
    ]


def test_of_a_long_sheet_a_page_is_printed_with_all_its_names_whole() -> None:
    """Charts read it; on paper it would take pages, of names cut off by the next column."""
    data, book = ChartData(), Workbook()
    for number in range(30):
        data.of(released(f"a_long_name_of_table_{number}"))
    sheet = data.write(book)
    assert sheet is not None
    assert (sheet.max_row, sheet.print_area) == (61, "'Chart data'!$A$1:$D$40")
    assert sheet.column_dimensions["A"].width > len("a_long_name_of_table_29")
