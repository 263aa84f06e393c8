import numpy as np
import pytest

from survey.methods.active.chances import chances, mean_minutes


def test_chance_before_any_call_is_one_in_three() -> None:
    assert chances(np.zeros(4, int), np.zeros(4, int), np.zeros(4, int), 1) == pytest.approx([1 / 3])


def test_group_with_few_calls_borrows_from_all() -> None:
    # 90 calls brought 30 answers in group 0, 7 brought 2 in group 1: overall (32 + 1) / (97 + 3).
    calls, answered, group = np.array([90, 7]), np.array([30, 2]), np.array([0, 1])
    assert chances(calls, answered, group, 2) == pytest.approx([(30 + 3.3) / 100, (2 + 3.3) / 17])


def test_chance_is_never_certain() -> None:
    found = chances(np.array([500, 0]), np.array([500, 0]), np.array([0, 0]), 1)
    assert 0.9 < found[0] < 1


def test_minutes_of_a_group_borrow_from_all() -> None:
    # Two calls of 2 and 10 minutes in group 0; overall (12 + 60) / 12.
    assert mean_minutes(np.array([2.0, 10.0]), np.array([0, 0]), 2, 6.0) == pytest.approx([(12 + 60) / 12, 6.0])
