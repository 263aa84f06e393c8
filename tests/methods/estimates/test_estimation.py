"""Estimators worked by hand, missing answers, empty domains."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from survey.methods.errors import OutOfRange, UnknownStatus, WrongShape
from survey.methods.estimates import estimation
from tests.methods.made_design import make_design

NAN = np.nan
DESIGN = make_design([2, 2, 3, 3], list("AABB"))
Y = np.array([1.0, 3.0, 5.0, 6.0])


def test_mean_total_and_their_errors() -> None:
    total = estimation.total(DESIGN, Y)
    assert total.estimate == 41
    assert total.se == pytest.approx(np.sqrt(2 * 8 + 2 * 4.5))
    mean = estimation.mean(DESIGN, Y)
    assert mean.estimate == pytest.approx(4.1)
    assert (mean.n, mean.df, mean.population) == (4, 2, 10)
    assert mean.cv == mean.se / 4.1
    assert mean.ci_high - mean.ci_low == pytest.approx(2 * 4.302652729911275 * mean.se)


def test_ratio_is_over_those_that_answered_both() -> None:
    row = estimation.ratio(DESIGN, np.array([1.0, NAN, 5, 6]), np.array([2.0, 9, 5, NAN]))
    assert row.estimate == pytest.approx((2 + 15) / (4 + 15))
    assert row.n == 2


def test_missing_answers_are_a_domain_of_the_full_design() -> None:
    answered = np.array([True, False, True, True])
    missing = estimation.mean(DESIGN, np.where(answered, Y, NAN))
    domain = estimation.mean(DESIGN, Y, answered)
    assert (missing.estimate, missing.se, missing.df) == (domain.estimate, domain.se, 2)


def test_total_adds_nothing_for_those_that_did_not_answer() -> None:
    assert estimation.total(DESIGN, np.array([1.0, NAN, 5, 6])).estimate == 2 + 15 + 18


def test_domain_counts_its_rows_that_answered_and_their_strata() -> None:
    row = estimation.mean(DESIGN, np.array([1.0, 3, NAN, 6]), np.array([True, False, True, True]))
    assert (row.n, row.df, row.df_domain) == (2, 2, 0)


@pytest.mark.parametrize("estimator", [estimation.mean, estimation.total, estimation.count, estimation.share])
def test_empty_domain_has_no_estimate(estimator: Callable[..., Any]) -> None:
    row = estimator(DESIGN, Y > 2, np.zeros(4, bool)) if estimator is not estimation.mean else None
    row = row or estimator(DESIGN, Y, np.zeros(4, bool))
    assert row.n == 0
    assert np.isnan([row.estimate, row.se, row.ci_low, row.ci_high]).all()


def test_ratio_to_nothing_has_no_estimate() -> None:
    assert np.isnan(estimation.ratio(DESIGN, Y, np.zeros(4)).estimate)


def test_design_effect_of_simple_random_sampling_is_one() -> None:
    simple = make_design([5.0] * 6, population=[30.0] * 6)
    row = estimation.mean(simple, np.array([1.0, 4, 2, 8, 5, 7]))
    assert row.deff == pytest.approx(1)


def test_two_answers_are_enough_for_a_design_effect() -> None:
    simple = make_design([5.0] * 2, population=[10.0] * 2)
    assert estimation.mean(simple, np.array([1.0, 4.0])).deff == pytest.approx(1)


def test_design_effect_of_equal_answers_does_not_exist() -> None:
    assert np.isnan(estimation.mean(DESIGN, np.full(4, 0.1)).deff)


def test_share_of_nobody_has_a_one_sided_exact_interval() -> None:
    row = estimation.share(DESIGN, np.zeros(4))
    assert (row.estimate, row.ci_low) == (0, 0)
    assert row.ci_high == pytest.approx(1 - 0.05 ** (1 / (100 / 26)))


def test_share_of_everybody_has_a_one_sided_exact_interval() -> None:
    row = estimation.share(DESIGN, np.ones(4), interval="wilson")
    assert row.ci_high == 1
    assert row.ci_low == pytest.approx(0.05 ** (1 / (100 / 26)))


def test_share_on_degrees_of_freedom_of_the_domain() -> None:
    domain = np.array([True, True, True, False])
    row = estimation.share(DESIGN, (Y > 2).astype(float), domain, domain_df=True)
    assert row.df == row.df_domain == 1


@pytest.mark.parametrize(
    ("error", "message", "estimate"),
    [
        (WrongShape, r"\(2,\) values for 4 rows", lambda: estimation.mean(DESIGN, Y[:2])),
        (WrongShape, r"A domain of \(1,\)", lambda: estimation.mean(DESIGN, Y, np.array([True]))),
        (UnknownStatus, "int64 values is no mask", lambda: estimation.mean(DESIGN, Y, np.array([3, 2, 1, 0]))),
        (UnknownStatus, "not a number", lambda: estimation.mean(DESIGN, np.array(["1", "2", "-", "4"]))),
        (
            UnknownStatus,
            "Row 2 of the values is infinite",
            lambda: estimation.total(DESIGN, np.array([1, 2, np.inf, 4])),
        ),
        (OutOfRange, "Row 1 of a share or count is 3", lambda: estimation.share(DESIGN, Y)),
        (OutOfRange, "Row 1 of a share or count is 3", lambda: estimation.count(DESIGN, Y)),
        (OutOfRange, "Row 2 of a share or count is 1.5", lambda: estimation.share(DESIGN, np.array([0, 1, 1.5, 1]))),
    ],
)
def test_values_that_no_estimator_can_take_are_named(
    error: type[Any], message: str, estimate: Callable[..., Any]
) -> None:
    with pytest.raises(error, match=message):
        estimate()


def test_values_may_be_whole_numbers_or_objects() -> None:
    numbers = np.array([1, None, 5, 6], object)
    assert estimation.mean(DESIGN, numbers).estimate == estimation.mean(DESIGN, np.array([1, NAN, 5, 6])).estimate


def test_share_may_count_parts_of_units() -> None:
    parts = np.array([0.25, NAN, 1, 0])
    row = estimation.share(DESIGN, parts, interval="mean")
    assert row.estimate == 3.5 / 8
    assert row.se == estimation.mean(DESIGN, parts).se


def test_design_of_nobody_has_no_estimate() -> None:
    row = estimation.mean(make_design([]), np.array([]))
    assert (row.n, row.df, row.df_domain) == (0, 0, 0)
    assert np.isnan([row.estimate, row.se]).all()


def test_count_is_the_weighted_number() -> None:
    assert estimation.count(DESIGN, (Y > 2).astype(float)).estimate == 8


def test_kish_size() -> None:
    assert estimation.kish_size(np.array([2.0, 2, 3, 3])) == pytest.approx(100 / 26)
    assert estimation.kish_size(np.array([])) == 0


def test_two_rows_are_enough_for_a_design_effect() -> None:
    pair = make_design([2.0, 2.0], population=[4.0, 4.0])
    assert estimation.mean(pair, np.array([1.0, 3.0])).deff == pytest.approx(1)
