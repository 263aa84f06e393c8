"""What a rounded cell holds, worked by hand."""

from dataclasses import replace
from math import inf, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.methods.clearing.rounding import Rounder
from survey.methods.clearing.steps import Coarser, band_edge, share_step
from survey.methods.tables.beside import Contributions, Whole
from survey.methods.tables.table import Cell, Statistic
from survey.terms import CellStatus

SHARES = (0.0, 1.0)


def rounder(firms: int, heaviest: float = 0.0, worth: float | None = None) -> Rounder:
    """Of so many firms of equal weight in one stratum, drawn from very many."""
    step = share_step(firms)
    return Rounder(
        step=step, edge=band_edge(step, heaviest), worth=float(firms) if worth is None else worth, df=firms - 1.0
    )


def share(estimate: float, n: int = 120, **more: object) -> Cell:
    se = sqrt(estimate * (1 - estimate) / n)
    return Cell(n=n, estimate=estimate, se=se, df=100.0, n_eff=float(n), **more)  # type: ignore[arg-type]


def test_share_and_its_error_by_hand() -> None:
    """0.4317 on 123 firms goes to 0.44; they are worth 125 answers: sqrt(0.44 x 0.56 / 125) = 0.0444."""
    told = rounder(123).round(share(0.4317, 123, weighted_count=876.3), Statistic.SHARE, SHARES)
    assert (told.n, told.estimate, told.se, told.cv, told.band) == (120, 0.44, 0.044, 0.1, None)
    assert (told.ci_low, told.ci_high, told.weighted_count, told.df) == (0.36, 0.53, None, 120)


def test_error_of_a_share_has_no_part_in_the_answers() -> None:
    """Where the answers lie in few strata their own error is smaller; told is what the weights make it."""
    one, other = (rounder(60).round(share(0.42, 60).but(se=se), Statistic.SHARE, SHARES) for se in (0.01, 0.09))
    assert one == other


def test_ends_of_an_interval_need_thirty_answers() -> None:
    few, enough = (rounder(n).round(share(0.4, n), Statistic.SHARE, SHARES) for n in (29, 30))
    assert (few.ci_low, few.ci_high, few.n) == (None, None, 25)
    assert enough.ci_low is not None


@pytest.mark.parametrize("estimate", [0.0, 0.004, 0.0299])
def test_nobody_is_not_told_from_a_few(estimate: float) -> None:
    told = rounder(150).round(share(estimate, 150), Statistic.SHARE, SHARES)
    assert (told.estimate, told.band, told.se) == (0.015, (0.0, 0.03), None)


def test_everybody_is_not_told_from_all_but_a_few() -> None:
    """Ten of ten firms that an outsider may know: the two heaviest, a fifth of all, could have said otherwise."""
    full = Cell(n=10, estimate=1.0, se=0.0, enumerated=True)
    told = rounder(10, 0.20).round(full, Statistic.SHARE, SHARES)
    nine = rounder(10, 0.20).round(full.but(estimate=0.9), Statistic.SHARE, SHARES)
    assert told.band == nine.band == (0.75, 1.0)
    assert told == nine


def test_balance_goes_by_steps_of_its_reach() -> None:
    """12.7 of -100 to 100 on 50 firms: steps of 10, an error of 200 sqrt(0.55 x 0.45 / 50) = 14, which is 1.4 of 10."""
    cell = Cell(n=50, estimate=12.7, se=9.0, df=40.0, n_eff=50.0)
    told = rounder(50).round(cell, Statistic.BALANCE, (-100.0, 100.0))
    assert (told.estimate, told.se, told.cv) == (10, 14, 1.4)


def test_balance_of_nothing_has_no_relative_error() -> None:
    told = rounder(50).round(Cell(n=50, estimate=3.0, se=9.0, df=40.0, n_eff=50.0), Statistic.BALANCE, (-100.0, 100.0))
    assert (told.estimate, told.se, told.cv) == (0, 14, None)


def test_amount_is_told_to_what_its_error_bears() -> None:
    """An error of 37 bears steps of 20: 1,234.5 becomes 1,240; it is told as 50, and the interval 1,240 -+ 1.98 x 50."""
    told = rounder(120).round(Cell(n=120, estimate=1234.5, se=37.2, df=110.0), Statistic.MEAN, None)
    assert (told.estimate, told.se, told.cv, told.decimals) == (1240, 50, 0.04, 0)
    assert (told.ci_low, told.ci_high) == (1140, 1340)


def test_amount_of_a_census_keeps_two_digits_open() -> None:
    """Without an error the step is at most 1 %: of 98,765 it is 500."""
    told = rounder(40, worth=inf).round(Cell(n=40, estimate=98765.0, se=0.0, enumerated=True), Statistic.TOTAL, None)
    assert (told.estimate, told.status) == (99000, CellStatus.SHOWN)


def test_median_of_which_less_is_told_has_no_ends_of_its_own() -> None:
    """An error of 3 bears a step of 2; told is 10 with an error of up to 20, and so are the ends."""
    cell = Cell(n=60, estimate=134.0, se=3.0, df=50.0, ci_low=131.0, ci_high=141.0)
    fine, coarse = (replace(rounder(60), coarser=Coarser(k)).round(cell, Statistic.QUANTILE, None) for k in (0, 1))
    assert (fine.estimate, fine.se, fine.ci_low, fine.ci_high) == (134.0, 5.0, 132.0, 142.0)
    assert (coarse.estimate, coarse.se, coarse.ci_low, coarse.ci_high) == (130.0, 20.0, 90.0, 170.0)


def test_share_of_all_firms_is_rounded_too() -> None:
    whole = Whole(estimate=0.3333, se=0.02, ci_low=0.3, ci_high=0.37, n=203)
    told = rounder(120).round(share(0.5, 120, of_all=whole), Statistic.SHARE, SHARES).of_all
    assert told == Whole(estimate=0.34, se=None, ci_low=None, ci_high=None, n=200)


def test_marks_come_from_rounded_figures() -> None:
    """28 firms are told as 25, which is too few for any mark but unreliable."""
    assert rounder(28).round(share(0.5, 28), Statistic.SHARE, SHARES).status is CellStatus.UNRELIABLE


@given(st.floats(0, 1), st.integers(10, 2000), st.floats(0, 0.45), st.floats(0.001, 0.4))
def test_rounding_never_carries_more_digits(estimate: float, n: int, heaviest: float, se: float) -> None:
    """Whatever is exact, a cell holds one of few values: a step or a band, two digits of error, whole points of ends."""
    contributions = Contributions(1.0, (1.0,))
    cell = Cell(n=n, estimate=estimate, se=se, df=37.3, n_eff=n / 1.7, contributions=contributions)
    told = rounder(n, heaviest).round(cell, Statistic.SHARE, SHARES)
    assert told.estimate is not None
    steps = told.estimate / share_step(n)
    assert told.band is not None or steps == pytest.approx(round(steps))
    assert told.se is None or len(f"{told.se:.12g}".lstrip("0.")) <= 2
    assert told == rounder(n, heaviest).round(cell.but(se=se / 3, df=4.0, n_eff=2.0), Statistic.SHARE, SHARES)
    assert all(end is None or 100 * end == pytest.approx(round(100 * end)) for end in (told.ci_low, told.ci_high))
    assert (told.n or 0) % 5 == 0
    assert told.contributions is None
