import numpy as np
import pytest

from survey.methods.errors import EmptyDomain, MissingValue, OutOfRange, UnknownColumn
from survey.methods.extract import Coded
from survey.methods.imputation.filled import fill_by_ratio
from survey.methods.imputation.filling import FillingPlan, fill, widened
from survey.methods.imputation.nearest import fill_from_nearest
from survey.weighting_terms import FillingRule

NAN = np.nan
ONE_CLASS = np.zeros(5, np.intp)


def test_ratio_fills_the_ratio_of_the_class_times_the_size() -> None:
    value, size = np.array([10.0, 50, NAN, NAN, 7]), np.array([1.0, 5, 3, 2, 1])
    found = fill_by_ratio(value, np.ones(5), np.array([0, 0, 0, 1, 1]), size)
    assert found.value.tolist() == [10, 50, 30, 14, 7]
    assert found.filled.tolist() == [False, False, True, True, False]
    assert found.donor.tolist() == [0, 1, -1, -1, 4]


def test_ratio_without_a_size_fills_the_weighted_mean() -> None:
    found = fill_by_ratio(np.array([2.0, 8, NAN]), np.array([1.0, 2, 5]), np.zeros(3, np.intp))
    assert found.value.tolist() == [2, 8, 6]


def test_ratio_of_a_class_without_an_answer_is_refused() -> None:
    with pytest.raises(EmptyDomain, match="Class 1"):
        fill_by_ratio(np.array([2.0, NAN]), np.ones(2), np.array([0, 1]))


def test_ratio_to_a_missing_size_is_refused() -> None:
    with pytest.raises(MissingValue, match="Row 1"):
        fill_by_ratio(np.array([2.0, NAN]), np.ones(2), np.zeros(2, np.intp), np.array([1.0, NAN]))


def test_nearest_respondent_gives_its_value() -> None:
    variables = np.array([[1.0], [10.0], [9.0], [2.0], [30.0]])
    found = fill_from_nearest(np.array([100.0, 200, NAN, NAN, 300]), ONE_CLASS, variables)
    assert found.value.tolist() == [100, 200, 200, 100, 300]
    assert found.donor.tolist() == [0, 1, 1, 0, 4]
    assert found.uses.tolist() == [1, 1, 0, 0, 0]


def test_respondent_that_gave_enough_sends_the_later_key_on() -> None:
    variables = np.array([[1.0], [1.0], [1.0], [5.0], [9.0]])
    value = np.array([NAN, NAN, 100.0, 200.0, 300.0])
    found = fill_from_nearest(value, ONE_CLASS, variables, ["b", "a", "c", "d", "e"], most_uses=1)
    assert found.value[:2].tolist() == [200, 100]


def test_of_equally_near_respondents_the_one_nearest_in_the_order_of_keys_gives() -> None:
    found = fill_from_nearest(np.array([100.0, NAN, NAN, 400]), np.zeros(4, np.intp), np.ones((4, 1)))
    assert found.value.tolist() == [100, 100, 400, 400]
    between = fill_from_nearest(np.array([100.0, NAN, 300]), np.zeros(3, np.intp), np.ones((3, 1)))
    assert between.value.tolist() == [100, 300, 300]


def test_only_respondent_shows_no_spread() -> None:
    found = fill_from_nearest(np.array([100.0, NAN]), np.zeros(2, np.intp), np.ones((2, 1)))
    assert (found.value.tolist(), found.spread.tolist()) == ([100, 100], [0, 0])


def test_donors_never_give_to_another_class() -> None:
    klass = np.array([0, 1, 1, 0, 1])
    variables = np.array([[1.0], [1.1], [8.0], [9.0], [9.1]])
    found = fill_from_nearest(np.array([NAN, NAN, 20.0, 30.0, 40.0]), klass, variables)
    assert found.value[:2].tolist() == [30, 20]


def test_filling_does_not_depend_on_the_order_of_the_rows() -> None:
    rng = np.random.default_rng(3)
    value = np.where(rng.random(80) < 0.4, NAN, rng.lognormal(size=80))
    klass, variables = rng.integers(0, 3, 80), rng.integers(0, 4, (80, 1)).astype(float)
    keys = np.array([f"{k:03d}" for k in rng.permutation(80)])
    first = fill_from_nearest(value, klass, variables, keys, most_uses=2)  # type: ignore[arg-type]
    order = rng.permutation(80)
    second = fill_from_nearest(value[order], klass[order], variables[order], keys[order], most_uses=2)  # type: ignore[arg-type]
    assert second.value.tolist() == first.value[order].tolist()


