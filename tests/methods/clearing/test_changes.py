"""Changes between two waves' cleared figures, worked by hand."""

from typing import Any

from survey.methods.clearing.changes import ClearedPage, cleared_changes
from survey.methods.clearing.cleared import ClearedTable
from survey.methods.tables.beside import Levels
from survey.methods.tables.table import Base, Cell
from survey.terms import CellStatus
from tests.methods.words import WORDS, tables

(RANKING,) = tables(WORDS, "ranking")
SAME = {"B1": "B1", "B2": "B2"}


def page(*cells: Cell) -> ClearedPage:
    table = ClearedTable._of(RANKING.spec, [[cell] for cell in cells], Base(n=200))
    return ClearedPage(tables={"ranking": table}, words=WORDS)


def share(estimate: float, se: float | None = 0.03, **more: Any) -> Cell:
    return Cell(n=200, estimate=estimate, se=se, **more)


def change(now: Cell, before: Cell) -> Cell:
    made = cleared_changes(page(now, share(0.5)), page(before, share(0.5)), SAME)
    return made["change_ranking"].cell("B1", "change")


def test_change_is_the_difference_of_what_both_waves_show() -> None:
    """45 % after 38 %: 7 points, with an error of the root of 3^2 + 4^2."""
    told = change(share(0.45), share(0.38, 0.04))
    assert (told.estimate, told.se, told.ci_low, told.ci_high) == (7, 5, -2.8, 16.8)
    assert (told.n, told.levels) == (None, Levels(before=0.38, after=0.45, n_before=200, n_after=200))


def test_change_of_a_withheld_figure_is_withheld() -> None:
    assert change(share(0.4), Cell(n=None, status=CellStatus.WITHHELD)) == Cell(n=None, status=CellStatus.WITHHELD)


def test_change_is_as_unreliable_as_its_source() -> None:
    told = change(share(0.4), share(0.3, status=CellStatus.UNRELIABLE, quality="**"))
    assert (told.status, told.quality) == (CellStatus.UNRELIABLE, "**")


def test_change_from_a_band_is_a_band() -> None:
    """10 % after less than 3 %: between 7 and 10 points."""
    told = change(share(0.10), share(0.015, None, band=(0.0, 0.03)))
    assert (told.band, told.se) == ((7, 10), None)


def test_largest_change_stands_first() -> None:
    made = cleared_changes(page(share(0.5), share(0.9)), page(share(0.5), share(0.5)), SAME)
    assert made["change_ranking"].rows.codes == ("B2", "B1")


def test_change_that_is_withheld_stands_behind_the_smallest() -> None:
    withheld = Cell(n=None, status=CellStatus.WITHHELD)
    made = cleared_changes(page(withheld, share(0.505)), page(share(0.4), share(0.5)), SAME)["change_ranking"]
    assert [(row.code, cell.estimate) for row, _column, cell in made.walk()] == [("B2", 0.5), ("B1", None)]
