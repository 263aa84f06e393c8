"""A stratum of one unit counts by the rule; one that was taken whole never does."""

import numpy as np
import pytest

from survey.methods.errors import LonelyStratum
from survey.methods.estimates.lonely_strata import (
    average_factor,
    lonely_strata,
    overall_centred,
    refuse_lonely,
    variance_factors,
)

UNITS, LEFT_OUT = np.array([3, 1, 1]), np.array([0.5, 0.8, 0.0])
LONELY = lonely_strata(UNITS, LEFT_OUT)


def test_stratum_taken_whole_is_not_lonely() -> None:
    assert LONELY.tolist() == [False, True, False]


def test_rule_fail_names_the_strata() -> None:
    with pytest.raises(LonelyStratum, match="One unit only in the strata B"):
        refuse_lonely("fail", LONELY, ("A", "B", "C"))
    refuse_lonely("adjust", LONELY, ("A", "B", "C"))
    refuse_lonely("fail", np.zeros(3, bool), ("A", "B", "C"))


@pytest.mark.parametrize(
    ("rule", "inside", "factors"),
    [
        ("adjust", [3, 1, 1], [0.75, 0.8, 0.0]),
        ("adjust", [3, 0, 1], [0.75, 0.0, 0.0]),
        ("remove", [3, 1, 1], [0.75, 0.0, 0.0]),
        ("average", [3, 1, 1], [0.75, 0.0, 0.0]),
    ],
)
def test_factor_of_a_stratum(rule: str, inside: list[int], factors: list[float]) -> None:
    """f n/(n-1) = 0.5 x 3/2; the lonely unit has its 0.8 under `adjust` where it is inside the domain."""
    assert variance_factors(rule, UNITS, LEFT_OUT, LONELY, np.array(inside)).tolist() == factors


def test_rule_average_lets_the_other_strata_stand_for_the_lonely_ones() -> None:
    assert average_factor("average", LONELY, np.array([3, 1, 1])) == 3 / 2
    assert average_factor("average", LONELY, np.array([3, 0, 1])) == 1
    assert np.isnan(average_factor("average", LONELY, np.array([0, 1, 0])))
    assert average_factor("adjust", LONELY, np.array([3, 1, 1])) == 1


def test_domain_with_one_unit_in_a_stratum_is_measured_from_the_whole() -> None:
    units, lonely, inside = np.array([3, 1, 4]), np.array([False, True, False]), np.array([1, 1, 2])
    assert overall_centred(units, lonely, inside, domain_lonely=False).tolist() == [False, True, False]
    assert overall_centred(units, lonely, inside, domain_lonely=True).tolist() == [True, True, False]


def test_stratum_taken_whole_with_its_one_unit_inside_keeps_its_own_mean() -> None:
    """It has no variance, so there is nothing to measure from the whole."""
    units = np.array([3, 1])
    assert overall_centred(units, np.zeros(2, bool), np.array([2, 1]), domain_lonely=True).tolist() == [False, False]


def test_two_units_show_a_spread() -> None:
    """f n/(n-1) = 0.5 x 2/1."""
    factors = variance_factors("fail", np.array([2]), np.array([0.5]), np.array([False]), np.array([2]))
    assert factors.tolist() == [1.0]
