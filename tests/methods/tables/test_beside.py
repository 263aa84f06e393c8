"""What dominance rules need of an amount, by hand."""

import numpy as np
import pytest

from survey.instrument.plan.plan import MOST_DOMINANT
from survey.methods.tables.beside import Contributions, contributions_by


def of_all(values: list[float], weights: list[float], kept: int = MOST_DOMINANT) -> Contributions:
    (found,) = contributions_by(np.array(values), np.array(weights), np.zeros(len(values), np.int16), 1, kept=kept)
    return found


def test_total_is_weighted_and_the_largest_amounts_are_those_of_single_firms() -> None:
    """3 x 5 + 2 x 8 + 1 x 20 + 4 x 1: a loss of 20 tells as much of its firm as a gain."""
    assert of_all([5.0, 8, -20, 1], [3.0, 2, 1, 4], 2) == Contributions(total=55.0, largest=(20.0, 8.0))


def test_all_amounts_of_few_firms_are_kept() -> None:
    for kept in (3, 4):
        assert of_all([1.0, 3, 2], [1.0, 1, 1], kept).largest == (3.0, 2.0, 1.0)


def test_groups_of_small_firms_beside_large_ones_have_what_each_has_by_itself() -> None:
    """None of the second group is among the largest of all; a firm of no group is in none, and one group is empty."""
    rng = np.random.default_rng(1)
    group = rng.choice([-1, 0, 1, 2], 2000, p=[0.05, 0.9, 0.04, 0.01])
    values, weights = rng.lognormal(size=2000) * np.where(group == 1, 1e-3, 1.0), rng.uniform(1, 5, 2000)
    values[group == 2] *= -1
    found = contributions_by(values, weights, group, 4)
    alone = [of_all(values[group == k].tolist(), weights[group == k].tolist()) for k in range(4)]
    assert [one.largest for one in found] == [one.largest for one in alone]
    assert [one.total for one in found] == pytest.approx([one.total for one in alone])
    assert found[3] == Contributions(0.0, ())


def test_two_groups_together_have_the_largest_amounts_of_both() -> None:
    one, other = Contributions(30.0, (9.0, 8.0, 7.0)), Contributions(11.0, (10.0, 1.0))
    assert one.join(other) == other.join(one) == Contributions(41.0, (10.0, 9.0, 8.0))
