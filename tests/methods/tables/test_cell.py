"""A cell with other values, and a cell that was packed and unpacked, have all that the first had."""

import pickle
from dataclasses import replace

import pytest

from survey.methods.tables.beside import Levels
from survey.methods.tables.table import Cell
from survey.terms import CellStatus

CELL = Cell(
    n=12, estimate=0.5, se=0.1, rank=2, leads=True, status=CellStatus.CAUTION,
    levels=Levels(before=0.4, after=0.5, n_before=10, n_after=12), second=(0.3, 0.7),
)  # fmt: skip


def test_cell_with_other_values_is_what_replace_makes() -> None:
    assert CELL.but(n=3, quality="*") == replace(CELL, n=3, quality="*")
    assert CELL.n == 12


def test_cell_has_no_field_of_another_name() -> None:
    with pytest.raises(AttributeError):
        CELL.but(number=3)


def test_cell_comes_out_of_the_cache_as_it_went_in() -> None:
    assert pickle.loads(pickle.dumps(CELL)) == CELL
