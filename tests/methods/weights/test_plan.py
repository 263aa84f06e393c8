import pytest

from survey.methods.errors import OutOfRange
from survey.methods.weights.plan import WeightingPlan


def test_one_propensity_class_is_enough() -> None:
    assert WeightingPlan(propensity_classes=1).propensity_classes == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"propensity_classes": 0}, "At least one propensity class"),
        ({"notable_factor": 1.0}, "must be above 1"),
        ({"least_respondents": 1}, "two respondents"),
        ({"largest_factor": 1.0}, "above 1"),
        ({"largest_weight": 0.5}, "above 1"),
    ],
)
def test_plan_refuses_what_cannot_be(wrong: dict[str, float], message: str) -> None:
    with pytest.raises(OutOfRange, match=message):
        WeightingPlan(**wrong)  # type: ignore[arg-type]
