from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.methods.errors import Infeasible, MissingValue, OutOfRange, WrongShape
from survey.methods.weights.trimming import trim_weights


def test_trimming_shares_the_excess_in_proportion() -> None:
    trimmed = trim_weights([1.0, 2.0, 9.0], upper=6.0)
    assert trimmed.weight.tolist() == [2, 4, 6]
    assert trimmed.trimmed.tolist() == [False, False, True]


def test_trimming_repeats_until_nobody_exceeds_the_limit() -> None:
    trimmed = trim_weights([1.0, 4.0, 11.0], upper=6.0)
    assert trimmed.weight.tolist() == [4, 6, 6]
    assert trimmed.passes == 2


def test_trimming_keeps_the_sum_of_each_class() -> None:
    trimmed = trim_weights([1.0, 9.0, 5.0, 5.0], upper=8.0, classes=list("aabb"))
    assert trimmed.weight.tolist() == [2, 8, 5, 5]


def test_weights_within_the_limits_stay() -> None:
    trimmed = trim_weights([1.0, 2.0], upper=3.0, lower=0.5)
    assert (trimmed.weight.tolist(), trimmed.passes) == ([1, 2], 0)


def test_small_weights_stay_where_no_lower_limit_is_asked_for() -> None:
    trimmed = trim_weights([0.2, 0.5, 2.3], upper=3.0)
    assert (trimmed.weight.tolist(), trimmed.trimmed.tolist()) == ([0.2, 0.5, 2.3], [False] * 3)


@given(st.lists(st.floats(0.01, 100), min_size=2, max_size=30), st.floats(1.05, 3), st.floats(0, 0.95))
def test_trimmed_weights_keep_their_sum_and_the_limits(weights: Any, high: Any, low: Any) -> None:
    mean = sum(weights) / len(weights)
    trimmed = trim_weights(weights, upper=high * mean, lower=low * mean)
    assert trimmed.weight.sum() == pytest.approx(sum(weights))
    assert trimmed.weight.max() <= high * mean * (1 + 1e-9)
    assert trimmed.weight.min() >= low * mean * (1 - 1e-9)


@pytest.mark.parametrize(
    ("error", "upper", "lower"), [(Infeasible, 1.0, 0.0), (Infeasible, 9.0, 3.0), (OutOfRange, 1.0, 2.0)]
)
def test_trimming_names_what_is_wrong(error: type[Any], upper: float, lower: float) -> None:
    with pytest.raises(error):
        trim_weights([1.0, 3.0], upper=upper, lower=lower)


@pytest.mark.parametrize(("error", "classes"), [(WrongShape, ["a"]), (MissingValue, ["a", None])])
def test_trimming_needs_a_class_for_every_weight(error: type[Any], classes: list[str]) -> None:
    with pytest.raises(error):
        trim_weights([1.0, 3.0], upper=9.0, classes=classes)
