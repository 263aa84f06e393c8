"""Estimates of every group of a cube, by hand: those of its own firms, whichever other groups there are."""

from dataclasses import replace

import numpy as np
import pytest

from survey.methods.clearing.clearing import clearable_tables
from survey.methods.clearing.cube import cube_of
from survey.methods.clearing.estimates import CubeEstimates, cube_estimates
from survey.methods.collected import Collected
from survey.methods.extract import Coded
from survey.methods.production import Prepared, prepare
from survey.methods.tables.domain import ALL_FIRMS, Domain, domain_of
from survey.methods.tables.table import Cell, Table
from tests.methods.clearing.surveyed import STEPS, WORDS, collected

FIRMS = [[6, 5], [4, 3], [6, 6], [5, 4]]
WAVE = collected(FIRMS)


def estimates_of(wave: Collected) -> CubeEstimates:
    ready: Prepared = prepare(wave, WORDS)
    return cube_estimates(ready, cube_of(ready.extract, WORDS), clearable_tables(WORDS))


MADE = estimates_of(WAVE)


def tables(domain: Domain, made: CubeEstimates = MADE) -> dict[str, Table]:
    return {table.spec.code: table for _plan, table in made.tables(domain, clearable_tables(WORDS))}


@pytest.mark.parametrize(
    ("domain", "industries", "sizes"),
    [
        (ALL_FIRMS, [0, 1, 2, 3], [0, 1]),
        (domain_of(industry="C"), [1], [0, 1]),
        (domain_of(sector="services"), [2, 3], [0, 1]),
        (domain_of(sector="goods", size="large"), [0, 1], [1]),
    ],
)
def test_figures_of_a_group_are_those_of_its_firms(domain: Domain, industries: list[int], sizes: list[int]) -> None:
    """All weights are 2 here, so that means and shares are those of the firms themselves."""
    inside = np.isin(WAVE.domains["industry"].codes, industries) & np.isin(WAVE.domains["size"].codes, sizes)
    made, revenue = tables(domain), WAVE.values["revenue"][inside]
    serious = np.isin(WAVE.items["B1"].codes[inside], [3, 4])
    share, mean = made["ranking"].cell("B1", "4+5"), made["means"].cell("revenue", "all")
    assert (MADE.firms(domain), made["ranking"].base.n, share.n) == (inside.sum(),) * 3
    assert share.estimate == pytest.approx(serious.mean())
    assert mean.estimate == pytest.approx(revenue.mean())
    assert made["totals"].cell("revenue", "all").estimate == pytest.approx(2 * revenue.sum())


def test_median_of_a_group_is_told_as_the_mean_of_five_of_its_firms() -> None:
    inside = WAVE.domains["industry"].codes == 1
    ordered = np.sort(WAVE.values["revenue"][inside])
    assert tables(domain_of(industry="C"))["medians"].cell("revenue", "all").estimate == ordered[1:6].mean()


def test_table_by_a_group_that_is_not_crossed_with_the_own_one_is_left_out() -> None:
    """Sectors are crossed with sizes, industries are not."""
    assert "severity_by_size" in tables(domain_of(sector="goods"))
    assert "severity_by_size" not in tables(domain_of(industry="C"))


def test_group_in_which_nobody_answered_has_no_figure() -> None:
    codes = np.where(WAVE.domains["industry"].codes == 1, -1, WAVE.items["B1"].codes)
    made = estimates_of(replace(WAVE, items={**WAVE.items, "B1": Coded(codes, STEPS)}))
    found = tables(domain_of(industry="C"), made)["ranking"]
    assert (found.base.n, found.cell("B1", "4+5")) == (7, Cell(n=0))
    assert found.cell("B2", "4+5") == tables(domain_of(industry="C"))["ranking"].cell("B2", "4+5")


def test_second_interval_stands_beside_figures_of_all_firms_alone() -> None:
    prepared = MADE.prepared
    (mean,) = next(plan for plan in clearable_tables(WORDS) if plan.code == "means").asked.values()
    made = replace(MADE, prepared=replace(prepared, second={mean.key: (18.0, 29.0)}))
    cells = [tables(one, made)["means"].cell("revenue", "all") for one in (ALL_FIRMS, domain_of(industry="C"))]
    assert [cell.second for cell in cells] == [(18.0, 29.0), None]
