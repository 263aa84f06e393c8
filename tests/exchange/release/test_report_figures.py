"""The figures of a report in words and columns; that they are those of the workbook is held in ``test_report.py``."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from survey.exchange.release.report_figures import MOST, key_figures, report_columns, report_lines
from survey.methods.clearing.cleared import ClearedTable, withheld_cell
from survey.methods.released.publication import publication_of
from survey.methods.released.table import ReleasedTable
from survey.methods.tables.beside import Levels, Whole
from survey.methods.tables.table import Cell, Heading, TableKind
from tests.small_content import SHOWN, small_content


@pytest.fixture(scope="module")
def tables() -> dict[str, ReleasedTable]:
    return dict(publication_of(small_content(), "en").main)


def with_cells(table: ReleasedTable, *cells: Cell, kind: TableKind = TableKind.RANKING) -> ReleasedTable:
    """The list with one row for each cell."""
    headings = tuple(Heading(code=f"r{place}", label=f"Row {place}") for place in range(len(cells)))
    spec = replace(table.spec, kind=kind, rows=replace(table.spec.rows, headings=headings))
    cleared = ClearedTable._of(spec, [(cell,) for cell in cells], table.table.base)
    return replace(table, table=cleared)


def line_of(table: ReleasedTable, cell: Cell) -> dict[str, str]:
    """What stands under each head of a list of this cell alone."""
    listed = with_cells(table, cell)
    (line,) = report_lines(listed)
    return dict(zip(report_columns(listed), line, strict=True))


@override("en")
def test_line_has_estimate_interval_error_and_quality(tables: dict[str, ReleasedTable]) -> None:
    assert line_of(tables["ranking"], SHOWN) == {
        "Item": "Row 0",
        "Firms (n, rounded)": "120",
        "Share of firms": "46%",
        "Interval (95%)": "37% – 55%",
        "Standard error": "4.5%",
        "Rank": "1 (1 – 2)",
        "Quality": "usable",
    }


@override("en")
def test_withheld_figure_is_a_sign_in_every_column(tables: dict[str, ReleasedTable]) -> None:
    line = line_of(tables["ranking"], withheld_cell())
    assert line.pop("Item") == "Row 0"
    assert set(line.values()) == {"[c]"}


@override("en")
def test_rank_of_which_nobody_doubts_stands_alone(tables: dict[str, ReleasedTable]) -> None:
    assert line_of(tables["ranking"], replace(SHOWN, rank_high=1))["Rank"] == "1"


@override("en")
def test_change_says_the_figures_that_it_lies_between(tables: dict[str, ReleasedTable]) -> None:
    changed = replace(SHOWN, rank=None, levels=Levels(before=0.25, after=0.5, n_before=100, n_after=120))
    line = line_of(tables["ranking"], changed)
    assert (line["Earlier wave"], line["This wave"]) == ("25%", "50%")
    assert "Rank" not in line


@override("en")
def test_share_of_all_firms_stands_where_a_table_has_one(tables: dict[str, ReleasedTable]) -> None:
    line = line_of(
        tables["ranking"], replace(SHOWN, of_all=Whole(estimate=0.2, se=None, ci_low=None, ci_high=None, n=120))
    )
    assert line["Share of all firms"] == "20%"


@override("en")
def test_matrix_has_the_columns_of_the_workbook(tables: dict[str, ReleasedTable]) -> None:
    matrix = tables["distribution"]
    assert report_columns(matrix) == ["Item", "All firms", "Serious"]
    assert report_lines(matrix) == [["=Cost", "46%", "54%"], ["Data", "[c]", "[z]"]]


@override("en")
def test_headlines_are_the_key_figures_else_the_beginning_of_the_first_list(tables: dict[str, ReleasedTable]) -> None:
    long = with_cells(tables["ranking"], *[SHOWN] * (MOST + 1))
    headline = with_cells(tables["ranking"], SHOWN, kind=TableKind.HEADLINE)
    given = ([tables["distribution"], long, long], [long, headline])
    assert [len(sentences) for some in given for *_head, sentences in key_figures(some)] == [MOST, 1]


@override("en")
def test_sentence_without_a_figure_says_its_sign_alone(tables: dict[str, ReleasedTable]) -> None:
    ((_measure, _firms, sentences),) = key_figures([with_cells(tables["ranking"], withheld_cell())])
    assert sentences == ["Row 0: [c]"]
