from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from survey.methods.errors import (
    DuplicateUnit,
    EmptyStratum,
    MissingValue,
    OutOfRange,
    PopulationTooSmall,
    UnknownStatus,
    WrongShape,
)
from survey.methods.sampling.selection import Direction, select_by_random_number

STRATUM = np.array(["a", "b"] * 10)
SIZES = {"a": 3, "b": 4}


def generator(seed: int = 7) -> Any:
    return np.random.default_rng(seed)


def test_random_numbers_choose_the_first_from_the_start() -> None:
    chosen = select_by_random_number(["a"] * 4, [0.1, 0.4, 0.6, 0.9], {"a": 2}, start=0.5).chosen
    assert chosen.tolist() == [False, False, True, True]


def test_random_numbers_go_round_the_circle() -> None:
    chosen = select_by_random_number(["a"] * 4, [0.1, 0.4, 0.6, 0.9], {"a": 2}, start=0.7).chosen
    assert chosen.tolist() == [True, False, False, True]


def test_random_numbers_can_be_walked_downwards() -> None:
    chosen = select_by_random_number(["a"] * 4, [0.1, 0.4, 0.6, 0.9], {"a": 2}, start=0.5, direction=Direction.DOWN)
    assert chosen.chosen.tolist() == [True, True, False, False]


def test_start_can_differ_by_stratum() -> None:
    chosen = select_by_random_number(list("aabb"), [0.1, 0.6] * 2, {"a": 1, "b": 1}, start={"a": 0.0, "b": 0.5}).chosen
    assert chosen.tolist() == [True, False, False, True]


def test_probability_is_sampled_over_population() -> None:
    selection = select_by_random_number(STRATUM, generator().random(20), SIZES)
    assert selection.probability.tolist() == [0.3, 0.4] * 10
    assert [selection.chosen[code == STRATUM].sum() for code in "ab"] == [3, 4]


def test_larger_sample_from_the_same_start_contains_the_smaller() -> None:
    numbers = generator().random(20)
    small, large = (select_by_random_number(STRATUM, numbers, {"a": n, "b": n}).chosen for n in (3, 6))
    assert (large >= small).all()


def test_random_number_selection_does_not_depend_on_row_order() -> None:
    numbers, rows = generator().random(20), generator(3).permutation(20)
    chosen = select_by_random_number(STRATUM, numbers, SIZES).chosen
    assert (select_by_random_number(STRATUM[rows], numbers[rows], SIZES).chosen == chosen[rows]).all()


def test_equal_random_numbers_are_put_in_order_by_unit() -> None:
    chosen = select_by_random_number(["a"] * 3, [0.5] * 3, {"a": 1}, unit=["z", "x", "y"]).chosen
    assert chosen.tolist() == [False, True, False]


def test_same_seed_gives_the_same_sample() -> None:
    first, second = (select_by_random_number(STRATUM, generator().random(20), SIZES) for _ in range(2))
    assert first.chosen.tolist() == second.chosen.tolist()


@pytest.mark.parametrize(
    ("error", "call"),
    [
        (DuplicateUnit, lambda: select_by_random_number(["a"] * 2, [0.5, 0.5], {"a": 1})),
        (EmptyStratum, lambda: select_by_random_number(["a"], [0.5], {"a": 1, "b": 1})),
        (UnknownStatus, lambda: select_by_random_number(["a", "b"], [0.5, 0.6], {"a": 1})),
        (PopulationTooSmall, lambda: select_by_random_number(["a"], [0.5], {"a": 2})),
        (OutOfRange, lambda: select_by_random_number(["a"], [1.0], {"a": 1})),
        (OutOfRange, lambda: select_by_random_number(["a"], [np.nan], {"a": 1})),
        (WrongShape, lambda: select_by_random_number(["a"], [0.1, 0.2], {"a": 1})),
        (OutOfRange, lambda: select_by_random_number(["a"], [0.1], {"a": 0.5})),  # type: ignore[dict-item]
        (OutOfRange, lambda: select_by_random_number(["a"], [0.1], {"a": 1}, start=np.nan)),
        (OutOfRange, lambda: select_by_random_number(["a"], [0.1], {"a": 1}, start=1.5)),
        (UnknownStatus, lambda: select_by_random_number(["a"], [0.1], {"a": 1}, start={"b": 0.5})),
        (UnknownStatus, lambda: select_by_random_number(["a"], [0.1], {"a": 1}, direction="sideways")),  # type: ignore[arg-type]
        (MissingValue, lambda: select_by_random_number(["a", None], [0.1, 0.2], {"a": 1})),  # type: ignore[arg-type]
    ],
)
def test_selection_names_what_is_wrong(error: type[Any], call: Callable[..., Any]) -> None:
    with pytest.raises(error):
        call()
