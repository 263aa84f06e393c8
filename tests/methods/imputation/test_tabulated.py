"""Rows of tables about filled items against the estimators of single figures, and by hand."""

import numpy as np
import pytest

from survey.methods.estimates.estimation import Estimate
from survey.methods.estimates.intervals import IntervalRule, t_quantile
from survey.methods.estimates.statistics import Asked, NumericStatistic, QuantileStatistic
from survey.methods.extract import Coded, Extract
from survey.methods.imputation.added_error import added_variance
from survey.methods.imputation.filled import Filled, fill_by_ratio
from survey.methods.imputation.nearest import fill_from_nearest
from survey.methods.imputation.tabulated import with_filling_error
from survey.weighting_terms import FillingRule
from tests.methods.imputation.filled_estimates import filled_mean, filled_total
from tests.methods.tabulating import tabulate

RNG = np.random.default_rng(5)
ROWS = 60
STAFF = np.exp(RNG.normal(3, 1, ROWS))
COST = np.where(RNG.random(ROWS) < 0.25, np.nan, STAFF * np.exp(RNG.normal(0, 0.4, ROWS)))
STRATUM, KLASS = np.arange(ROWS) % 3, np.arange(ROWS) % 2
WEIGHT = (2 + np.arange(ROWS) % 4).astype(np.float64)
BY_METHOD = {
    FillingRule.RATIO: fill_by_ratio(COST, WEIGHT, KLASS, STAFF),
    FillingRule.NEAREST: fill_from_nearest(COST, KLASS, np.log(STAFF)[:, None]),
}


def extract_of(filled: Filled) -> Extract:
    return Extract(
        stratum=STRATUM,
        strata=("a", "b", "c"),
        weight=WEIGHT,
        population=np.bincount(STRATUM, WEIGHT).astype(np.float64),
        values={"cost": filled.value, "staff": STAFF},
        domains={"half": Coded((np.arange(ROWS) < 30).astype(int), ("no", "yes"))},
    )


def rows_of(asked: Asked, filled: Filled, *, with_it: bool = True) -> list[Estimate]:
    extract = extract_of(filled)
    rows = tabulate(extract, [asked], rule=IntervalRule(by_domain=False))
    return [with_filling_error(row, asked, extract, {"cost": filled} if with_it else {}) for row in rows]


@pytest.mark.parametrize("method", list(FillingRule))
def test_mean_and_total_are_those_of_filled_items_also_in_domains(method: FillingRule) -> None:
    filled = BY_METHOD[method]
    design = extract_of(filled).design
    for asked, single in (
        (NumericStatistic(item="cost", name="mean"), filled_mean),
        (NumericStatistic(item="cost", name="total", total=True), filled_total),
    ):
        for row, domain in zip(
            rows_of(asked, filled), (None, np.arange(ROWS) >= 30, np.arange(ROWS) < 30), strict=True
        ):
            wanted = single(design, filled, domain)
            assert row.n == wanted.n
            found = (row.estimate, row.se, row.cv, row.ci_low, row.ci_high)
            assert found == pytest.approx((wanted.estimate, wanted.se, wanted.cv, wanted.ci_low, wanted.ci_high))


def test_ratio_adds_what_filling_adds_to_either_total() -> None:
    filled, asked = BY_METHOD[FillingRule.NEAREST], NumericStatistic(item="staff", name="ratio", denominator="cost")
    before, after = rows_of(asked, filled, with_it=False)[0], rows_of(asked, filled)[0]
    base = float(WEIGHT @ filled.value)
    added = added_variance(WEIGHT, filled, np.ones(ROWS, bool)) * before.estimate**2 / base**2
    assert after.se == pytest.approx(np.sqrt(before.se**2 + added))
    assert after.n == int((~np.isnan(COST)).sum())


def test_median_has_the_limits_of_a_share_with_the_error_of_filling() -> None:
    filled, asked = BY_METHOD[FillingRule.NEAREST], QuantileStatistic("cost")
    before, after = rows_of(asked, filled, with_it=False)[0], rows_of(asked, filled)[0]
    order = np.argsort(filled.value)
    share = np.cumsum(WEIGHT[order]) / WEIGHT.sum()
    p = float(WEIGHT[filled.value <= before.estimate].sum() / WEIGHT.sum())
    u = WEIGHT * ((filled.value <= before.estimate) - p) / WEIGHT.sum()
    n = np.bincount(STRATUM)
    variance = sum((1 - n[h] / WEIGHT[h == STRATUM].sum()) * n[h] * u[h == STRATUM].var(ddof=1) for h in range(3))
    given = WEIGHT * ~filled.filled + np.bincount(filled.donor[filled.filled], WEIGHT[filled.filled], ROWS)
    reported, s2 = ~filled.filled, p * (1 - p)
    added = s2 * ((given**2).sum() - 2 * given[reported].sum() + 2 * WEIGHT.sum() - (WEIGHT**2).sum())
    reach = t_quantile(57) * np.sqrt(variance + added / WEIGHT.sum() ** 2)
    low, high = (filled.value[order][np.searchsorted(share, p + side * reach)] for side in (-1, 1))
    assert (after.ci_low, after.ci_high) == (low, high)
    assert after.ci_high - after.ci_low > before.ci_high - before.ci_low
    assert (after.estimate, after.n) == (before.estimate, int(reported.sum()))


def test_items_of_which_nothing_was_filled_stay_as_they_are() -> None:
    filled = BY_METHOD[FillingRule.RATIO]
    for asked in (NumericStatistic(item="staff", name="mean"), QuantileStatistic("staff")):
        assert repr(rows_of(asked, filled)) == repr(rows_of(asked, filled, with_it=False))


def test_error_of_a_median_is_the_reach_of_its_interval() -> None:
    row = rows_of(QuantileStatistic("cost"), BY_METHOD[FillingRule.RATIO])[0]
    assert row.se == pytest.approx((row.ci_high - row.ci_low) / (2 * t_quantile(row.df)))
