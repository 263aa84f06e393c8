"""Medians as means of neighbours, worked by hand."""

from dataclasses import replace

import numpy as np

from survey.methods.clearing.clearing import clearing_of
from survey.methods.clearing.cube import Cube
from survey.methods.clearing.medians import Neighbours, mean_around
from survey.methods.collected import Collected
from survey.methods.extract import Extract
from survey.methods.production import prepare
from survey.methods.tables.domain import ALL_FIRMS, domain_of
from survey.methods.tables.table import Cell
from tests.methods.clearing.surveyed import WORDS, collected

ANSWERS = np.array([1.0, 2, 4, 8, 16, 32, 64])


def test_median_is_the_mean_of_five_neighbours() -> None:
    """Two below 8 and two above it: (2 + 4 + 8 + 16 + 32) / 5."""
    assert mean_around(ANSWERS, 8.0) == 12.4


def test_five_firms_stand_behind_an_end_as_well() -> None:
    """At the least answer the five least: (1 + 2 + 4 + 8 + 16) / 5."""
    assert mean_around(ANSWERS, 1.0) == 6.2
    assert mean_around(ANSWERS, 64.0) == 24.8


def test_rows_of_one_firm_are_one_of_the_five_neighbours() -> None:
    """8 to 32 are of one firm, whose mean is 56 / 3: with 2, 4, 64 and 128 these are five, the others are further off."""
    answers, unit = np.array([1.0, 2, 4, 8, 16, 32, 64, 128, 256]), np.array([0, 1, 2, 3, 3, 3, 4, 5, 6])
    assert mean_around(answers, 16.0, unit) == (2 + 4 + 56 / 3 + 64 + 128) / 5
    assert mean_around(answers, 16.0, np.zeros(9, int)) == answers.mean()


def test_median_of_a_wave_counts_an_enterprise_group_once() -> None:
    """B says the squares of 1 to 40. Of 18 to 22, all of one group, the mean is 402; with two more on either side 410.4."""
    wave = collected([[20, 20], [20, 20], [20, 20], [20, 20]])
    revenue = np.concatenate([np.arange(1.0, 41) ** 2, np.full(120, 5000.0)])
    together = np.where((np.arange(160) >= 17) & (np.arange(160) < 22), 0, -1)
    cells = [cube_median(replace(wave, values={"revenue": revenue}, enterprise=group)) for group in (None, together)]
    assert cells == [402.0, 410.4]


def cube_median(wave: Collected) -> float | None:
    found = clearing_of(prepare(wave, WORDS), WORDS)
    made = {plan.code: table for plan, table in found.estimates.tables(domain_of(industry="B"), found.planned)}
    return made["medians"].cell("revenue", "all").estimate


def test_median_of_a_group_is_made_of_its_own_answers() -> None:
    """Small firms have 1 to 7, the large ones 100 more; two gave no answer."""
    money = np.concatenate([np.arange(7.0, 0, -1), 100 + np.arange(7.0), [np.nan, np.nan]])
    size = [*np.repeat([1, 2], [7, 7]).tolist(), 1, -1]
    cube = Cube(
        domains=(ALL_FIRMS, domain_of(size="small"), domain_of(size="large")),
        places={(): np.zeros(16, int), ("size",): np.array(size)},
        nesting={},
    )
    extract = Extract(stratum=np.zeros(16, int), strata=("all",), weight=np.ones(16), values={"money": money})
    neighbours = Neighbours(extract=extract, cube=cube)
    cells = {
        "small": neighbours.soften(Cell(n=7, estimate=4.0, ci_low=1.0, ci_high=7.0), "money", domain_of(size="small")),
        "large": neighbours.soften(Cell(n=7, estimate=103.0), "money", domain_of(size="large")),
        "all": neighbours.soften(Cell(n=14, estimate=7.0), "money", ALL_FIRMS),
    }
    assert {name: cell.estimate for name, cell in cells.items()} == {"small": 4, "large": 103, "all": (18 + 201) / 5}
    assert (cells["small"].ci_low, cells["small"].ci_high, cells["large"].ci_low) == (3, 5, None)
