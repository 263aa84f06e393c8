"""Differences with their covariance, change between waves, Holm's adjustment."""

import numpy as np
import pytest
from scipy import stats

from survey.methods.change.designs import independent_change, overlapping_change, paired_change
from survey.methods.comparison.contrasts import (
    contrast_row,
    domain_difference,
    holm,
    item_difference,
    joint_covariance,
    with_holm,
)
from survey.methods.errors import OutOfRange, WrongShape
from survey.methods.estimates import estimation
from survey.methods.estimates.design import make_design
from survey.methods.estimates.linearisation import linear_mean

RNG = np.random.default_rng(7)
Y, X = RNG.normal(10, 2, 30), RNG.normal(9, 2, 30)
DESIGN = make_design(RNG.uniform(1, 3, 30), np.arange(30) % 3)


def test_item_difference_counts_the_covariance() -> None:
    row = item_difference(DESIGN, Y, X)
    matrix = joint_covariance(DESIGN, [linear_mean(DESIGN, Y), linear_mean(DESIGN, X)])
    assert row.se**2 == pytest.approx(matrix[0, 0] + matrix[1, 1] - 2 * matrix[0, 1])
    assert row.p_value == pytest.approx(2 * stats.t.sf(abs(row.t), 27))


def test_paired_change_is_the_mean_of_differences() -> None:
    assert paired_change(DESIGN, Y, X).se == pytest.approx(item_difference(DESIGN, Y, X).se)
    missing = np.where(np.arange(30) < 3, np.nan, X)
    assert paired_change(DESIGN, Y, missing).n == 27


def test_paired_change_needs_rows_that_match() -> None:
    with pytest.raises(WrongShape):
        paired_change(DESIGN, Y, X[:-1])


def test_stacked_waves_of_the_same_units_equal_the_paired_change() -> None:
    weights = np.concatenate([DESIGN.weight, DESIGN.weight])
    stacked = make_design(weights, np.tile(np.arange(30) % 3, 2), unit=np.tile(np.arange(30), 2))
    later = np.repeat([True, False], 30)
    row = overlapping_change(stacked, np.concatenate([Y, X]), later, ~later)
    paired = paired_change(DESIGN, Y, X)
    assert (row.estimate, row.se, row.df) == pytest.approx((paired.estimate, paired.se, 27))


def test_independent_change_adds_variances() -> None:
    later, earlier = estimation.mean(DESIGN, Y), estimation.mean(DESIGN, X)
    row = independent_change(later, earlier)
    assert row.se == pytest.approx(np.hypot(later.se, earlier.se))
    assert row.ci_high - row.estimate == pytest.approx(1.959963984540054 * row.se)


def test_difference_without_error_is_certain() -> None:
    census = make_design(np.ones(4), population=np.full(4, 4.0))
    row = domain_difference(census, np.array([1.0, 0, 1, 0]), np.arange(4) % 2 == 0, np.arange(4) % 2 == 1)
    assert (row.estimate, row.se, row.t, row.p_value) == (1, 0, np.inf, 0)
    assert contrast_row("", -1.0, 0.0, 3, 4).t == -np.inf
    assert np.isnan(contrast_row("", 0.0, 0.0, 3, 4).p_value)


def test_domains_of_separate_strata_are_independent() -> None:
    first, second = DESIGN.stratum == 0, DESIGN.stratum == 1
    row = domain_difference(DESIGN, Y, first, second)
    parts = [estimation.mean(DESIGN, Y, domain).se for domain in (first, second)]
    assert row.se == pytest.approx(np.hypot(*parts))  # type: ignore[call-overload]


def test_difference_to_an_empty_domain_does_not_exist() -> None:
    row = domain_difference(DESIGN, Y, DESIGN.stratum == 0, DESIGN.stratum == 9)
    assert np.isnan([row.estimate, row.se, row.p_value]).all()


def test_holm_by_hand() -> None:
    np.testing.assert_allclose(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])


def test_holm_refuses_what_is_no_probability() -> None:
    with pytest.raises(OutOfRange):
        holm([0.5, -0.1])


def test_holm_stays_below_one_and_passes_over_what_was_not_tested() -> None:
    np.testing.assert_allclose(holm([0.6, np.nan, 0.7]), [1, np.nan, 1])
    rows = with_holm([contrast_row("a", 2.0, 1.0, np.inf, 9), contrast_row("b", 3.0, 1.0, np.inf, 9)])
    assert rows[1].p_adjusted == pytest.approx(2 * rows[1].p_value)
