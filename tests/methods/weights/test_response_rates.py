from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.methods.errors import BadWeight, EmptyDomain, MissingValue, OutOfRange, UnknownStatus, WrongShape
from survey.methods.weights.response_rates import response_rates, response_rates_by_class
from survey.terms import Disposition
from survey.weighting_terms import EligibilityRule

GOLDEN = Path(__file__).parents[2] / "reference" / "golden"
CASES = (
    ["complete"] * 50 + ["partial"] * 10 + ["refusal"] * 15 + ["non_contact"] * 10 + ["other"] * 5
    + ["unknown_if_eligible"] * 6 + ["unknown_other"] * 4 + ["not_eligible"] * 10
)  # fmt: skip


def test_rates_worked_by_hand_with_e_from_known_cases() -> None:
    rates = response_rates(CASES)
    assert rates.e == 0.9
    assert rates.e_rule == EligibilityRule.KNOWN_CASES
    assert [rates.rr1, rates.rr2, rates.rr3, rates.rr4, rates.rr5, rates.rr6] == [
        50 / 100, 60 / 100, 50 / 99, 60 / 99, 50 / 90, 60 / 90,
    ]  # fmt: skip


def test_stated_e_is_used_and_named() -> None:
    rates = response_rates(CASES, eligibility=0.5)
    assert (rates.rr3, rates.rr4, rates.e, rates.e_rule) == (50 / 95, 60 / 95, 0.5, EligibilityRule.STATED)


def test_weighted_rates_count_weights() -> None:
    rates = response_rates(["complete", "refusal", "unknown_other"], weight=[3.0, 1.0, 2.0], eligibility=0.5)
    assert [rates.rr1, rates.rr3, rates.rr5] == [0.5, 0.6, 0.75]


def test_nobody_heard_of_yet_is_a_rate_of_zero() -> None:
    assert response_rates(["unknown_if_eligible"] * 3).rr6 == 0


def test_rates_by_class_leave_out_classes_without_eligible_firms() -> None:
    by_class = response_rates_by_class(["complete", "refusal", "complete", "not_eligible"], ["b", "b", "a", "c"])
    assert {code: rates.rr1 for code, rates in by_class.items()} == {"a": 1, "b": 0.5}


@given(st.lists(st.sampled_from([kind.value for kind in Disposition]), min_size=1), st.floats(0, 1))
def test_rates_keep_their_order(codes: Any, e: Any) -> None:
    rates = response_rates([*codes, "refusal"], eligibility=e)
    assert 0 <= rates.rr1 <= rates.rr3 <= rates.rr5 <= rates.rr6 <= 1
    assert rates.rr1 <= rates.rr2 <= rates.rr4 <= rates.rr6


def test_unit_rates_equal_the_reference() -> None:
    rows = pd.read_csv(GOLDEN / "nonresponse.csv", dtype=str)
    enroll = rows.merge(pd.read_csv(GOLDEN / "apistrat.csv", dtype=str)[["cds", "enroll"]], on="cds")["enroll"]
    outcome, weight = np.where(rows["responded"] == "1", "complete", "refusal"), rows["pw"].astype(float)
    assert response_rates(outcome).rr1 == pytest.approx(0.67, rel=1e-12)
    assert response_rates(outcome, weight=weight).rr1 == pytest.approx(0.651625767602747, rel=1e-12)
    size = weight * enroll.astype(float)
    assert response_rates(outcome, weight=size).rr1 == pytest.approx(0.687508949320499, rel=1e-12)


@pytest.mark.parametrize(
    ("error", "call"),
    [
        (UnknownStatus, lambda: response_rates(["complete", "lost"])),
        (OutOfRange, lambda: response_rates(["complete"], eligibility=1.1)),
        (EmptyDomain, lambda: response_rates(["not_eligible"])),
        (EmptyDomain, lambda: response_rates([])),
        (BadWeight, lambda: response_rates(["complete"], weight=[-1.0])),
        (WrongShape, lambda: response_rates_by_class(["complete"], ["a", "b"])),
        (MissingValue, lambda: response_rates_by_class(["complete"], [None])),  # type: ignore[arg-type]
        (UnknownStatus, lambda: response_rates_by_class(["lost"], ["a"])),
    ],
)
def test_response_rates_name_what_is_wrong(error: type[Any], call: Callable[..., Any]) -> None:
    with pytest.raises(error):
        call()


def test_weights_below_one_are_weights() -> None:
    assert response_rates(["complete", "refusal"], weight=[0.2, 0.3]).rr1 == pytest.approx(0.4)
