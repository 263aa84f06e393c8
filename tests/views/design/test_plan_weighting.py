"""The weighting section of a plan in words: what was chosen, and only what follows from it."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from survey.instrument.plan.weighting import FilledItem, StatedShare, WeighedDown, Weighting
from survey.instrument.schema import Text
from survey.views.design.plan_weighting import weighting_lines
from survey.weighting_terms import CalibrationMethod, EligibilityRule, FillingRule


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def lines(**chosen: object) -> dict[str, str]:
    return dict(weighting_lines(Weighting(**chosen), "en"))  # type: ignore[arg-type]


def test_reason_and_shares_stand_where_they_are_stated() -> None:
    stated = (StatedShare(within="C", share=0.9), StatedShare(within="", share=0.75))
    found = lines(eligibility=EligibilityRule.STATED, stated=stated, reason=Text("查过", "Looked up"))
    assert (found["Stated shares"], found["Reason"]) == ("C: 0.9; every other class: 0.75", "Looked up")
    assert {"Stated shares", "Reason"} & lines().keys() == set()


def test_limits_of_factors_and_weights_stand_where_there_are_any() -> None:
    factor, weight = (
        "Largest factor for nonresponse, in times that of all strata",
        "Largest weight, in times the mean weight",
    )
    found = lines(least_answers=10, largest_factor=2.0, largest_weight=3.5)
    assert [found[label] for label in ("Answers that a stratum needs", factor, weight)] == ["10", "2", "3.5"]
    assert lines()["Answers that a stratum needs"] == "2"
    assert {factor, weight} & lines().keys() == set()


def test_bounds_stand_where_weights_are_calibrated() -> None:
    none = lines(calibration=CalibrationMethod.NONE)
    other = next(method for method in CalibrationMethod if method is not CalibrationMethod.NONE)
    assert "Bounds of the factors" not in none
    assert lines(calibration=other, low=0.5, high=2.0)["Bounds of the factors"] == "0.5 – 2"


def test_items_that_are_filled_or_weighed_down_are_named_where_there_are_any() -> None:
    found = lines(
        filled=(FilledItem(item="bill", filling=FillingRule.NEAREST),),
        weighed_down=(WeighedDown(item="bill", limit=None), WeighedDown(item="cost", limit=12.5)),
    )
    assert found["Items whose influential values count less"] == "bill; cost (L = 12.5)"
    assert found["Items whose gaps are filled"].startswith("bill (")
    assert not [label for label in lines() if label.startswith("Items")]
