"""Calibration by hand, and the conditions that every solution meets."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.methods.calibrated.auxiliaries import Margin, auxiliaries
from survey.methods.calibrated.calibration import calibrate
from survey.methods.errors import (
    BadWeight,
    MarginMismatch,
    MissingValue,
    NotConverged,
    OutOfRange,
    UnknownStatus,
    WrongShape,
)
from survey.methods.estimates import estimation
from tests.methods.made_design import make_design

SIZE = ["s", "s", "s", "l", "l"]
BASE = np.array([2.0, 2, 4, 1, 3])
CELLS = auxiliaries([Margin(name="size", values=SIZE, targets={"s": 16, "l": 2})])
METHODS = [("poststratify", None), ("linear", None), ("raking", None), ("logit", (0.2, 4.0)), ("linear", (0.3, 3.0))]


def test_poststratification_scales_each_cell() -> None:
    assert calibrate(CELLS, BASE, "poststratify").weight.tolist() == [4, 4, 8, 0.5, 1.5]


@pytest.mark.parametrize(("method", "bounds"), METHODS)
def test_every_method_agrees_on_one_margin(method: str, bounds: tuple[float, float] | None) -> None:
    np.testing.assert_allclose(calibrate(CELLS, BASE, method, bounds).weight, [4, 4, 8, 0.5, 1.5], rtol=1e-12)


def test_raking_equals_iterative_proportional_fitting() -> None:
    rng = np.random.default_rng(4)
    rows, columns = rng.integers(0, 3, 60), rng.integers(0, 2, 60)
    base = rng.uniform(1, 5, 60)
    wanted_rows, wanted_columns = np.array([50.0, 70, 80]), np.array([90.0, 110])
    fitted = base.copy()
    for _ in range(500):
        fitted *= (wanted_rows / np.bincount(rows, fitted))[rows]
        fitted *= (wanted_columns / np.bincount(columns, fitted))[columns]
    margins = [
        Margin(name="r", values=rows.astype(str), targets=dict(zip("012", wanted_rows, strict=True))),
        Margin(name="c", values=columns.astype(str), targets=dict(zip("01", wanted_columns, strict=True))),
    ]
    np.testing.assert_allclose(calibrate(auxiliaries(margins), base, "raking").weight, fitted, rtol=1e-10)


def test_linear_calibration_to_a_numeric_total_is_the_regression_estimator() -> None:
    x = np.array([1.0, 2, 3, 4, 6])
    solved = calibrate(auxiliaries([], {"x": (x, 40.0)}, 14.0), BASE, "linear")
    design = np.column_stack([np.ones(5), x])
    gap = np.array([14.0, 40.0]) - BASE @ design
    g = 1 + design @ np.linalg.solve(design.T @ (BASE[:, None] * design), gap)
    np.testing.assert_allclose(solved.g, g, rtol=1e-12)


def test_raking_reaches_totals_a_thousand_times_the_weights() -> None:
    far = auxiliaries([Margin(name="size", values=SIZE, targets={"s": 8000, "l": 4000})])
    np.testing.assert_allclose(calibrate(far, BASE, "raking").g, 1000, rtol=1e-12)


def test_category_that_the_population_lacks_gets_no_weight() -> None:
    """Two margins, so that the weights of nothing are met but for rounding."""
    rows, columns = np.arange(60) % 3, np.arange(60) // 3 % 4
    base = np.random.default_rng(5).uniform(1, 5, 60)
    margins = [
        Margin(name="r", values=rows.astype(str), targets={"0": 0, "1": 90, "2": 110}),
        Margin(name="c", values=columns.astype(str), targets={"0": 20, "1": 50, "2": 60, "3": 70}),
    ]
    weight = calibrate(auxiliaries(margins), base, "linear").weight
    assert np.bincount(rows, weight) == pytest.approx([0, 90, 110], abs=1e-9)


def test_bounds_hold_the_factors() -> None:
    solved = calibrate(auxiliaries([], {"x": (np.arange(5.0), 33.0)}, 13.0), BASE, "logit", (0.6, 1.6))
    assert 0.6 < solved.g.min() <= solved.g.max() < 1.6


@pytest.mark.parametrize(("method", "tolerance"), [("linear", 1e-12), ("raking", 1e-12)])
def test_weight_stays_at_its_most_and_the_others_of_its_cell_make_up_for_it(method: str, tolerance: float) -> None:
    """Small firms of 2, 2 and 4 are to be 12, which is 3, 3 and 6: with 5 at most the first two are 3.5."""
    cells = auxiliaries([Margin(name="size", values=SIZE, targets={"s": 12, "l": 4})])
    most = np.array([9.0, 9, 5, 9, 9])
    solved = calibrate(cells, BASE, method, (0.3, 3.0), most=most)
    np.testing.assert_allclose(solved.weight, [3.5, 3.5, 5, 1, 3], rtol=tolerance)


def test_logit_leaves_no_weight_above_its_most() -> None:
    cells = auxiliaries([Margin(name="size", values=SIZE, targets={"s": 12, "l": 4})])
    solved = calibrate(cells, BASE, "logit", (0.3, 3.0), most=np.array([9.0, 9, 5, 9, 9]))
    assert 4 < solved.weight[2] < 5
    assert solved.weight[:3].sum() == pytest.approx(12)


def test_base_weight_above_its_most_does_not_rise() -> None:
    cells = auxiliaries([Margin(name="size", values=SIZE, targets={"s": 12, "l": 4})])
    solved = calibrate(cells, BASE, "linear", (0.3, 3.0), most=np.array([9.0, 9, 3, 9, 9]))
    np.testing.assert_allclose(solved.weight, [4, 4, 4, 1, 3], rtol=1e-5)


def test_impossible_bounds_name_the_worst_margin() -> None:
    with pytest.raises(NotConverged, match="size=l") as caught:
        calibrate(CELLS, BASE, "logit", (0.7, 3.0))
    assert caught.value.value == "size=l"


def test_calibrated_total_of_an_auxiliary_has_no_error() -> None:
    solved = calibrate(CELLS, BASE, "raking")
    design = make_design(BASE, calibration=solved)
    small = estimation.total(design, np.array([1.0, 1, 1, 0, 0]))
    assert small.estimate == pytest.approx(16)
    assert small.se == pytest.approx(0, abs=1e-12)


def test_poststratified_variance_by_hand() -> None:
    design = make_design(np.full(4, 5.0), calibration=calibrate(
        auxiliaries([Margin(name="c", values=list("aabb"), targets={"a": 12, "b": 8})]), np.full(4, 5.0), "poststratify"
    ))  # fmt: skip
    row = estimation.total(design, np.array([1.0, 3, 2, 8]))
    assert row.estimate == 6 * 4 + 4 * 10
    assert row.se**2 == pytest.approx(4 / 3 * (2 * 6**2 + 2 * 12**2))


def test_calibrated_weights_of_a_survey_meet_every_margin() -> None:
    solved = calibrate(CELLS, BASE, "raking")
    assert solved.worst_distance < 1e-12
    assert solved.auxiliaries.names == ("size=l", "size=s")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(METHODS))
def test_calibration_meets_its_margins(seed: Any, method: Any) -> None:
    rng = np.random.default_rng(seed)
    base = rng.uniform(1, 4, 80)
    a, b = np.arange(80) % 3, rng.permutation(80) % 4
    total = base.sum() * 1.05
    shares = (base.sum() * 0 + np.array([0.32, 0.33, 0.35])) * total
    target_b = np.bincount(b, base) / base.sum() * total
    x = auxiliaries([
        Margin(name="a", values=a.astype(str), targets=dict(zip("012", shares, strict=True))),
        Margin(name="b", values=b.astype(str), targets=dict(zip("0123", target_b, strict=True))),
    ])  # fmt: skip
    weight = calibrate(x, base, *method).weight
    np.testing.assert_allclose(np.bincount(a, weight), shares, rtol=1e-10)
    np.testing.assert_allclose(np.bincount(b, weight), target_b, rtol=1e-10)


@pytest.mark.parametrize(
    ("margins", "message"),
    [
        ([Margin(name="size", values=SIZE, targets={"s": 16})], "no target for 'l'"),
        ([Margin(name="size", values=SIZE, targets={"s": 16, "l": 2, "m": 3})], "no unit in 'm'"),
        ([Margin(name="size", values=SIZE, targets={"s": 16, "l": np.nan})], "the target nan for 'l'"),
        ([Margin(name="size", values=SIZE, targets={"s": -1, "l": 2})], "the target -1 for 's'"),
        (
            [
                Margin(name="size", values=SIZE, targets={"s": 1, "l": 2}),
                Margin(name="a", values=list("aabbb"), targets={"a": 1, "b": 1}),
            ],
            "different totals",
        ),
    ],
)
def test_margins_that_do_not_fit_are_named(margins: list[Margin], message: str) -> None:
    with pytest.raises(MarginMismatch, match=message):
        auxiliaries(margins)


def test_auxiliaries_of_different_units_or_none_are_refused() -> None:
    size = Margin(name="size", values=SIZE, targets={"s": 16, "l": 2})
    with pytest.raises(WrongShape, match="'size': 5, 'a': 2"):
        auxiliaries([size, Margin(name="a", values=list("ab"), targets={"a": 9, "b": 9})])
    with pytest.raises(WrongShape, match="'x': 1"):
        auxiliaries([size], {"x": (np.array([1.0]), 3.0)}, 18.0)
    with pytest.raises(MissingValue, match="nothing to calibrate to"):
        auxiliaries([])
    with pytest.raises(MissingValue, match="'x' has the population total nan"):
        auxiliaries([], {"x": (np.array([1.0]), np.nan)}, 18.0)


def test_missing_auxiliaries_and_sizes_are_refused() -> None:
    with pytest.raises(MissingValue, match="Row 1"):
        auxiliaries([], {"x": (np.array([1.0, np.nan]), 3.0)}, 2.0)
    with pytest.raises(MissingValue, match="population size"):
        auxiliaries([], {"x": (np.array([1.0, 2.0]), 3.0)})


def test_bad_arguments_are_refused() -> None:
    with pytest.raises(BadWeight, match="Row 2"):
        calibrate(CELLS, np.array([1.0, 1, -1, 1, 1]), "raking")
    with pytest.raises(UnknownStatus, match="rake"):
        calibrate(CELLS, BASE, "rake")
    with pytest.raises(MissingValue, match="bounds"):
        calibrate(CELLS, BASE, "logit")
    with pytest.raises(OutOfRange, match="either side of 1"):
        calibrate(CELLS, BASE, "logit", (1.1, 2))
    with pytest.raises(OutOfRange, match="no bounds"):
        calibrate(CELLS, BASE, "poststratify", (0.5, 2))
