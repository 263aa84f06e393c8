"""Woodruff's quantile by hand."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from survey.methods.errors import OutOfRange
from survey.methods.estimates.quantiles import quantile
from tests.methods.made_design import make_design

SIMPLE = make_design([1.0] * 9)
Y = np.array([9.0, 1, 8, 2, 7, 3, 6, 4, 5])


def test_median_with_limits_at_the_shares_around_it() -> None:
    row = quantile(SIMPLE, Y)
    share = 5 / 9
    t = stats.t.ppf(0.975, 8)
    reach = t * np.sqrt(share * (1 - share) / 8)
    assert row.estimate == 5
    assert (row.ci_low, row.ci_high) == (np.ceil(9 * (share - reach)), np.ceil(9 * (share + reach)))
    assert row.se == pytest.approx((row.ci_high - row.ci_low) / (2 * t))


@pytest.mark.parametrize(("p", "wanted"), [(1 / 3, 3), (0.34, 4), (1 / 9, 1), (0.9, 9)])
def test_smallest_value_that_reaches_the_share(p: float, wanted: int) -> None:
    assert quantile(SIMPLE, Y, p).estimate == wanted


def test_share_met_exactly_despite_rounding() -> None:
    weights = [30.97] * 200
    design = make_design(weights)
    assert quantile(design, np.arange(1.0, 201), 0.25).estimate == 50


def test_weights_move_the_median() -> None:
    design = make_design([1.0, 1, 1, 9])
    assert quantile(design, np.array([1.0, 2, 3, 4])).estimate == 4


def test_share_is_reached_first_where_calibration_made_a_weight_negative() -> None:
    design = replace(make_design(np.ones(5)), weight=np.array([5.0, -2, 1, 2, 4]))
    y = np.array([1.0, 2, 3, 3, 4])
    assert [quantile(design, y, p).estimate for p in (0.4, 0.45, 0.55, 0.7)] == [1, 1, 3, 4]


def test_missing_answers_and_domains() -> None:
    y = np.where(Y > 7, np.nan, Y)
    assert quantile(SIMPLE, y, 0.5, Y > 2).estimate == 5
    empty = quantile(SIMPLE, y, 0.5, Y > 7)
    assert empty.n == 0
    assert np.isnan([empty.estimate, empty.se]).all()


def test_share_outside_0_and_1_is_refused() -> None:
    with pytest.raises(OutOfRange, match="50"):
        quantile(SIMPLE, Y, 50)
