import numpy as np
import pytest

from survey.methods.weights.absent import Carried
from tests.methods.weights.fieldworks import fieldwork

EVERYBODY = np.ones(5, bool)
FIELD = fieldwork({"A1": "RRn", "A2": "Rn"}, {"A1": 10, "A2": 1}, employees=np.array([1.0, 2, 3, 40, 60]))


def test_certainty_firms_without_an_answer_carry_their_part_of_the_group() -> None:
    assert Carried.of(FIELD, np.ones(5)).absent(EVERYBODY) == pytest.approx(60 / (10 * 6 + 100))


def test_firms_drawn_by_chance_carry_nothing_that_is_absent() -> None:
    assert Carried.of(FIELD, np.ones(5)).absent(np.array([True, True, True, False, False])) == 0


def test_firm_out_of_scope_is_not_absent() -> None:
    assert Carried.of(FIELD, np.array([1.0, 1, 1, 1, 0])).absent(EVERYBODY) == 0


def test_without_sizes_firms_count_alike() -> None:
    plain = fieldwork({"A1": "RRn", "A2": "Rn"}, {"A1": 10, "A2": 1})
    assert Carried.of(plain, np.ones(5)).absent(EVERYBODY) == pytest.approx(1 / 32)


def test_group_of_nobody_lacks_nothing() -> None:
    assert Carried.of(FIELD, np.ones(5)).absent(~EVERYBODY) == 0


def test_firm_that_stands_for_one_other_is_not_taken_with_certainty() -> None:
    plain = fieldwork({"A1": "Rn", "A2": "Rn"}, {"A1": 2, "A2": 1})
    assert Carried.of(plain, np.ones(4)).absent(np.ones(4, bool)) == pytest.approx(1 / 6)
