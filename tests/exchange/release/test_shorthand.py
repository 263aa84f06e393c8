"""What stands in place of a number that is not there."""

import pytest

from survey.exchange.release.shorthand import SHORTHAND, or_sign, shorthand_of
from survey.methods.clearing.cleared import withheld_cell
from survey.methods.tables.table import Cell
from survey.terms import CellStatus


@pytest.mark.parametrize(
    ("cell", "sign"),
    [
        (withheld_cell(), "[c]"),
        (Cell(n=None, status=CellStatus.PRIMARY), "[c]"),
        (Cell(n=20, status=CellStatus.UNRELIABLE), "[u]"),
        (Cell(n=0, status=CellStatus.EMPTY), "[z]"),
        (Cell(n=20, estimate=0.3), "[x]"),
        (Cell(n=20, estimate=0.3, status=CellStatus.CAUTION), "[x]"),
    ],
)
def test_sign_says_why_a_number_is_not_there(cell: Cell, sign: str) -> None:
    assert shorthand_of(cell) == sign
    assert or_sign(None, cell) == sign


def test_number_that_is_there_stays_also_where_it_is_nothing() -> None:
    assert or_sign(0.0, withheld_cell()) == 0.0


def test_every_sign_is_explained() -> None:
    assert {shorthand_of(Cell(n=1, status=status)) for status in CellStatus} == set(SHORTHAND)