def test_uses_stay_within_the_limit_while_there_are_donors() -> None:
    rng = np.random.default_rng(4)
    value = np.where(np.arange(90) < 60, NAN, 1.0)
    found = fill_from_nearest(value, np.zeros(90, np.intp), rng.random((90, 2)), most_uses=2)
    assert found.uses.max() == 2
    assert found.uses.sum() == 60


def test_spread_is_half_the_squared_difference_from_the_nearest_other() -> None:
    found = fill_from_nearest(np.array([1.0, 3, 10]), np.zeros(3, np.intp), np.array([[1.0], [2.0], [9.0]]))
    assert found.filled.any() is np.False_
    found = fill_from_nearest(np.array([1.0, 3, 10, NAN]), np.zeros(4, np.intp), np.array([[1.0], [2.0], [9.0], [8.8]]))
    assert found.spread.tolist() == [2, 2, 24.5, 24.5]


def test_row_without_a_frame_variable_is_named() -> None:
    with pytest.raises(MissingValue, match="Row 1"):
        fill_from_nearest(np.array([1.0, NAN]), np.zeros(2, np.intp), np.array([[1.0], [NAN]]))


def test_class_without_a_donor_is_named() -> None:
    with pytest.raises(EmptyDomain, match="Class 1"):
        fill_from_nearest(np.array([1.0, NAN]), np.array([0, 1]), np.array([[1.0], [1.0]]))


def test_thin_class_is_widened_by_its_last_variable_and_others_stay() -> None:
    industry, size = Coded(np.array([0, 0, 0, 0, 1, 1]), ("A", "B")), Coded(np.array([0, 0, 1, 1, 0, 0]), ("s", "l"))
    given = np.array([True, True, True, False, True, True])
    klass = widened([industry, size], given, 2)
    assert len(set(klass.tolist())) == 3
    assert klass[0] == klass[1] != klass[2] == klass[3] != klass[4] == klass[5]


def test_plan_fills_by_the_chosen_method() -> None:
    categories = {"industry": Coded(np.array([0, 0, 0, 0]), ("A",))}
    numbers = {"employees": np.array([1.0, 2, 10, 9])}
    value = np.array([5.0, 11, 50, NAN])
    ratio = fill(
        FillingPlan(method=FillingRule.RATIO, variables=("employees",)), value, np.ones(4), categories, numbers
    )
    nearest = fill(FillingPlan(classes=("industry",), variables=("employees",)), value, np.ones(4), categories, numbers)
    assert ratio.value[3] == pytest.approx(9 * 66 / 13)
    assert nearest.value[3] == 50


def test_plan_for_a_variable_that_the_frame_lacks_is_refused() -> None:
    with pytest.raises(UnknownColumn, match="revenue"):
        fill(FillingPlan(variables=("revenue",)), np.ones(1), np.ones(1), {}, {})


def test_plan_without_a_use_of_donors_is_refused() -> None:
    with pytest.raises(OutOfRange):
        FillingPlan(most_uses=0)


def test_spread_of_a_ratio_leaves_out_respondents_of_size_nothing() -> None:
    """R = 17/4; (4 - 8.5)^2/2 + (8 - 8.5)^2/2 = 10.25 over two degrees, times the size."""
    found = fill_by_ratio(np.array([5.0, 4, 8, NAN]), np.ones(4), np.zeros(4, np.intp), np.array([0.0, 2, 2, 4]))
    assert found.spread.tolist() == [0, 10.25, 10.25, 20.5]


def test_of_two_equally_near_the_one_behind_in_the_order_gives() -> None:
    found = fill_from_nearest(np.array([1.0, NAN, 3.0]), np.zeros(3, np.intp), np.ones((3, 1)), ["a", "b", "c"])
    assert found.value.tolist() == [1, 3, 3]


def test_only_respondent_of_all_shows_no_spread() -> None:
    found = fill_from_nearest(np.array([1.0, NAN]), np.zeros(2, np.intp), np.array([[1.0], [2.0]]))
    assert found.spread.tolist() == [0, 0]
