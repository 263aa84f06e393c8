"""What a release says of response: rates that give no count of firms back."""

from typing import Any

import pytest

from survey.exchange.release.account import rate_step, released_account
from survey.methods.tables.account import Account
from survey.methods.weights.response_rates import response_rates

pytestmark = pytest.mark.usefixtures("english")


def rates(answered: int, sampled: int) -> Any:
    found = response_rates(["complete"] * answered + ["refusal"] * (sampled - answered))
    (table, *_marks) = released_account(Account(plain=found, weighted=found, classes=(), likeness=None), None)
    return next(value for label, value in table.rows if label == "Response rate (AAPOR RR1)")


def test_rates_are_told_in_steps_of_five_firms_or_more() -> None:
    """Of 100 firms 73 % would be 73; of 600 one per cent is six firms."""
    assert [rates(73, 100), rates(74, 100), rates(296, 400), rates(444, 600)] == ["75%", "75%", "74%", "74%"]


@pytest.mark.parametrize(
    ("sampled", "step"), [(30, 0.2), (50, 0.1), (100, 0.05), (249, 0.05), (250, 0.02), (499, 0.02), (500, 0.01)]
)
def test_step_of_a_rate_is_the_least_that_is_five_firms(sampled: int, step: float) -> None:
    assert rate_step(sampled) == step
