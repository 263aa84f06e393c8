from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.methods.errors import BadWeight, EmptyStratum, MissingValue, OutOfRange, UnknownStatus, WrongShape
from survey.methods.weights.weighting import (
    Merge,
    adjust_for_nonresponse,
    design_weights,
    diagnose_weights,
    nearest_neighbours,
)

GOLDEN = Path(__file__).parents[2] / "reference" / "golden"


def test_design_weight_is_one_over_probability() -> None:
    assert design_weights([0.5, 0.25, 1.0]).tolist() == [2, 4, 1]


def test_adjusted_weights_equal_the_reference() -> None:
    rows = pd.read_csv(GOLDEN / "nonresponse.csv", dtype=str)
    adjustment = adjust_for_nonresponse(rows["pw"].astype(float), rows["responded"].astype(int), rows["nr_class"])
    np.testing.assert_allclose(adjustment.weight, rows["nr_weight"].astype(float), rtol=1e-12)
    assert adjustment.factors["E.Yes"] == pytest.approx(1.54237288135593, rel=1e-12)
    assert adjustment.factors["M.Yes"] == pytest.approx(1.45833333333333, rel=1e-12)
    assert adjustment.merges == ()


def test_small_class_is_merged_with_its_stated_neighbour_and_reported() -> None:
    adjustment = adjust_for_nonresponse(
        [1.0, 1, 2, 2, 5], [1, 1, 1, 0, 0], list("aabbc"), minimum=2, neighbours={"c": ["b"], "b": ["a"]}
    )
    assert adjustment.merges == (Merge(code="c", into="b", respondents=0), Merge(code="b", into="a", respondents=1))
    assert adjustment.classes[0].members == ("a", "b", "c")
    assert (adjustment.classes[0].eligible, adjustment.classes[0].respondents) == (5, 3)
    assert adjustment.factors == {"a": 11 / 4, "b": 11 / 4, "c": 11 / 4}
    assert adjustment.weight.tolist() == [2.75, 2.75, 5.5, 0, 0]
    assert adjustment.class_of_row == ("a",) * 5


def test_merged_class_looks_at_the_neighbours_of_its_members() -> None:
    adjustment = adjust_for_nonresponse(
        [1.0] * 4, [0, 0, 1, 1], list("abcc"), neighbours={"a": ["b"], "b": ["a", "c"]}, minimum=2
    )
    assert adjustment.merges == (Merge(code="a", into="b", respondents=0), Merge(code="b", into="c", respondents=0))


def test_class_does_not_look_at_the_neighbours_of_others() -> None:
    """The neighbour of the second class is no neighbour of the first, which has none."""
    with pytest.raises(EmptyStratum, match="Class 'a' has 0 respondents"):
        adjust_for_nonresponse([1.0] * 3, [0, 1, 1], list("abc"), neighbours={"b": ["c"]})


def test_firms_known_not_to_be_eligible_give_nothing() -> None:
    adjustment = adjust_for_nonresponse([2.0, 2, 2, 9], [1, 0, 0, 0], list("aaab"), eligible=[1, 0, 0.5, 0])
    assert adjustment.weight.tolist() == [3, 0, 0, 0]
    assert [(final.code, final.factor) for final in adjustment.classes] == [("a", 1.5)]


@given(st.data())
def test_adjusted_weights_keep_the_sum(data: Any) -> None:
    rows = data.draw(st.integers(1, 40))
    weight = data.draw(st.lists(st.floats(0.5, 50), min_size=rows, max_size=rows))
    responded = [1, *data.draw(st.lists(st.booleans(), min_size=rows - 1, max_size=rows - 1))]
    classes = data.draw(st.lists(st.sampled_from(["x1", "x2", "y1", "y2"]), min_size=rows, max_size=rows))
    neighbours = nearest_neighbours([["x1", "x2"], ["y1", "y2"]])
    adjustment = adjust_for_nonresponse(weight, responded, classes, neighbours=neighbours)
    assert adjustment.weight.sum() == pytest.approx(sum(weight))
    assert (adjustment.weight[np.array(responded) == 0] == 0).all()


def test_nearest_neighbours_stay_in_their_group_first() -> None:
    neighbours = nearest_neighbours([["C.s", "C.m", "C.l"], ["D.s", "D.m", "D.l"]])
    assert neighbours["C.m"] == ("C.s", "C.l", "D.m", "D.s", "D.l")
    assert neighbours["D.l"] == ("D.m", "D.s", "C.l", "C.m", "C.s")


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
    ("error", "call"),
    [
        (OutOfRange, lambda: design_weights([0.0])),
        (OutOfRange, lambda: design_weights([np.nan])),
        (EmptyStratum, lambda: adjust_for_nonresponse([1.0], [0], ["a"])),
        (EmptyStratum, lambda: adjust_for_nonresponse([1.0] * 2, [0, 1], list("ab"), minimum=2, neighbours={"a": "b"})),
        (BadWeight, lambda: adjust_for_nonresponse([0.0], [1], ["a"])),
        (WrongShape, lambda: adjust_for_nonresponse([1.0], [1, 0], ["a"])),
        (WrongShape, lambda: adjust_for_nonresponse([1.0], [1], ["a", "b"])),
        (MissingValue, lambda: adjust_for_nonresponse([1.0] * 2, [1, 1], ["a", None])),  # type: ignore[arg-type]
        (UnknownStatus, lambda: adjust_for_nonresponse([1.0], [2], ["a"])),
        (UnknownStatus, lambda: adjust_for_nonresponse([1.0], [1], ["a"], eligible=[0.5])),
        (OutOfRange, lambda: adjust_for_nonresponse([1.0] * 2, [1, 0], list("aa"), eligible=[1, 2])),
        (MissingValue, lambda: adjust_for_nonresponse([1.0] * 2, [1, 0], list("aa"), eligible=[1, np.nan])),
        (BadWeight, lambda: diagnose_weights([])),
        (WrongShape, lambda: diagnose_weights(3.0)),
        (BadWeight, lambda: diagnose_weights([1.0, -1.0])),
    ],
)
def test_weighting_names_what_is_wrong(error: type[Any], call: Callable[..., Any]) -> None:
    with pytest.raises(error):
        call()
