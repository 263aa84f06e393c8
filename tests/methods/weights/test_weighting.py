from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from survey.methods.errors import BadWeight, EmptyStratum, WrongShape
from survey.methods.weights.adjusting import class_factors
from survey.methods.weights.weighting import FactorLimit, Merge, diagnose_weights, merge_small_classes

GOLDEN = Path(__file__).parents[2] / "reference" / "golden"


def test_factors_of_classes_equal_the_reference() -> None:
    rows = pd.read_csv(GOLDEN / "nonresponse.csv", dtype=str)
    labels, klass = np.unique(rows["nr_class"].astype(str), return_inverse=True)
    weight, answers = rows["pw"].astype(float).to_numpy(), rows["responded"].to_numpy() == "1"
    classes = class_factors(tuple(labels), {}, klass, weight, np.ones(len(rows)), answers)
    factors = {one.code: one.factor for one in classes}
    assert factors["E.Yes"] == pytest.approx(1.54237288135593, rel=1e-12)
    assert factors["M.Yes"] == pytest.approx(1.45833333333333, rel=1e-12)
    adjusted = np.where(answers, weight * [factors[label] for label in labels[klass]], 0.0)
    np.testing.assert_allclose(adjusted, rows["nr_weight"].astype(float), rtol=1e-12)
    assert adjusted.sum() == pytest.approx(weight.sum())


def test_firms_out_of_scope_give_nothing_and_those_unknown_their_share() -> None:
    group, answers = np.array([0, 0, 0, 1]), np.array([True, False, False, False])
    classes = class_factors(("a", "b"), {}, group, np.array([2.0, 2, 2, 9]), np.array([1, 0, 0.5, 0]), answers)
    assert [(one.code, one.factor, one.eligible, one.respondents) for one in classes] == [("a", 1.5, 2, 1)]


def test_small_class_is_merged_with_its_stated_neighbour_and_reported() -> None:
    home, merges = merge_small_classes({"a": 2, "b": 1, "c": 0}, 2, {"c": ["b"], "b": ["a"]})
    assert merges == [Merge(code="c", into="b", respondents=0), Merge(code="b", into="a", respondents=1)]
    assert home == dict.fromkeys("abc", "a")


def test_merged_class_looks_at_the_neighbours_of_its_members() -> None:
    _home, merges = merge_small_classes({"a": 0, "b": 0, "c": 2}, 2, {"a": ["b"], "b": ["a", "c"]})
    assert merges == [Merge(code="a", into="b", respondents=0), Merge(code="b", into="c", respondents=0)]


def test_class_does_not_look_at_the_neighbours_of_others() -> None:
    """The neighbour of the second class is no neighbour of the first, which has none."""
    with pytest.raises(EmptyStratum, match="Class 'a' has 0 respondents"):
        merge_small_classes({"a": 0, "b": 1, "c": 1}, 1, {"b": ["c"]})


def test_diagnostics_equal_the_reference() -> None:
    rows = pd.read_csv(GOLDEN / "apistrat.csv", dtype=str)
    diagnostics = diagnose_weights(rows["pw"].astype(float))
    assert diagnostics.kish_deff == pytest.approx(1.18637098473804, rel=1e-12)
    assert diagnostics.n_eff == pytest.approx(168.581331280756, rel=1e-12)
    assert diagnostics.cv == pytest.approx(0.431707058939324, rel=1e-12)
    assert diagnostics.n == 200


def test_diagnostics_worked_by_hand() -> None:
    diagnostics = diagnose_weights([1.0, 3.0])
    assert (diagnostics.total, diagnostics.smallest, diagnostics.largest, diagnostics.spread) == (4, 1, 3, 3)
    assert (diagnostics.kish_deff, diagnostics.n_eff, diagnostics.cv) == (1.25, 1.6, 0.5)


def test_negative_weights_of_a_linear_calibration_are_counted() -> None:
    diagnostics = diagnose_weights([-1.0, 2.0, 3.0], calibrated=True)
    assert (diagnostics.kish_deff, diagnostics.negative) == (3 * 14 / 16, 1)
    assert np.isnan(diagnostics.spread)


@pytest.mark.parametrize(
    ("error", "weights"), [(BadWeight, []), (WrongShape, 3.0), (BadWeight, [1.0, -1.0]), (BadWeight, [1.0, np.nan])]
)
def test_weights_that_are_none_are_named(error: type[Exception], weights: Any) -> None:
    with pytest.raises(error):
        diagnose_weights(weights)


EVERYWHERE = {"a": ["b", "c"], "b": ["a", "c"], "c": ["b", "a"]}
ELIGIBLE, RESPONDING = {"a": 40.0, "b": 20.0, "c": 20.0}, {"a": 10.0, "b": 20.0, "c": 10.0}


def test_class_whose_factor_is_far_above_that_of_all_joins_its_neighbour() -> None:
    """Of all 80 over 40, of the first 4: twice as much is no more than twice as much, at 1.9 times it is."""
    for times, expected in ((2.0, []), (1.9, [Merge(code="a", into="b", respondents=5)])):
        limit = FactorLimit(eligible=ELIGIBLE, responding=RESPONDING, times=times)
        assert merge_small_classes(dict.fromkeys("abc", 5), 2, EVERYWHERE, limit)[1] == expected


def test_classes_are_merged_until_no_factor_is_above_the_limit_or_one_is_left() -> None:
    """The first with the second is 60 over 30, which is that of all; at a limit of 1 nothing more can be asked."""
    limit = FactorLimit(eligible={**ELIGIBLE, "c": 19.0}, responding=RESPONDING, times=1.0)
    home, merges = merge_small_classes(dict.fromkeys("abc", 5), 2, EVERYWHERE, limit)
    assert [(one.code, one.into) for one in merges] == [("a", "b"), ("b", "c")]
    assert set(home.values()) == {"c"}


def test_class_without_an_answer_has_a_factor_above_any_limit() -> None:
    limit = FactorLimit(eligible=ELIGIBLE, responding={**RESPONDING, "a": 0.0}, times=100.0)
    assert limit.is_exceeded(["a"])
    assert not limit.is_exceeded(["a", "b"])
