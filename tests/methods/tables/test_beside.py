"""What dominance rules need of an amount, by hand."""

import numpy as np

from survey.methods.tables.beside import Contributions, contributions_of


def test_total_is_weighted_and_the_largest_amounts_are_those_of_single_firms() -> None:
    """3 x 5 + 2 x 8 + 1 x 20 + 4 x 1: a loss of 20 tells as much of its firm as a gain."""
    found = contributions_of([5.0, 8, -20, 1], [3.0, 2, 1, 4], kept=2)
    assert found == Contributions(total=55.0, largest=(20.0, 8.0))


def test_all_amounts_of_few_firms_are_kept() -> None:
    for kept in (3, 4):
        assert contributions_of([1.0, 3, 2], np.ones(3), kept=kept).largest == (3.0, 2.0, 1.0)


def test_two_groups_together_have_the_largest_amounts_of_both() -> None:
    one, other = Contributions(30.0, (9.0, 8.0, 7.0)), Contributions(11.0, (10.0, 1.0))
    assert one.join(other) == other.join(one) == Contributions(41.0, (10.0, 9.0, 8.0))
