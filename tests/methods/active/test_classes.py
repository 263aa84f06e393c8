"""What a list of calls is made from."""

import numpy as np
import pytest

from survey.methods.active.classes import CallClasses, CallFirms
from survey.methods.errors import WrongShape


def test_classes_with_a_value_too_few_are_refused() -> None:
    one, two = np.ones(1), np.ones(2)
    with pytest.raises(WrongShape, match="1 values for 2 classes"):
        CallClasses(
            labels=("few", "many"),
            stands_for=two,
            answered=np.array([4, 2]),
            spread=two[:, None],
            chance=two,
            minutes=one,
        )


def test_weight_that_misses_one_by_a_hair_is_that_of_a_firm_taken_with_certainty() -> None:
    weight = np.array([1.0, 1 + 1e-7, 1 + 1e-6, 5.0])
    firms = CallFirms(
        klass=np.zeros(4, int), weight=weight, answered=np.zeros(4, bool), open=np.ones(4, bool),
        calls=np.zeros(4, int), number=np.zeros(4), own=np.zeros(4), frame={},
    )  # fmt: skip
    assert firms.certain.tolist() == [True, True, False, False]
