"""Proportion intervals against their formulas and at the edges."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from survey.methods.errors import OutOfRange, UnknownStatus
from survey.methods.estimates.intervals import (
    PROPORTION_INTERVALS,
    Proportion,
    one_sided_exact,
    proportion_interval,
    t_interval,
    t_quantile,
)


def proportion(p: Any, se: Any, df: float = 30.0, rows: float = 40.0) -> Proportion:
    return Proportion(*(np.array([value]) for value in (p, se, df, rows)))  # type: ignore[arg-type]


def limits(method: Any, *values: Any, **more: Any) -> Any:
    return tuple(float(limit[0]) for limit in proportion_interval(proportion(*values), method, **more))


def test_t_interval_and_normal_limit() -> None:
    assert t_interval(10, 2, 5) == pytest.approx((10 - 2 * 2.5705818366147395, 10 + 2 * 2.5705818366147395))
    assert t_interval(0, 1, np.inf)[1] == pytest.approx(1.959963984540054)


def test_t_quantile_without_degrees_of_freedom_does_not_exist() -> None:
    assert np.isnan(t_quantile(0))


def test_confidence_outside_0_and_1_is_refused() -> None:
    with pytest.raises(OutOfRange, match="95"):
        t_quantile(10, 95)


def test_wilson_is_the_textbook_interval_with_t() -> None:
    t, n, p = stats.t.ppf(0.975, 30), 0.3 * 0.7 / 0.05**2, 0.3
    low, high = limits("wilson", p, 0.05)
    for limit in (low, high):
        assert (p - limit) ** 2 == pytest.approx(t**2 * limit * (1 - limit) / n)


def test_beta_of_simple_random_sampling_is_clopper_pearson() -> None:
    n, x = 41, 10
    p = x / n
    low, high = limits("beta", p, np.sqrt(p * (1 - p) / n), 40.0, 41.0)
    assert low == pytest.approx(stats.beta.ppf(0.025, x, n - x + 1))
    assert high == pytest.approx(stats.beta.ppf(0.975, x + 1, n - x))


@pytest.mark.parametrize("method", PROPORTION_INTERVALS)
def test_zero_and_one_have_one_sided_exact_intervals(method: str) -> None:
    assert limits(method, 0.0, 0.0) == pytest.approx((0, 1 - 0.05 ** (1 / 40)))
    assert limits(method, 1.0, 0.0) == pytest.approx((0.05 ** (1 / 40), 1))


@pytest.mark.parametrize("method", PROPORTION_INTERVALS)
def test_interval_contains_the_proportion_and_mirrors(method: str) -> None:
    low, high = limits(method, 0.2, 0.06)
    assert low < 0.2 < high
    mirrored = limits(method, 0.8, 0.06)
    assert (1 - mirrored[1], 1 - mirrored[0]) == pytest.approx((low, high))


@pytest.mark.parametrize("method", ["logit", "beta", "wilson"])
def test_interval_stays_within_0_and_1(method: str) -> None:
    low, high = limits(method, 0.01, 0.03)
    assert 0 <= low < high <= 1


def test_census_has_no_sampling_error() -> None:
    assert limits("logit", 0.4, 0.0) == (0.4, 0.4)


def test_no_proportion_has_no_interval() -> None:
    assert np.isnan(limits("logit", np.nan, np.nan)).all()
    assert np.isnan(one_sided_exact(np.array([0.0]), np.array([0.0]))[1]).all()


def test_unknown_method_is_named() -> None:
    with pytest.raises(UnknownStatus, match="wald"):
        limits("wald", 0.5, 0.1)
