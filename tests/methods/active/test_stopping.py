import numpy as np
import pytest

from survey.methods.active.stopping import Advice, StoppingRule, overall
from survey.methods.errors import OutOfRange

RULE = StoppingRule(least_gain=0.02, enough=1.0)


@pytest.mark.parametrize(
    ("error", "expected", "advice"),
    [
        (1.5, 1.4, Advice.CALL),
        (1.5, 1.48, Advice.TOO_LITTLE),
        (0.99, 0.5, Advice.ENOUGH),
    ],
)
def test_advice_follows_from_what_the_next_list_is_expected_to_gain(
    error: float, expected: float, advice: Advice
) -> None:
    assert RULE.advice(error, expected) is advice


def test_rule_that_asks_for_no_gain_calls_while_the_error_does_not_grow() -> None:
    patient = StoppingRule(least_gain=0.0)
    assert (patient.advice(1.5, 1.5), patient.advice(1.5, 1.6)) == (Advice.CALL, Advice.TOO_LITTLE)


def test_overall_error_is_the_root_mean_square_in_targets() -> None:
    assert overall(np.array([3.0, 4.0])) == pytest.approx(np.sqrt(12.5))
    assert overall(np.zeros(0)) == 0


def test_rule_that_cannot_hold_is_refused() -> None:
    with pytest.raises(OutOfRange):
        StoppingRule(least_gain=1.0)
    with pytest.raises(OutOfRange):
        StoppingRule(enough=0.0)
