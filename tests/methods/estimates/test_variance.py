"""Variances worked by hand from the definitions: stratum A has the units 1 and 3 (w = 2), stratum B the unit 5 (w = 3)."""

from typing import Any

import numpy as np
import pytest

from survey.methods.errors import LonelyStratum
from survey.methods.estimates.linearisation import linear_mean, linear_total
from survey.methods.estimates.variance import covariance, stratum_variances
from tests.methods.made_design import make_design

Y = np.array([1.0, 3.0, 5.0])


def design(lonely: Any, **more: Any) -> Any:
    return make_design([2, 2, 3], ["A", "A", "B"], lonely=lonely, **more)


def variance(design: Any, linear: Any) -> Any:
    return covariance(design, linear.score[:, None], linear.inside)[0, 0]


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [("certainty", 784), ("remove", 784), ("adjust", 784 + 36**2), ("average", 2 * 784)],
)
def test_mean_with_a_lonely_stratum(rule: str, wanted: int) -> None:
    survey = design(rule)
    linear = linear_mean(survey, Y)
    assert linear.estimate == pytest.approx(23 / 7)
    assert variance(survey, linear) == pytest.approx(wanted / 49**2)


@pytest.mark.parametrize(
    ("rule", "wanted"), [("certainty", 16), ("remove", 16), ("adjust", 16 + (22 / 3) ** 2), ("average", 32)]
)
def test_total_with_a_lonely_stratum(rule: str, wanted: float) -> None:
    survey = design(rule)
    assert variance(survey, linear_total(survey, Y)) == pytest.approx(wanted)


def test_population_corrects_each_stratum() -> None:
    survey = design("adjust", population={"A": 4, "B": 3})
    assert variance(survey, linear_total(survey, Y)) == pytest.approx(16 / 2 + (22 / 3) ** 2 * 2 / 3)


def test_fail_names_the_lonely_stratum() -> None:
    survey = design("fail")
    with pytest.raises(LonelyStratum, match="strata B") as caught:
        variance(survey, linear_mean(survey, Y))
    assert caught.value.value == ["B"]


def test_fail_also_where_the_lonely_stratum_is_outside_the_domain() -> None:
    survey = design("fail")
    with pytest.raises(LonelyStratum):
        variance(survey, linear_mean(survey, Y, np.array([True, True, False])))


@pytest.mark.parametrize("rule", ["fail", "adjust", "average"])
def test_take_all_stratum_is_never_lonely_and_adds_nothing(rule: str) -> None:
    survey = design(rule, population=[4, 4, 1])
    assert variance(survey, linear_total(survey, Y)) == pytest.approx(8)


def test_take_all_stratum_of_several_units_adds_nothing() -> None:
    survey = make_design([1, 1, 3, 3], ["A", "A", "B", "B"], population=[2, 2, 6, 6])
    assert variance(survey, linear_total(survey, np.array([1.0, 9, 2, 4]))) == pytest.approx(2 / 3 * 2 * 18)


def test_lonely_unit_outside_the_domain_adds_nothing() -> None:
    domain = np.array([True, True, False])
    for rule, wanted in [("adjust", 16), ("average", 16)]:
        survey = design(rule)
        assert variance(survey, linear_total(survey, Y, domain)) == pytest.approx(wanted)


def test_average_has_no_variance_when_every_stratum_is_lonely() -> None:
    survey = make_design([2, 3], ["A", "B"], lonely="average")
    assert np.isnan(variance(survey, linear_mean(survey, np.array([1.0, 2.0]))))


@pytest.mark.parametrize(("domain_lonely", "wanted"), [(False, 4 + 9), (True, 1.5 * (3.8**2 + 2 * 5.8**2) + 9)])
def test_stratum_with_one_unit_in_the_domain(domain_lonely: bool, wanted: float) -> None:
    survey = make_design([2, 2, 2, 3, 3], list("AAABB"), lonely="adjust", domain_lonely=domain_lonely)
    domain = np.array([True, False, False, True, True])
    linear = linear_total(survey, np.array([1.0, 2, 3, 4, 5]), domain)
    assert variance(survey, linear) == pytest.approx(wanted)


def test_rows_of_a_unit_are_added_before_squaring() -> None:
    survey = make_design([1, 1, 1, 1], list("AAAA"), unit=["x", "x", "y", "y"])
    linear = linear_total(survey, np.array([1.0, 2, 3, 5]))
    assert survey.degrees_of_freedom == 1
    assert variance(survey, linear) == pytest.approx(2 * ((3 - 5.5) ** 2 + (8 - 5.5) ** 2))


def test_same_unit_name_in_two_strata_is_two_units() -> None:
    survey = make_design([1, 1, 1, 1], list("AABB"), unit=["x", "y", "x", "y"])
    assert survey.units.tolist() == [2, 2]


def test_covariance_of_two_totals() -> None:
    survey = make_design([1, 1, 1], list("AAA"))
    scores = np.array([[1.0, 2], [2, 1], [6, 0]])
    everybody = np.ones(3, bool)
    assert covariance(survey, scores, everybody)[0, 1] == pytest.approx(1.5 * (-2 * 1 + -1 * 0 + 3 * -1))


@pytest.mark.parametrize("rule", ["adjust", "average", "remove"])
def test_variance_from_sums_by_stratum_is_that_of_the_scores(rule: str) -> None:
    survey = design(rule)
    linear = linear_total(survey, Y + 1)
    u = survey.weight * linear.score
    sums, squares = (np.bincount(survey.stratum, one)[:, None].astype(np.float64) for one in (u, u**2))
    inside = np.array([[2.0], [1.0]])
    found = stratum_variances(survey.units, survey.left_out, rule, False, sums, squares, inside)
    assert found[0] == pytest.approx(variance(survey, linear))


def test_single_firm_of_a_domain_is_measured_from_all_where_that_is_asked_for() -> None:
    """One of two units of A inside and B as before: the domain's unit deviates from the mean over the design."""
    survey = design("adjust", population={"A": 4, "B": 6})
    u = np.array([2.0, 0.0, 15.0])
    sums, squares = (np.bincount(survey.stratum, one)[:, None].astype(np.float64) for one in (u, u**2))
    inside = np.array([[1.0], [1.0]])
    found = stratum_variances(survey.units, survey.left_out, "adjust", True, sums, squares, inside)
    mean = 17 / 3
    expected = 0.5 * 2 * ((2 - mean) ** 2 + mean**2) + 5 / 6 * (15 - mean) ** 2
    assert found[0] == pytest.approx(expected)
