"""What must hold of every survey, whatever its numbers."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.methods.estimates import statistics
from survey.methods.estimates.estimation import Estimate
from survey.methods.estimates.statistics import CodedStatistic, NumericStatistic
from survey.methods.extract import Coded, Extract
from survey.methods.moments.passing import moments
from survey.methods.moments.tabulation import tables_from_moments
from tests.methods import scale_statistics
from tests.methods.surveys import SCALE, random_extract
from tests.methods.tabulating import tabulate

SHARES: list[CodedStatistic | NumericStatistic] = [*statistics.shares("q0", SCALE)]
TOTALS: list[CodedStatistic | NumericStatistic] = [
    statistics.count("q0", ["5"], SCALE),
    NumericStatistic(item="revenue", name="total", total=True),
]
MEANS: list[CodedStatistic | NumericStatistic] = [
    *SHARES,
    scale_statistics.likert_mean("q1", SCALE),
    NumericStatistic(item="revenue", name="ratio", denominator="staff"),
]
seeds = st.integers(0, 1_000_000)
quick = settings(max_examples=25, deadline=None)


def numbers(rows: list[Estimate], *fields: str) -> np.ndarray:
    return np.array([[getattr(row, field) for field in fields] for row in rows])


def everybody(rows: list[Estimate]) -> list[Estimate]:
    return [row for row in rows if not row.domain]


@quick
@given(seeds)
def test_order_of_rows_changes_nothing(seed: Any) -> None:
    extract = random_extract(seed, 120)
    shuffled = extract.part(np.random.default_rng(seed).permutation(extract.rows))
    fields = ("estimate", "se", "deff", "n")
    one, two = (numbers(tabulate(e, [*MEANS, *TOTALS]), *fields) for e in (extract, shuffled))
    np.testing.assert_allclose(one, two, rtol=1e-7, atol=1e-10)


@quick
@given(seeds)
def test_doubling_all_weights_doubles_totals_only(seed: Any) -> None:
    extract = replace(random_extract(seed, 120), population=None)
    doubled = replace(extract, weight=2 * extract.weight)
    np.testing.assert_allclose(
        numbers(tabulate(doubled, MEANS), "estimate", "se"),
        numbers(tabulate(extract, MEANS), "estimate", "se"),
        rtol=1e-9,
    )
    np.testing.assert_allclose(
        numbers(tabulate(doubled, TOTALS), "estimate", "se"),
        2 * numbers(tabulate(extract, TOTALS), "estimate", "se"),
        rtol=1e-9,
    )


@quick
@given(seeds)
def test_domains_add_up_to_the_whole(seed: Any) -> None:
    extract = random_extract(seed, 120)
    for statistic in TOTALS:
        rows = tabulate(extract, [statistic], ["size"])
        assert sum(row.estimate for row in rows[1:]) == pytest.approx(rows[0].estimate)
        assert sum(row.n for row in rows[1:]) == rows[0].n


@quick
@given(seeds)
def test_shares_of_a_base_add_up_to_one(seed: Any) -> None:
    rows = tabulate(random_extract(seed, 120), SHARES)
    by_domain: dict[tuple[str, str], float] = {}
    for row in rows:
        by_domain[row.domain, row.domain_value] = by_domain.get((row.domain, row.domain_value), 0) + row.estimate
    np.testing.assert_allclose(list(by_domain.values()), 1)


@quick
@given(seeds, st.integers(1, 119))
def test_moments_of_parts_add_to_those_of_all(seed: Any, cut: Any) -> None:
    extract = random_extract(seed, 120)
    pairs = [("revenue", ""), ("revenue", "staff")]
    parts = [moments(extract.part(rows), pairs=pairs) for rows in (slice(cut), slice(cut, None))]
    wanted: list[CodedStatistic | NumericStatistic] = [*MEANS, *TOTALS]
    added = [row for rows in tables_from_moments(parts[0] + parts[1], wanted) for row in rows]
    np.testing.assert_allclose(
        numbers(added, "estimate", "se", "n"),
        numbers(tabulate(extract, wanted), "estimate", "se", "n"),
        rtol=1e-8,
        atol=1e-10,
    )


@quick
@given(seeds)
def test_complete_survey_has_no_sampling_error(seed: Any) -> None:
    extract = random_extract(seed, 60)
    census = replace(extract, weight=np.ones(60), population=np.bincount(extract.stratum, minlength=6).astype(float))
    rows = everybody(tabulate(census, [*SHARES, *TOTALS]))
    assert numbers(rows, "se").max() == 0


@quick
@given(seeds)
def test_reversed_scale_turns_the_balance_round(seed: Any) -> None:
    extract = random_extract(seed, 80)
    there, back = (
        everybody(tabulate(extract, [scale_statistics.eu_balance("q0", scale)]))[0] for scale in (SCALE, SCALE[::-1])
    )
    assert there.estimate == pytest.approx(-back.estimate, abs=1e-9)
    assert there.se == pytest.approx(back.se)


@quick
@given(seeds)
def test_share_is_the_mean_of_its_indicator(seed: Any) -> None:
    extract = random_extract(seed, 80)
    codes = extract.items["q0"].codes
    values = np.where((codes >= 0) & (codes < 5), (codes == 4).astype(float), np.nan)
    numeric = replace(extract, values={"five": values})
    share, mean = tabulate(numeric, [SHARES[4], NumericStatistic(item="five", name="mean")], [])
    assert (share.estimate, share.se, share.deff) == pytest.approx((mean.estimate, mean.se, mean.deff), nan_ok=True)


def test_sum_of_weights_is_the_population_of_the_rows() -> None:
    extract = Extract(
        stratum=np.zeros(4, int),
        strata=("all",),
        weight=np.array([1.0, 2, 3, 4]),
        items={"q": Coded(np.array([0, 1, 0, -1]), ("a", "b"))},
    )
    assert tabulate(extract, [statistics.share_of("q", ["a"], ["a", "b"])])[0].population == 6
