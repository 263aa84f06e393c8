import numpy as np
import pytest

from survey.methods.calibrated.against_frame import FrameRow, against_frame
from survey.methods.calibrated.to_frame import WIDER, CalibrationPlan, Category, Joined, calibrate_to_frame, joined_thin
from survey.methods.errors import MarginMismatch, NotConverged, OutOfRange, UnknownColumn

WEIGHT = np.array([4.0, 4, 4, 4, 2, 2, 2, 2])
INDUSTRY = Category(codes=np.array([0, 0, 1, 1, 0, 0, 1, 1]), labels=("C", "G"), counts={"C": 14.0, "G": 10.0})
SIZE = Category(
    codes=np.array([0, 0, 0, 0, 1, 1, 1, 1]), labels=("small", "large"), counts={"small": 16.0, "large": 8.0}
)
CELLS = Category(
    codes=np.array([0, 0, 1, 1, 2, 2, 3, 3]),
    labels=("C.s", "G.s", "C.l", "G.l"),
    counts={"C.s": 9.0, "G.s": 7, "C.l": 5, "G.l": 3},
)
STAFF = np.array([1.0, 2, 3, 2, 20, 30, 25, 40])
FRAME = {"industry": INDUSTRY, "size": SIZE}


def plan(**changes: object) -> CalibrationPlan:
    return CalibrationPlan(**{"least_units": 1, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("method", "bounds"), [("linear", (0.3, 3.0)), ("raking", None), ("logit", (0.3, 3.0)), ("linear", None)]
)
def test_counts_and_totals_of_the_frame_come_back(method: str, bounds: tuple[float, float] | None) -> None:
    numeric = {"staff": (STAFF, 270.0)}
    made = calibrate_to_frame(plan(method=method, bounds=bounds), WEIGHT, FRAME, numeric)
    assert made.calibration is not None
    for row in against_frame(WEIGHT, made.calibration.weight, FRAME, numeric):
        assert row.after == pytest.approx(row.frame, rel=1e-9)
        assert row.gap == pytest.approx(0, abs=1e-9)


def test_poststratification_gives_every_cell_its_count() -> None:
    chosen = plan(method="poststratify", margins=(("industry", "size"),), numeric=(), bounds=None)
    made = calibrate_to_frame(chosen, WEIGHT, {"industry x size": CELLS}, {})
    assert made.calibration is not None
    assert made.calibration.weight.tolist() == [4.5, 4.5, 3.5, 3.5, 2.5, 2.5, 1.5, 1.5]


def test_held_rows_keep_their_weight_and_their_part_of_the_totals() -> None:
    weight = np.array([4.0, 4, 4, 4, 1, 1, 1, 1])
    held = weight == 1
    made = calibrate_to_frame(plan(margins=(("industry",),), numeric=()), weight, FRAME, {}, held)
    assert made.calibration is not None
    assert made.calibration.weight.tolist() == [6, 6, 4, 4, 1, 1, 1, 1]
    assert made.calibration.residual(np.ones(8))[held].tolist() == [1] * 4


def test_thin_category_joins_its_smaller_neighbour() -> None:
    assert joined_thin(np.array([9, 1, 4, 9]), np.array([9.0, 2, 4, 9]), 3).tolist() == [0, 2, 2, 3]


def test_category_of_five_rows_stands_alone_unless_the_plan_says_otherwise() -> None:
    thin = Category(codes=np.repeat([0, 1, 2], [9, 5, 4]), labels=("a", "b", "c"), counts={"a": 9, "b": 5, "c": 4})
    assert calibrate_to_frame(CalibrationPlan(), np.ones(18), {"kind": thin}, {}).joined == (
        Joined("kind", ("b", "c")),
    )
    five = Category(codes=np.repeat([0, 1], [9, 5]), labels=("a", "b"), counts={"a": 9, "b": 5})
    assert calibrate_to_frame(CalibrationPlan(), np.ones(14), {"kind": five}, {}).joined == ()


def test_category_without_a_row_joins_and_one_without_firms_is_left_alone() -> None:
    assert joined_thin(np.array([5, 0, 5, 0]), np.array([5.0, 3, 5, 0]), 2).tolist() == [0, 0, 2, 3]


def test_joined_categories_are_reported_and_together_exact() -> None:
    thin = Category(
        codes=np.array([0, 0, 0, 0, 1, 2, 2, 2]), labels=("a", "b", "c"), counts={"a": 15.0, "b": 4.0, "c": 5.0}
    )
    made = calibrate_to_frame(plan(least_units=2, numeric=()), WEIGHT, {"kind": thin}, {})
    assert made.joined == (Joined("kind", ("b", "c")),)
    assert made.calibration is not None
    assert made.calibration.weight[4:].sum() == pytest.approx(9)


def test_calibration_that_is_required_raises_what_is_wrong() -> None:
    with pytest.raises(NotConverged):
        calibrate_to_frame(plan(required=True), WEIGHT, FRAME, {"staff": (STAFF, 5000.0)})


def test_calibration_that_is_not_required_says_what_is_wrong() -> None:
    made = calibrate_to_frame(plan(), WEIGHT, FRAME, {"staff": (STAFF, 5000.0)})
    assert made.calibration is None
    assert isinstance(made.problem, NotConverged)


def test_frame_that_counts_a_category_unknown_to_the_sample_is_a_mismatch() -> None:
    stray = Category(codes=INDUSTRY.codes, labels=INDUSTRY.labels, counts={**INDUSTRY.counts, "Z": 3.0})
    assert isinstance(calibrate_to_frame(plan(), WEIGHT, {"industry": stray}, {}).problem, MarginMismatch)


def test_variable_that_the_frame_lacks_is_refused_whatever_is_required() -> None:
    with pytest.raises(UnknownColumn, match="revenue"):
        calibrate_to_frame(plan(numeric=("revenue",)), WEIGHT, FRAME, {})
    with pytest.raises(UnknownColumn, match="industry x size"):
        calibrate_to_frame(plan(margins=(("industry", "size"),)), WEIGHT, FRAME, {})


def test_bounds_on_one_side_of_one_are_refused() -> None:
    with pytest.raises(OutOfRange):
        CalibrationPlan(bounds=(1.1, 3.0))
    with pytest.raises(OutOfRange, match="one margin"):
        CalibrationPlan(method="poststratify")


def test_frame_is_shown_beside_both_estimates() -> None:
    rows = against_frame(WEIGHT, WEIGHT * 2, {"industry": INDUSTRY}, {"staff": (STAFF, 100.0)})
    assert rows[0] == FrameRow(variable="industry", category="C", frame=14.0, before=12.0, after=24.0)
    assert rows[-1].variable == "staff"
    assert rows[-1].before == float(WEIGHT @ STAFF)


def test_joined_categories_stand_before_those_that_were_met_only_together() -> None:
    thin = Category(
        codes=np.array([0, 0, 0, 0, 1, 2, 2, 2]), labels=("a", "b", "c"), counts={"a": 15.0, "b": 4.0, "c": 5.0}
    )
    rows = against_frame(WEIGHT, WEIGHT, {"kind": thin}, {}, [Joined("kind", ("b", "c"))])
    assert [(row.category, row.frame, row.within) for row in rows] == [
        ("a", 15.0, ""), ("b+c", 9.0, ""), ("b", 4.0, "b+c"), ("c", 5.0, "b+c"),
    ]  # fmt: skip


def test_no_weight_falls_below_its_least_where_that_can_be() -> None:
    weight = np.array([1.2, 1.2, 1.2, 4, 4])
    counts = {"kind": Category(codes=np.zeros(5, int), labels=("a",), counts={"a": 11.6})}
    numeric = {"staff": (np.array([20.0, 9, 1, 2, 2]), 47.1)}
    free = calibrate_to_frame(plan(), weight, counts, numeric).calibration
    held = calibrate_to_frame(plan(), weight, counts, numeric, least=np.ones(5)).calibration
    assert free is not None
    assert held is not None
    assert free.weight.min() < 1
    assert held.weight.min() == pytest.approx(1, abs=1e-5)
    assert held.weight.sum() == pytest.approx(11.6)
    assert held.weight @ numeric["staff"][0] == pytest.approx(47.1)


def test_least_weights_give_way_where_they_leave_no_solution() -> None:
    weight = np.array([1.2, 1.2, 4, 4])
    counts = {"kind": Category(codes=np.array([0, 0, 1, 1]), labels=("a", "b"), counts={"a": 1.5, "b": 8.0})}
    made = calibrate_to_frame(plan(least_units=2), weight, counts, {}, least=np.ones(4)).calibration
    assert made is not None
    assert made.weight[:2].tolist() == pytest.approx([0.75, 0.75])


def test_no_weight_rises_above_its_most_where_that_can_be() -> None:
    """12 firms of weights 2, 2 and 4: a limit of 5 leaves 3.5 for the others, one of 3 at the first two none."""
    weight, counts = np.array([2.0, 2, 4]), {"kind": Category(codes=np.zeros(3, int), labels=("a",), counts={"a": 12})}
    possible, impossible = (
        calibrate_to_frame(plan(), weight, counts, {}, most=np.array(most)).calibration
        for most in ([9.0, 9, 5], [3.0, 3, 5])
    )
    assert possible is not None
    assert possible.weight.tolist() == pytest.approx([3.5, 3.5, 5])
    assert impossible is not None
    assert impossible.weight.tolist() == pytest.approx([3, 3, 6])


def test_wider_bounds_go_before_a_weight_above_its_most() -> None:
    """The others have to rise 3.5 times, beyond the bounds of the plan."""
    weight, counts = np.array([1.0, 1, 4]), {"kind": Category(codes=np.zeros(3, int), labels=("a",), counts={"a": 11})}
    made = calibrate_to_frame(plan(), weight, counts, {}, most=np.array([9.0, 9, 4])).calibration
    assert made is not None
    assert made.bounds == WIDER
    np.testing.assert_allclose(made.weight, [3.5, 3.5, 4], rtol=1e-5)


def test_bounds_without_a_solution_are_widened_unless_they_are_required() -> None:
    counts = {"industry": Category(codes=INDUSTRY.codes, labels=INDUSTRY.labels, counts={"C": 48.0, "G": 12.0})}
    made = calibrate_to_frame(plan(), WEIGHT, counts, {}).calibration
    assert made is not None
    assert made.bounds == WIDER
    assert made.g.tolist() == pytest.approx([4, 4, 1, 1, 4, 4, 1, 1])
    with pytest.raises(NotConverged):
        calibrate_to_frame(plan(required=True), WEIGHT, counts, {})


def test_residuals_count_more_where_the_fit_takes_up_more_of_what_differs_within_a_class() -> None:
    """Staff 1, 2 and 3 of weight 1 about their mean 2: h = 1/2 - 1/3 of the first, twice, on a fit of 12 + 2 units."""
    staff, weight = np.array([1.0, 2, 3, 10, 20, 30]), np.ones(6)
    one = Category(codes=np.zeros(6, int), labels=("C",), counts={"C": 6.0})
    made = calibrate_to_frame(plan(bounds=None), weight, {"industry": one}, {"staff": (staff, 70.0)}).calibration
    assert made is not None
    within = made.with_leverage(np.array([0, 0, 0, 1, 1, 1]), 2)
    spread = ((staff - staff.mean()) ** 2).sum()
    h = np.array([1, 0, 1, 100, 0, 100]) / spread
    assert within.leverage is not None
    assert within.leverage.tolist() == pytest.approx(h.tolist(), abs=1e-12)
    assert within.inflation.tolist() == pytest.approx((1 / (1 - h) ** 2).tolist())
    assert made.inflation.tolist() == [1] * 6


def test_leverage_of_held_rows_is_nothing() -> None:
    weight = np.array([4.0, 4, 4, 4, 1, 1, 1, 1])
    made = calibrate_to_frame(plan(), weight, FRAME, {"staff": (STAFF, 157.0)}, weight == 1).calibration
    assert made is not None
    corrected = made.with_leverage(np.arange(8) // 4, 2)
    assert corrected.inflation[:4].min() > 1
    assert corrected.inflation[4:].tolist() == [1] * 4
