"""Ranks that rounded figures bear, worked by hand."""

from dataclasses import replace

from survey.methods.clearing.ranks import with_ranks
from survey.methods.tables.table import Cell, TableSpec
from survey.terms import CellStatus
from tests.methods.words import WORDS, tables

(RANKING, DISTRIBUTION, BY_SIZE) = tables(WORDS, "ranking", "distribution", "severity_by_size")
WITHHELD = Cell(n=None, status=CellStatus.WITHHELD)


def share(estimate: float, se: float | None = 0.02, **more: object) -> Cell:
    return Cell(n=200, estimate=estimate, se=se, **more)  # type: ignore[arg-type]


def ranked(first: Cell, second: Cell) -> list[tuple[str, int | None, int | None, int | None, bool]]:
    """Row, rank, its interval, and whether it leads, of both rows in their new order."""
    ((spec, cells),) = with_ranks([RANKING], [(RANKING.spec, ((first,), (second,)))])
    return [
        (code, cell.rank, cell.rank_low, cell.rank_high, cell.leads)
        for code, (cell,) in zip(spec.rows.codes, cells, strict=True)
    ]


def test_clear_difference_gives_ranks() -> None:
    """60 % against 40 % with errors of 2 %: 5 times the largest error of the difference, 4 %."""
    assert ranked(share(0.4), share(0.6)) == [("B2", 1, 1, 1, True), ("B1", 2, 2, 2, False)]


def test_errors_of_a_difference_are_the_worst_they_can_be() -> None:
    """7 points: 2.5 times the error of independent figures, but 1.75 times 4 %."""
    assert ranked(share(0.43), share(0.5)) == [("B2", 1, 1, 2, True), ("B1", 2, 1, 2, True)]


def test_equal_rounded_figures_share_a_rank() -> None:
    assert [row[1:3] for row in ranked(share(0.5), share(0.5))] == [(1, 1), (1, 1)]


def test_withheld_row_has_no_rank_and_stands_last() -> None:
    assert ranked(WITHHELD, share(0.5))[-1] == ("B1", None, None, None, False)


def test_band_is_ranked_by_its_middle_and_width() -> None:
    band = share(0.075, None, band=(0.0, 0.15))
    assert [row[:2] for row in ranked(band, share(0.5))] == [("B2", 1), ("B1", 2)]


def test_groups_lead_that_nothing_is_significantly_above() -> None:
    """All firms are compared with no group."""
    cells = ((share(0.9), share(0.6), share(0.4)), (share(0.9), share(0.5), WITHHELD))
    spec: TableSpec = replace(BY_SIZE.spec)
    ((_spec, found),) = with_ranks([BY_SIZE], [(spec, cells)])
    assert [[cell.leads for cell in line] for line in found] == [[False, True, False], [False, False, False]]


def test_error_of_a_band_is_that_of_its_interval() -> None:
    """A band of 15 points has an error of 15 / (2 x 1.96) = 3.8: 10 points are below 1.96 times 3.8 + 2."""
    band = share(0.075, None, band=(0.0, 0.15))
    assert ranked(band, share(0.175)) == [("B2", 1, 1, 2, True), ("B1", 2, 1, 2, True)]
    assert ranked(band, share(0.195)) == [("B2", 1, 1, 1, True), ("B1", 2, 2, 2, False)]


def test_rows_that_are_all_withheld_stay_in_their_order() -> None:
    assert [row[0] for row in ranked(WITHHELD, WITHHELD)] == ["B1", "B2"]


def test_distribution_has_no_ranks() -> None:
    columns = DISTRIBUTION.spec.columns.codes
    cells = tuple(tuple(share(0.2) for _ in columns) for _ in DISTRIBUTION.spec.rows.codes)
    ((spec, found),) = with_ranks([DISTRIBUTION], [(DISTRIBUTION.spec, cells)])
    assert (spec, found) == (DISTRIBUTION.spec, cells)
