"""What a survey chooses for its weights, as far as its fieldwork and its frame have what the choice needs."""

from dataclasses import replace

import numpy as np

from survey.instrument.plan.weighting import FilledItem, StatedShare, WeighedDown, Weighting
from survey.instrument.schema import Text
from survey.methods.weights.chosen import crossed, weighting_plan
from survey.weighting_terms import CalibrationMethod, EligibilityRule, FillingRule, FrameMargin
from tests.methods.weights.fieldworks import fieldwork

OUTCOMES, WEIGHTS = {"A1": "RRn", "B1": "RRu"}, {"A1": 2.0, "B1": 3.0}
STAFF = np.arange(1.0, 7.0)
KNOWN = fieldwork(OUTCOMES, WEIGHTS, frame=True, employees=STAFF, employees_total=80.0)


def test_items_that_nobody_answered_are_neither_filled_nor_weighed_down() -> None:
    chosen = Weighting(
        filled=(FilledItem(item="Q1"), FilledItem(item="Q2")),
        weighed_down=(WeighedDown(item="Q1"), WeighedDown(item="Q2")),
    )
    plan = weighting_plan(chosen, KNOWN, ["Q1"])
    assert (list(plan.filling), list(plan.winsorised)) == (["Q1"], ["Q1"])


def test_gaps_are_filled_within_industries_where_the_frame_has_them() -> None:
    chosen = Weighting(filled=(FilledItem(item="Q1"),))
    without = replace(KNOWN, categories={})
    assert weighting_plan(chosen, KNOWN, ["Q1"]).filling["Q1"].classes == ("industry",)
    assert weighting_plan(chosen, without, ["Q1"]).filling["Q1"].classes == ()


def test_limits_of_factors_and_weights_are_those_of_the_plan() -> None:
    chosen = Weighting(least_answers=10, largest_factor=2.0, largest_weight=4.0)
    plans = [weighting_plan(one, KNOWN, []) for one in (chosen, Weighting())]
    assert [(one.least_respondents, one.largest_factor, one.largest_weight) for one in plans] == [
        (10, 2.0, 4.0), (2, None, None),
    ]  # fmt: skip


def test_ratio_takes_its_number_and_a_donor_is_near_in_all() -> None:
    known = replace(KNOWN, numbers={"revenue": STAFF, **KNOWN.numbers})
    ratio, nearest = (
        FilledItem(item="Q1", filling=FillingRule.RATIO),
        FilledItem(item="Q2", filling=FillingRule.NEAREST),
    )
    plan = weighting_plan(Weighting(filled=(ratio, nearest)), known, ["Q1", "Q2"])
    assert plan.filling["Q1"].variables == ("employees",)
    assert plan.filling["Q2"].variables == ("revenue", "employees")


def test_classes_without_a_stated_share_are_eligible() -> None:
    stated = Weighting(
        eligibility=EligibilityRule.STATED,
        stated=(StatedShare(within="1", share=0.5),),
        reason=Text("依据", "Register"),
    )
    choice = weighting_plan(stated, KNOWN, []).eligibility
    assert (choice.stated, choice.reason) == ({"": 1.0, "1": 0.5}, "依据")


def test_follow_up_that_resolved_nothing_gives_way_to_the_known_cases() -> None:
    chosen = Weighting(eligibility=EligibilityRule.FOLLOW_UP)
    still_unknown = np.array([0, 0, 0, 0, 0, 1], bool)
    resolved = np.array([0, 0, 1, 0, 0, 0], bool)
    rules = [
        weighting_plan(chosen, replace(KNOWN, followed_up=drawn), []).eligibility.rule
        for drawn in (None, still_unknown, resolved)
    ]
    assert rules == [EligibilityRule.KNOWN_CASES, EligibilityRule.KNOWN_CASES, EligibilityRule.FOLLOW_UP]


def test_calibration_takes_what_the_frame_has() -> None:
    plan = weighting_plan(Weighting(), KNOWN, []).calibration
    assert plan is not None
    assert (plan.method, plan.margins, plan.numeric) == ("linear", (("industry",), ("size",)), ("employees",))
    assert plan.bounds == (0.3, 3.0)
    assert weighting_plan(Weighting(), replace(KNOWN, frame=None), []).calibration is None
    assert weighting_plan(Weighting(calibration=CalibrationMethod.NONE), KNOWN, []).calibration is None


def test_poststratification_has_one_margin_no_numbers_and_no_bounds() -> None:
    plan = weighting_plan(Weighting(calibration=CalibrationMethod.POSTSTRATIFY), KNOWN, []).calibration
    assert plan is not None
    assert (plan.margins, plan.numeric, plan.bounds) == ((("industry",),), (), None)


def test_cells_of_industry_and_size_are_counted_by_the_design() -> None:
    """Three firms of weight 2 in one stratum, three of weight 3 in the other."""
    wanted = FrameMargin.STRATUM.value
    made = crossed(KNOWN, Weighting(margins=(FrameMargin.STRATUM,)))
    assert made.frame is not None
    assert made.frame.counts[wanted] == {"A1": 6.0, "B1": 9.0}
    assert made.categories[wanted].codes.tolist() == [0, 0, 0, 1, 1, 1]
    assert crossed(KNOWN, Weighting()) is KNOWN
