"""Response rates that leave, worked by hand."""

import numpy as np

from survey.methods.clearing.clearing import clear
from survey.methods.production import prepare
from survey.methods.tables.domain import ALL_FIRMS
from survey.methods.tables.table import Cell
from survey.terms import CellStatus
from tests.methods.clearing.surveyed import WORDS, collected, with_answers_of


def test_rates_of_strata_are_bands_and_of_margins_steps() -> None:
    """13 of 20 small firms of B answered, 65 %; of all 160 firms 153, 95.6 %."""
    wave = collected([[20, 20], [20, 20], [20, 20], [20, 20]])
    gone = with_answers_of(wave, np.arange(160) >= 7)
    response = clear(prepare(gone, WORDS), WORDS).tables[ALL_FIRMS]["response"]
    assert response.cell("B", "small") == Cell(n=20, estimate=0.7, band=(0.6, 0.8), decimals=0)
    assert response.cell("B", "large") == Cell(n=20, estimate=0.9, band=(0.8, 1.0), decimals=0)
    assert response.cell("all", "all") == Cell(n=160, estimate=0.95, decimals=0)
    assert response.base.n == 160


def test_rate_of_few_sampled_firms_is_withheld() -> None:
    few = clear(prepare(collected([[20, 20], [20, 20], [20, 20], [20, 9]]), WORDS), WORDS)
    assert few.tables[ALL_FIRMS]["response"].cell("H", "large").status is CellStatus.WITHHELD
