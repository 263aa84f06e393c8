"""The weighting section of a plan: stored as it was chosen, and told apart in comparisons."""

from survey.instrument.plan.diff import diff_plans
from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.plan.weighting import FilledItem, StatedShare, WeighedDown, Weighting
from survey.instrument.schema import Text
from survey.weighting_terms import (
    CalibrationMethod,
    EligibilityRule,
    FillingRule,
    FrameMargin,
    FrameTotal,
    MergingOrder,
)

CHOSEN = Weighting(
    merging=MergingOrder.INDUSTRY_FIRST,
    least_answers=10,
    largest_factor=2.0,
    largest_weight=4.0,
    eligibility=EligibilityRule.STATED,
    stated=(StatedShare(within="micro", share=0.7), StatedShare(share=0.9)),
    reason=Text(zh="名录核查", en="Check of the register"),
    calibration=CalibrationMethod.RAKING,
    margins=(FrameMargin.SIZE,),
    numbers=(FrameTotal.REVENUE,),
    filled=(FilledItem(item="cost", filling=FillingRule.RATIO, by=FrameTotal.REVENUE),),
    weighed_down=(WeighedDown(item="cost", limit=5.0),),
)


def test_section_is_read_as_it_was_written() -> None:
    plan = AnalysisPlan(weighting=CHOSEN)
    assert AnalysisPlan.from_dict(plan.to_dict()) == plan


def test_recommended_section_takes_no_place_in_a_stored_plan() -> None:
    assert AnalysisPlan().to_dict() == {}


def test_change_of_the_section_shows_in_a_comparison() -> None:
    changes = diff_plans(AnalysisPlan(), AnalysisPlan(weighting=Weighting(merging=MergingOrder.INDUSTRY_FIRST)))
    assert [(one.part, one.field, one.old, one.new) for one in changes] == [
        ("weighting", "merging", "size_first", "industry_first")
    ]
