from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.methods.tables.quality import grade_cell, grade_table
from survey.methods.tables.table import Axis, Cell, Dimension, Heading, Statistic, Table, TableKind, TableSpec
from survey.terms import CellStatus


def mean(cv: Any, n: int = 100, df: float = 50.0) -> Cell:
    return Cell(n=n, estimate=10.0, cv=cv, df=df)


def share(estimate: Any, low: Any, high: Any, n: int = 100, df: float = 50.0) -> Cell:
    return Cell(n=n, estimate=estimate, ci_low=low, ci_high=high, df=df)


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        (mean(0.0), "shown"),
        (mean(0.20), "shown"),
        (mean(0.21), "caution"),
        (mean(0.30), "caution"),
        (mean(0.31), "unreliable"),
        (mean(None), "unreliable"),
        (mean(0.1, n=30, df=9), "shown"),
        (mean(0.1, n=29), "unreliable"),
        (mean(0.1, df=8), "unreliable"),
        (Cell(n=0), "empty"),
        (Cell(n=50), "empty"),
    ],
)
def test_default_rule_for_means(cell: Cell, status: str) -> None:
    assert grade_cell(cell, Statistic.MEAN).status == status


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        (share(0.02, 0.001, 0.05), "shown"),
        (share(0.5, 0.36, 0.64), "shown"),
        (share(0.5, 0.35, 0.65), "unreliable"),
        (share(0.05, 0.01, 0.08), "unreliable"),
        (share(0.10, 0.04, 0.17), "shown"),
        (share(0.5, 0.4, 0.6, n=29), "unreliable"),
        (share(0.5, 0.4, 0.6, df=7), "caution"),
        (share(0.5, 0.4, 0.6, df=8), "shown"),
        (share(0.0, 0.0, 0.08), "caution"),
        (share(1.0, 0.65, 1.0), "unreliable"),
        (share(1 - 1e-16, 0.97, 1.0), "caution"),
        (share(0.5, np.nan, np.nan), "unreliable"),
        (Cell(n=100, estimate=0.5), "unreliable"),
    ],
)
def test_default_rule_for_shares(cell: Cell, status: str) -> None:
    assert grade_cell(cell, Statistic.SHARE).status == status


def test_grading_keeps_the_figures() -> None:
    assert grade_cell(mean(0.25), Statistic.MEAN) == Cell(
        n=100, estimate=10.0, cv=0.25, df=50.0, quality="*", status=CellStatus.CAUTION
    )


def test_table_is_graded_by_its_statistic() -> None:
    one = Dimension(code="q", axis=Axis.ITEM, headings=(Heading(code="q1"),))
    groups = Dimension(code="g", axis=Axis.DOMAIN, headings=(Heading(code="all"), Heading(code="none")))
    table = Table(
        spec=TableSpec(
            code="t", title="T", kind=TableKind.RANKING, rows=one, columns=groups, statistic=Statistic.SHARE
        ),
        cells=((share(0.5, 0.4, 0.6), Cell(n=0)),),
    )
    assert [cell.status for cell in grade_table(table).cells[0]] == ["shown", "empty"]


def test_census_of_few_firms_is_reliable_and_a_sample_of_them_is_not() -> None:
    of_all = Cell(n=5, estimate=0.4, se=0.0, cv=0.0, ci_low=0.4, ci_high=0.4, df=4, enumerated=True)
    assert grade_cell(of_all, Statistic.SHARE).status is CellStatus.SHOWN
    assert grade_cell(replace(of_all, enumerated=False), Statistic.SHARE).status is CellStatus.UNRELIABLE


def test_few_effective_answers_make_a_share_unreliable() -> None:
    cell = Cell(n=100, estimate=0.5, se=0.02, cv=0.04, ci_low=0.46, ci_high=0.54, df=80, n_eff=29.0)
    assert grade_cell(cell, Statistic.SHARE).status is CellStatus.UNRELIABLE
    assert grade_cell(replace(cell, n_eff=30.0), Statistic.SHARE).status is not CellStatus.UNRELIABLE


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"n_chance": 25}, "shown"),
        ({"n_chance": 24}, "caution"),
        ({"absent": 0.10}, "shown"),
        ({"absent": 0.11}, "caution"),
        ({"n_chance": 24, "cv": 0.31}, "unreliable"),
    ],
)
def test_amounts_of_few_firms_drawn_by_chance_or_without_their_largest_are_used_with_care(
    more: dict[str, Any], status: str
) -> None:
    assert grade_cell(replace(mean(0.1), **more), Statistic.TOTAL).status == status


@pytest.mark.parametrize("statistic", [Statistic.QUANTILE, Statistic.COUNT])
def test_medians_and_numbers_of_firms_need_effective_answers(statistic: Statistic) -> None:
    assert grade_cell(replace(mean(0.1), n_eff=29.0), statistic).status is CellStatus.CAUTION
    assert grade_cell(replace(mean(0.1), n_eff=30.0), statistic).status is CellStatus.SHOWN
    assert grade_cell(replace(mean(0.1), n_eff=29.0), Statistic.MEAN).status is CellStatus.SHOWN


def test_census_has_no_caveat() -> None:
    cell = Cell(n=5, estimate=0.4, se=0.0, cv=0.0, df=4, enumerated=True, n_chance=0)
    assert grade_cell(cell, Statistic.MEAN).status is CellStatus.SHOWN
