import pickle
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from survey.methods.errors import UnknownColumn, WrongShape
from survey.methods.protection.disclosure import protect
from survey.methods.tables.table import (
    Axis,
    Base,
    Cell,
    Contributions,
    Dimension,
    Heading,
    ProtectedTable,
    Statistic,
    Table,
    TableKind,
    TableSpec,
    domain_of,
    within,
)
from survey.terms import CellStatus

ROWS = Dimension("items", Axis.ITEM, (Heading("q1", "Power"), Heading("q2", "Data")))
COLUMNS = Dimension("size", Axis.DOMAIN, (Heading("all"), Heading("small", domain=domain_of(size="small"))))
SPEC = TableSpec("t", "Severity", TableKind.HEAT_MAP, ROWS, COLUMNS, Statistic.SHARE)
TABLE = Table(SPEC, ((Cell(50, 0.1), Cell(30, 0.2)), (Cell(50, 0.3), Cell(30, 0.4))), Base(n=50), ("A note.",))


def test_domains_are_sorted_pairs() -> None:
    assert domain_of(size="small", industry="C") == (("industry", "C"), ("size", "small"))
    assert within(domain_of(size="small"), domain_of(industry="C", size="small")) == domain_of(
        industry="C", size="small"
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


@pytest.mark.parametrize("cells", [((Cell(1), Cell(1)),), ((Cell(1),), (Cell(1),)), ((Cell(1), Cell(1)), (Cell(1),))])
def test_cells_must_fit_the_headings(cells: tuple[Any, ...]) -> None:
    with pytest.raises(WrongShape):
        Table(SPEC, cells)


def test_table_without_rows_is_allowed() -> None:
    empty = replace(SPEC, rows=replace(ROWS, headings=()))
    assert list(Table(empty, ()).walk()) == []
    assert list(protect([Table(empty, ())])[0].walk()) == []


def test_protected_table_cannot_be_made_by_hand() -> None:
    with pytest.raises(TypeError):
        ProtectedTable(SPEC, TABLE.cells)
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
