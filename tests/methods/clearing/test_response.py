"""Response rates that leave, worked by hand."""

from dataclasses import replace

import numpy as np

from survey.methods.clearing.cleared import ClearedTable
from survey.methods.clearing.clearing import clear, states_of
from survey.methods.clearing.differences import EarlierCut
from survey.methods.clearing.response import sampled_states
from survey.methods.collected import Collected
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


EVEN = collected([[20, 20], [20, 20], [20, 20], [20, 20]])


def answered_by(small: int, out_of_scope: int = 0) -> Collected:
    """The wave in which so many of the 20 small firms of B answered, and so many of the others are out of scope."""
    row = np.arange(160)
    wave = with_answers_of(EVEN, (row >= 20) | (row < small))
    gone = (row >= small) & (row < small + out_of_scope)
    return replace(wave, disposition=np.where(gone, "not_eligible", wave.disposition))


def cut(wave: Collected, *before: EarlierCut) -> EarlierCut:
    made = prepare(wave, WORDS)
    cube = clear(made, WORDS, before=before)
    return EarlierCut(cube=cube, states=states_of(made, WORDS), sampled=sampled_states(wave))


def rates(one: EarlierCut) -> ClearedTable:
    return one.cube.tables[ALL_FIRMS]["response"]


def test_rates_stay_where_fewer_than_ten_firms_have_another_outcome() -> None:
    """7 of 20 are 35 %, 9 are 45 %: a new band would tell that the eighth answered since. 19 of 20 are told."""
    first = cut(answered_by(7))
    second, third = cut(answered_by(9), first), cut(answered_by(19), first)
    assert rates(second) == rates(first)
    told = [rates(one).cell("B", "small").band for one in (first, third)]
    assert told == [(0.2, 0.4), (0.8, 1.0)]


def test_rates_are_held_against_every_earlier_cut() -> None:
    """Three times four more firms: the third time twelve have changed since the figure was told."""
    first = cut(answered_by(7))
    second = cut(answered_by(11), first)
    third = cut(answered_by(15), first, second)
    fourth = cut(answered_by(19), first, second, third)
    shown = [rates(one).cell("B", "small").estimate for one in (first, second, third, fourth)]
    assert shown == [0.3, 0.3, 0.3, 0.9]


def test_firms_found_out_of_scope_are_changes_of_a_rate() -> None:
    """7 of 20, of 13 or of 9: seven more out of scope change nothing that is told, eleven do."""
    first = cut(answered_by(7))
    shown = [rates(cut(answered_by(7, gone), first)).cell("B", "small").estimate for gone in (7, 11)]
    assert shown == [0.3, 0.7]


def test_rates_of_a_cut_that_kept_no_outcomes_are_held_against_nothing() -> None:
    first = replace(cut(answered_by(7)), sampled=None)
    assert rates(cut(answered_by(9), first)).cell("B", "small").band == (0.4, 0.6)
