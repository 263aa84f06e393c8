"""The steps of rounding, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.methods.clearing.steps import (
    AS_BORNE,
    Coarser,
    amount_step,
    band_edge,
    coarser_step,
    decimals_of,
    firms_to_base,
    next_nice,
    nice_step,
    share_step,
    sizes_behind,
    to_step,
    two_digits,
)


@pytest.mark.parametrize(
    ("firms", "step"), [(10, 0.10), (29, 0.10), (30, 0.05), (99, 0.05), (100, 0.02), (199, 0.02), (200, 0.01)]
)
def test_step_of_shares_leaves_the_count_open(firms: int, step: float) -> None:
    assert share_step(firms) == step


@pytest.mark.parametrize(
    ("step", "width", "expected"),
    [(0.01, 0.03, 0.05), (0.05, 0.02, 0.05), (0.02, 0.02, 0.02), (0.01, 0.10, 0.10), (0.02, 0.5, 0.20)],
)
def test_coarser_step_is_one_of_the_ladder_and_the_last_where_none_is_wide_enough(
    step: float, width: float, expected: float
) -> None:
    assert coarser_step(step, width) == expected


@pytest.mark.parametrize(("heaviest", "edge"), [(0.02, 0.15), (0.15, 0.15), (0.16, 0.25), (0.20, 0.25), (0.45, 0.45)])
def test_band_holds_what_two_firms_can_move_a_share_by(heaviest: float, edge: float) -> None:
    assert band_edge(0.10, heaviest) == edge


@pytest.mark.parametrize(("size", "step"), [(0.9, 0.5), (1, 1), (4.99, 2), (7, 5), (123, 100)])
def test_amounts_go_by_1_2_and_5(size: float, step: float) -> None:
    assert nice_step(size) == step


def test_figures_are_written_with_the_digits_of_their_step() -> None:
    assert [decimals_of(step) for step in (100.0, 5.0, 1.0, 0.2, 0.04)] == [0, 0, 0, 1, 2]


def test_error_of_an_amount_is_the_next_of_1_2_and_5() -> None:
    assert [next_nice(step) for step in (0.1, 20.0, 500.0)] == [0.2, 50, 1000]


def test_errors_have_two_digits() -> None:
    assert [two_digits(value) for value in (0.01249, 12.5, 0.0, 987.0, -0.0555)] == [0.012, 13, 0, 990, -0.055]


def test_numbers_of_firms_go_to_the_multiple_of_five_below() -> None:
    """So a figure on 28 firms, rounded as one on fewer than 30, is not told as one on 30."""
    assert [firms_to_base(firms) for firms in (0, 9, 10, 14, 28, 30)] == [0, 5, 10, 10, 25, 30]


@given(st.floats(0, 1), st.sampled_from([0.10, 0.05, 0.02, 0.01]))
def test_rounding_twice_changes_nothing(share: float, step: float) -> None:
    once = to_step(share, step)
    assert to_step(once, step) == once
    assert abs(once - share) <= step / 2 + 1e-8


def test_amounts_of_which_less_is_told_go_to_powers_of_ten() -> None:
    assert [amount_step(fine, AS_BORNE) for fine in (1.0, 2.0, 5.0)] == [1.0, 2.0, 5.0]
    assert [amount_step(fine, Coarser(1)) for fine in (0.1, 0.2, 0.5, 1.0, 2.0)] == [0.1, 1.0, 1.0, 1.0, 10.0]
    assert [amount_step(fine, Coarser(2)) for fine in (1.0, 2.0)] == [10.0, 100.0]


@pytest.mark.parametrize(("leading", "steps"), [(5, [0.5, 5.0, 5.0, 5.0, 50.0]), (2, [2.0, 2.0, 2.0, 20.0, 20.0])])
def test_amounts_go_to_powers_of_ten_times_a_leading_digit(leading: int, steps: list[float]) -> None:
    assert [amount_step(fine, Coarser(1, leading)) for fine in (0.5, 1.0, 2.0, 5.0, 10.0)] == steps
    assert amount_step(2.0, Coarser(2, leading)) == 10.0 * leading


@pytest.mark.parametrize(
    ("coarser", "step", "sizes"),
    [
        (AS_BORNE, 2.0, (2.0, 5.0)),
        (Coarser(1), 10.0, (2.0, 20.0)),
        (Coarser(2), 10.0, (0.2, 2.0)),
        (Coarser(1, leading=5), 5.0, (1.0, 10.0)),
        (Coarser(2, leading=5), 50.0, (1.0, 10.0)),
        (Coarser(1, leading=2), 2.0, (0.5, 5.0)),
    ],
)
def test_error_behind_a_step_is_known_to_a_power_of_ten_where_less_is_told(
    coarser: Coarser, step: float, sizes: tuple[float, float]
) -> None:
    assert sizes_behind(step, coarser) == sizes


@given(st.floats(1e-3, 1e6), st.integers(1, 3), st.sampled_from([1, 2, 5]))
def test_error_lies_between_the_sizes_behind_the_step_that_it_is_told_in(
    size: float, digits: int, leading: int
) -> None:
    coarser = Coarser(digits, leading)
    low, high = sizes_behind(amount_step(nice_step(size), coarser), coarser)
    assert low * (1 - 1e-9) <= size < high * (1 + 1e-9)
