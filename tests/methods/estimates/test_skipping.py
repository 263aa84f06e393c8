"""Errors of questions that firms skip: worked by hand, and against what repeated samples do."""

from dataclasses import replace

import numpy as np
import pytest

from survey.methods.comparison.joint import joint_estimates
from survey.methods.estimates.estimation import Estimate
from survey.methods.estimates.intervals import IntervalRule
from survey.methods.estimates.skipping import Skipping, coded_answering, skipping_covariance
from survey.methods.estimates.statistics import (
    Asked,
    IndexStatistic,
    NumericStatistic,
    QuantileStatistic,
    share_of,
)
from survey.methods.extract import Coded, Extract
from survey.methods.moments.index import skipping_variance
from tests.methods.tabulating import tabulate

COST = NumericStatistic(item="cost", name="mean")
YES = share_of("q", ["1"], ["0", "1"])
BY_DOMAIN = IntervalRule(by_domain=True)


def firms(cost: list[float], population: float, skipped: list[int], q: list[int] | None = None) -> Extract:
    """Firms of one stratum, those in `skipped` without an answer."""
    n = len(cost)
    mask = np.isin(np.arange(n), skipped)
    return Extract(
        stratum=np.zeros(n, np.intp),
        strata=("A",),
        population=np.array([population]),
        weight=np.full(n, population / n),
        values={"cost": np.where(mask, np.nan, cost)},
        items={"q": Coded(np.where(mask, -1, q or [0] * n), ("0", "1", "dont_know"))},
        domains={"d": Coded(np.where(np.arange(n) < n // 2, 0, 1), ("first", "second"))},
        skipped={"cost": mask, "q": mask},
    )


def row(extract: Extract, asked: Asked = COST, domain: str = "") -> Estimate:
    rows = tabulate(extract, [asked], ["d"] if domain else [], BY_DOMAIN)
    return next(one for one in rows if one.domain_value == domain)


def test_three_answers_of_five_firms_taken_whole_are_a_sample_of_them() -> None:
    """(1 - 3/5) s2/3 with 1, 2, 6: s2 = 7."""
    assert row(firms([1, 2, 6, 9, 9], 5, [3, 4])).se ** 2 == pytest.approx(0.4 * 7 / 3)


def test_answers_of_a_drawn_stratum_are_a_sample_of_its_population() -> None:
    """The domain adds (1 - 5/20) 5/4 (sum z2 = 14/9), skipping 5/20 of (1 - 3/5) 3/2 sum z2, with z in sample means."""
    found = row(firms([1, 2, 6, 9, 9], 20, [3, 4])).se ** 2
    assert found == pytest.approx(14 / 9 * (0.75 * 5 / 4 + 0.25 * 0.4 * 3 / 2))


def test_figures_whose_item_nobody_skipped_stay_those_of_a_domain() -> None:
    extract = firms([1, 2, 6, 9, 9], 20, [3, 4])
    assert row(replace(extract, skipped={})).se ** 2 == pytest.approx(14 / 9 * 0.75 * 5 / 4)


def test_group_in_which_every_firm_answered_is_a_census_beside_one_with_a_gap() -> None:
    extract = firms([1, 2, 3, 6, 9, 9], 6, [4, 5])
    assert (row(extract, domain="first").se, row(extract, domain="first").n_chance) == (0, 0)
    assert row(extract).se > 0
    assert row(extract).n_chance == 4


def test_refusals_and_unknown_answers_count_as_skipped_and_codes_in_the_base_do_not() -> None:
    """1, 0, 1 of five firms taken whole, one silent and one that does not know: s2 = 1/3."""
    extract = firms([0] * 5, 5, [4], [1, 0, 1, 2, 0])
    assert row(extract, YES).se ** 2 == pytest.approx(0.4 / 9)
    neutral = replace(YES, points={**YES.points, "dont_know": 0.0})
    assert row(extract, neutral).se ** 2 == pytest.approx(0.2 * 0.25 * 4 / 3 / 4)


def test_ranks_and_indices_rest_on_the_errors_of_the_table() -> None:
    extract = firms([0] * 6, 12, [4], [1, 0, 1, 1, 0, 0])
    index = IndexStatistic(item="index", parts=((replace(YES, proportion=False), 2.0),))
    whole = row(extract, YES).se ** 2
    assert joint_estimates(extract, [YES]).covariance[0, 0] == pytest.approx(whole)
    assert row(extract, index).se ** 2 == pytest.approx(4 * whole)
    alone = row(replace(extract, skipped={}), YES).se ** 2
    assert whole - alone == pytest.approx(skipping_variance(extract, YES))


def test_median_of_a_census_with_gaps_has_an_interval() -> None:
    found = row(firms([1, 2, 3, 4, 5, 6, 7, 8, 9, 9], 10, [8, 9]), QuantileStatistic("cost"))
    assert found.ci_low < found.estimate < found.ci_high


def test_two_questions_that_the_same_firms_skip_differ_by_their_differences_alone() -> None:
    """The covariance is that of the scores where skips coincide, and 0 where they tell nothing of one another."""
    weight, stratum = np.ones(4), np.zeros(4, np.intp)
    z = np.array([1.0, -1.0, 0.0, 0.0])
    told = np.array([True, True, False, False])
    same = Skipping(score=z, answered=told, skipped=~told)
    found = skipping_covariance(weight, stratum, [same, same])
    assert found.tolist() == [[2.0, 2.0], [2.0, 2.0]]
    crossed = Skipping(score=np.array([1.0, 0, 1, 0]), answered=np.array([True, False, True, False]),
                        skipped=np.array([False, True, False, True]))  # fmt: skip
    assert skipping_covariance(weight, stratum, [same, crossed])[0, 1] == 0


def test_errors_are_those_of_repeated_samples_with_skipped_questions() -> None:
    """Half of a stratum of 60 drawn, one of 30 taken whole, 70 % answer: without it SE over SD is 0.56."""
    rng = np.random.Generator(np.random.PCG64(7))
    y = np.concatenate([rng.gamma(2.0, 10.0, 60), rng.gamma(2.0, 40.0, 30)])
    found = []
    for _ in range(400):
        drawn = np.concatenate([rng.choice(60, 30, replace=False), np.arange(60, 90)])
        skipped = rng.random(60) > 0.7
        extract = Extract(
            stratum=(drawn >= 60).astype(np.intp),
            strata=("drawn", "whole"),
            population=np.array([60.0, 30.0]),
            weight=np.where(drawn >= 60, 1.0, 2.0),
            values={"cost": np.where(skipped, np.nan, y[drawn])},
            skipped={"cost": skipped},
        )
        found.append([(one := tabulate(extract, [COST])[0]).estimate, one.se])
    estimates, errors = np.array(found).T
    assert errors.mean() / estimates.std() == pytest.approx(1, abs=0.05)


def test_who_does_not_know_gave_no_answer_unless_the_statistic_counts_it() -> None:
    extract, everybody = firms([1, 2, 6, 9, 9], 5, [4], [0, 1, 2, 1, 0]), np.ones(5, bool)
    base = ["0", "1", "dont_know"]
    found = [coded_answering(extract, asked, np.zeros(5), everybody) for asked in (YES, share_of("q", ["1"], base))]
    assert [one.answered.tolist() for one in found] == [[True, True, False, True, False], [True] * 4 + [False]]
    assert [one.skipped.tolist() for one in found] == [[False, False, True, False, True], [False] * 4 + [True]]
