from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.methods.errors import DuplicateUnit, Infeasible, MissingValue, OutOfRange, UnknownStatus, WrongShape
from survey.methods.sampling.allocation import (
    Strata,
    allocate,
    allocate_sample,
    round_largest_remainder,
)
from survey.terms import AllocationMethod


def strata(*population: Any, **more: Any) -> Strata:
    more = {name: np.array(values) for name, values in more.items()}
    return Strata(codes=tuple("ABCDEFGH"[: len(population)]), population=np.array(population, float), **more)


def test_equal_allocation_gives_each_stratum_the_same() -> None:
    assert allocate(strata(50, 80, 90), AllocationMethod.EQUAL, 30).tolist() == [10, 10, 10]


def test_neyman_allocation_worked_by_hand() -> None:
    shares = allocate(strata(100, 200, deviation=[4.0, 1.0]), "neyman", 30)
    assert shares.tolist() == [20, 10]


def test_neyman_allocation_takes_a_variable_with_losses() -> None:
    losses = strata(100, 200, deviation=[4.0, 1.0], size_total=[-50.0, 80.0])
    assert allocate(losses, "neyman", 30).tolist() == [20, 10]
    with pytest.raises(OutOfRange, match="stratum 'A' adds up to less than 0"):
        allocate(losses, "power", 30)


def test_cap_fixes_at_population_and_shares_the_rest() -> None:
    shares = allocate(strata(10, 100, 100, deviation=[50.0, 1.0, 3.0]), "neyman", 50)
    assert shares.tolist() == [10, 10, 30]


def test_without_cap_a_stratum_may_exceed_its_population() -> None:
    shares = allocate(strata(10, 100, deviation=[90.0, 1.0]), "neyman", 50, cap=False)
    assert shares.tolist() == [45, 5]


def test_minimum_is_the_whole_of_a_smaller_stratum() -> None:
    assert allocate(strata(1, 9, 990), "proportional", 100, minimum=3).tolist() == [1, 3, 96]


def test_caps_are_fixed_before_minima() -> None:
    shares = allocate(strata(30, 100, 100, 400, deviation=[9.0, 0.01, 1.0, 1.0]), "neyman", 100, minimum=5)
    assert shares.tolist() == [30, 5, 13, 52]


def test_minima_win_where_caps_left_too_little() -> None:
    assert allocate(strata(8, 100, 100, deviation=[100.0, 0.1, 0.1]), "neyman", 10, minimum=2).tolist() == [6, 2, 2]


def test_take_all_strata_are_complete() -> None:
    shares = allocate(strata(5, 100, 300, take_all=[True, False, False]), "proportional", 45)
    assert shares.tolist() == [5, 10, 30]


def test_rounding_gives_the_largest_remainders() -> None:
    assert round_largest_remainder(np.array([1.2, 2.5, 3.3])).tolist() == [1, 3, 3]


def test_rounding_gives_equal_remainders_to_the_earlier() -> None:
    assert round_largest_remainder(np.array([1.5, 2.5, 3.0])).tolist() == [2, 2, 3]


def test_rounding_refuses_a_broken_total() -> None:
    with pytest.raises(OutOfRange):
        round_largest_remainder(np.array([1.2, 2.5]))


@given(st.lists(st.integers(1, 500), min_size=1, max_size=8), st.data())
def test_rounded_allocation_meets_total_and_limits(population: Any, data: Any) -> None:
    deviation = data.draw(st.lists(st.floats(0.01, 50), min_size=len(population), max_size=len(population)))
    floor = sum(min(2, size) for size in population)
    total = data.draw(st.integers(floor, sum(population)))
    size = allocate_sample(strata(*population, deviation=deviation), "neyman", total).size
    assert size.sum() == total
    assert (size <= population).all()
    assert (size >= np.minimum(2, population)).all()


@pytest.mark.parametrize(
    ("error", "call"),
    [
        (Infeasible, lambda: allocate(strata(5, 5), "proportional", 11)),
        (Infeasible, lambda: allocate(strata(5, 5), "proportional", 3, minimum=2)),
        (Infeasible, lambda: allocate(strata(5, 50, deviation=[1.0, 0.0]), "neyman", 20)),
        (MissingValue, lambda: allocate(strata(5, 5), "neyman", 4)),
        (MissingValue, lambda: allocate(strata(5, 5), "power", 4)),
        (OutOfRange, lambda: allocate(strata(5, 5), "equal", 0)),
        (OutOfRange, lambda: allocate(strata(5, 5, size_total=[1.0, 2.0]), "power", 4, power=2)),
        (OutOfRange, lambda: strata(5, -1)),
        (WrongShape, lambda: strata(5, 5, deviation=[1.0])),
        (UnknownStatus, lambda: allocate(strata(5, 5), "optimal", 4)),
        (OutOfRange, lambda: allocate(strata(5, 5), "equal", 4, minimum=-1)),
        (OutOfRange, lambda: allocate(strata(5, 5), "equal", 4, minimum=np.nan)),
        (DuplicateUnit, lambda: Strata(codes=("A", "A"), population=np.array([5.0, 5.0]))),
        (OutOfRange, lambda: round_largest_remainder(np.array([-1.0, 3.0]))),
        (OutOfRange, lambda: round_largest_remainder(np.array([np.nan, 3.0]))),
    ],
)
def test_allocation_names_what_is_wrong(error: type[Any], call: Callable[..., Any]) -> None:
    with pytest.raises(error):
        call()


def test_strata_of_less_than_one_unit_are_rounded_too() -> None:
    assert round_largest_remainder(np.array([0.4, 0.6, 2.0])).tolist() == [0, 1, 2]
