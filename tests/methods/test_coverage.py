"""Simulation over a known population: 95 % intervals cover the truth in 93 to 97 % of the samples.

4,000 stratified samples without replacement are drawn from 6,000 firms in four strata. All of them are estimated at
once: the variances come from the product's `stratum_variances`, a table of strata by samples.
"""

from typing import Any

import numpy as np
import pytest

from survey.methods.estimates.intervals import Proportion, proportion_interval, t_quantile
from survey.methods.estimates.quantiles import quantile
from survey.methods.estimates.variance import stratum_variances
from tests.methods.made_design import make_design

SAMPLES = 4_000
POPULATION = np.array([3_000, 1_800, 900, 300])
SAMPLE = np.array([60, 60, 60, 60])
WEIGHT = np.repeat(POPULATION / SAMPLE, SAMPLE)
DF = SAMPLE.sum() - 4


@pytest.fixture(scope="module")
def drawn() -> Any:
    """Population values by stratum, and all samples (SAMPLES, n) of severity (0/1), revenue and staff."""
    rng = np.random.default_rng(20261123)
    staff = [np.exp(rng.normal(2 + 0.3 * h, 0.4, size)) for h, size in enumerate(POPULATION)]
    revenue = [30 * s * np.exp(rng.normal(0, 0.2, len(s))) for s in staff]
    severe = [
        (rng.random(size) < share).astype(float)
        for size, share in zip(POPULATION, (0.25, 0.35, 0.45, 0.6), strict=True)
    ]
    chosen = [
        np.argpartition(rng.random((SAMPLES, size), dtype=np.float32), n, axis=1)[:, :n]
        for size, n in zip(POPULATION, SAMPLE, strict=True)
    ]
    samples = {
        name: np.concatenate([values[h][chosen[h]] for h in range(4)], axis=1)
        for name, values in {"severe": severe, "revenue": revenue, "staff": staff}.items()
    }
    truth = {
        name: np.concatenate(values) for name, values in {"severe": severe, "revenue": revenue, "staff": staff}.items()
    }
    return truth, samples


def errors(scores: np.ndarray) -> np.ndarray:
    """Standard errors of all samples from linearised scores (SAMPLES, n), by the product's variance."""
    u = scores * WEIGHT
    ends = np.concatenate([[0], np.cumsum(SAMPLE)[:-1]])
    sums, squares = (np.add.reduceat(table, ends, axis=1).T for table in (u, u**2))
    inside = np.broadcast_to(SAMPLE[:, None], sums.shape)
    left_out = 1 - SAMPLE / POPULATION
    return np.sqrt(stratum_variances(SAMPLE, left_out, "fail", False, sums, squares, inside))


def covered(truth: Any, low: Any, high: Any) -> float:
    return float(((low <= truth) & (truth <= high)).mean())


def ratio(a: Any, b: Any) -> Any:
    estimate = (a @ WEIGHT) / (b @ WEIGHT)
    return estimate, errors((a - estimate[:, None] * b) / (b @ WEIGHT)[:, None])


def test_interval_of_a_mean_covers(drawn: Any) -> None:
    truth, samples = drawn
    estimate, se = ratio(samples["revenue"], np.ones_like(samples["revenue"]))
    reach = t_quantile(int(DF)) * se
    assert 0.93 <= covered(truth["revenue"].mean(), estimate - reach, estimate + reach) <= 0.97


def test_interval_of_a_ratio_covers(drawn: Any) -> None:
    truth, samples = drawn
    estimate, se = ratio(samples["revenue"], samples["staff"])
    reach = t_quantile(int(DF)) * se
    assert 0.93 <= covered(truth["revenue"].sum() / truth["staff"].sum(), estimate - reach, estimate + reach) <= 0.97


def test_interval_of_a_total_covers(drawn: Any) -> None:
    truth, samples = drawn
    estimate, se = samples["staff"] @ WEIGHT, errors(samples["staff"])
    reach = t_quantile(int(DF)) * se
    assert 0.93 <= covered(truth["staff"].sum(), estimate - reach, estimate + reach) <= 0.97


@pytest.mark.parametrize("method", ["mean", "logit", "wilson", "beta"])
def test_interval_of_a_share_covers(drawn: Any, method: str) -> None:
    truth, samples = drawn
    estimate, se = ratio(samples["severe"], np.ones_like(samples["severe"]))
    full = np.full(SAMPLES, float(DF))
    low, high = proportion_interval(Proportion(estimate, se, full, np.full(SAMPLES, float(SAMPLE.sum()))), method)
    assert 0.93 <= covered(truth["severe"].mean(), low, high) <= 0.97


def test_interval_of_a_domain_mean_covers(drawn: Any) -> None:
    truth, samples = drawn
    estimate, se = ratio(samples["revenue"] * samples["severe"], samples["severe"])
    reach = t_quantile(int(DF)) * se
    wanted = truth["revenue"][truth["severe"] == 1].mean()
    assert 0.93 <= covered(wanted, estimate - reach, estimate + reach) <= 0.97


def test_interval_of_a_median_covers(drawn: Any) -> None:
    truth, samples = drawn
    strata = np.repeat(np.arange(4), SAMPLE)
    design = make_design(WEIGHT, strata, POPULATION[strata])
    rows = [quantile(design, sample) for sample in samples["revenue"][:1000]]
    low, high = np.array([[row.ci_low, row.ci_high] for row in rows]).T
    assert 0.93 <= covered(np.median(truth["revenue"]), low, high) <= 0.97
