"""Tables from one survey whose weights are calibrated, with and without the errors of some."""

from dataclasses import replace

from survey.methods.extract import Coded
from survey.methods.tables.filtering import Filter
from survey.methods.tables.making import make_tables
from survey.methods.tables.table import Cell, Table
from tests.methods.surveys import random_extract
from tests.methods.words import ROWS, WORDS, tables

PLANNED = tables(WORDS, "ranking", "severity_by_size")
SURVEY = random_extract(calibrated="raking")
EXTRACT = replace(
    SURVEY,
    items={row: SURVEY.items[code] for row, code in zip(ROWS, SURVEY.items, strict=False)},
    domains={
        "industry": Coded(SURVEY.domains["industry"].codes, ("C", "D", "E", "F")),
        "size": Coded(SURVEY.domains["size"].codes - 1, ("small", "micro")),
    },
)


def without_error(cell: Cell) -> tuple[object, ...]:
    return cell.n, cell.estimate, cell.weighted_count, cell.enumerated, cell.unanimous, cell.contributions


def cells(table: Table) -> list[Cell]:
    return [cell for _row, _column, cell in table.walk()]


def test_tables_whose_errors_nobody_looks_at_have_the_same_figures_and_leave_all_others_as_they_are() -> None:
    one, two = (Filter(extract=EXTRACT, domain=(("industry", "D"),)) for _time in range(2))
    ranking, by_size = make_tables(one, PLANNED)
    same, plain = make_tables(two, PLANNED, without_errors={"severity_by_size"})
    assert same == ranking
    assert list(map(without_error, cells(plain))) == list(map(without_error, cells(by_size)))
    # Their errors take more than half of the work: what these are made of was not added up.
    assert [list(filter_.added) for filter_ in (one, two, two.plain)] == [[("size",), ()], [()], [("size",)]]
    assert two.plain.added["size",].projection is None
