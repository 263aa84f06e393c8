import pickle
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from survey.methods.errors import UnknownColumn, WrongShape
from survey.methods.protection.disclosure import protect
from survey.methods.tables.beside import Contributions
from survey.methods.tables.domain import domain_of
from survey.methods.tables.table import (
    Axis,
    Base,
    Cell,
    Dimension,
    Heading,
    ProtectedTable,
    Statistic,
    Table,
    TableKind,
    TableSpec,
)
from survey.terms import CellStatus

ROWS = Dimension(
    code="items", axis=Axis.ITEM, headings=(Heading(code="q1", label="Power"), Heading(code="q2", label="Data"))
)
COLUMNS = Dimension(
    code="size", axis=Axis.DOMAIN, headings=(Heading(code="all"), Heading(code="small", domain=domain_of(size="small")))
)
SPEC = TableSpec(
    code="t", title="Severity", kind=TableKind.HEAT_MAP, rows=ROWS, columns=COLUMNS, statistic=Statistic.SHARE
)
TABLE = Table(
    spec=SPEC,
    cells=((Cell(n=50, estimate=0.1), Cell(n=30, estimate=0.2)), (Cell(n=50, estimate=0.3), Cell(n=30, estimate=0.4))),
    base=Base(n=50),
    notes=("A note.",),
)


def test_cell_is_found_by_its_codes() -> None:
    assert TABLE.cell("q2", "small").estimate == 0.4


@pytest.mark.parametrize("codes", [("q3", "all"), ("q1", "large")])
def test_unknown_codes_are_refused(codes: tuple[str, str]) -> None:
    with pytest.raises(UnknownColumn):
        TABLE.cell(*codes)


def test_walk_goes_row_by_row_with_headings() -> None:
    walked = [(row.code, column.code, cell.estimate) for row, column, cell in TABLE.walk()]
    assert walked == [("q1", "all", 0.1), ("q1", "small", 0.2), ("q2", "all", 0.3), ("q2", "small", 0.4)]


@pytest.mark.parametrize(
    "cells", [((Cell(n=1), Cell(n=1)),), ((Cell(n=1),), (Cell(n=1),)), ((Cell(n=1), Cell(n=1)), (Cell(n=1),))]
)
def test_cells_must_fit_the_headings(cells: tuple[Any, ...]) -> None:
    with pytest.raises(WrongShape):
        Table(spec=SPEC, cells=cells)


def test_table_without_rows_is_allowed() -> None:
    empty = replace(SPEC, rows=replace(ROWS, headings=()))
    assert list(Table(spec=empty, cells=()).walk()) == []
    assert list(protect([Table(spec=empty, cells=())])[0].walk()) == []


def test_protected_table_cannot_be_made_by_hand() -> None:
    with pytest.raises(TypeError):
        ProtectedTable(spec=SPEC, cells=TABLE.cells)
    (protected,) = protect([TABLE])
    with pytest.raises(TypeError):
        replace(protected, cells=TABLE.cells)


def test_protected_table_is_frozen_and_survives_a_cache() -> None:
    (protected,) = protect([TABLE])
    with pytest.raises(FrozenInstanceError):
        protected.cells = ()  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(protected)) == protected
    assert (protected.notes, protected.base.n) == (("A note.",), 50)


def test_withheld_cell_holds_only_its_status() -> None:
    cell = Cell(
        n=5, estimate=0.2, se=0.1, cv=0.5, ci_low=0.0, ci_high=0.4, df=4, weighted_count=77.0, rank=1, rank_low=1,
        rank_high=2, p_next=0.01, leads=True, quality="*", enumerated=True, contributions=Contributions(1, ()),
        unanimous=True, second=(0.1, 0.3), filled=0.1, lacking=0.2, n_eff=4.0,
    )  # fmt: skip
    assert cell.withhold(CellStatus.PRIMARY) == Cell(n=None, status=CellStatus.PRIMARY)
    assert cell.withhold(CellStatus.SECONDARY).is_withheld


def test_contributions_of_two_groups_join() -> None:
    joined = Contributions(10.0, (5.0, 3.0)).join(Contributions(9.0, (4.0, 1.0)))
    assert joined == Contributions(19.0, (5.0, 4.0))
