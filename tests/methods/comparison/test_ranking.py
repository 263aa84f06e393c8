from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from survey.methods.comparison.ranking import Adjustment, leading, rank_items
from survey.methods.errors import DuplicateUnit, MissingValue, OutOfRange, UnknownStatus, WrongShape


def intervals(ranked: Any) -> Any:
    return {item.code: (item.rank, item.low, item.high) for item in ranked}


def test_clear_differences_give_single_ranks() -> None:
    ranked = rank_items("abc", [0.2, 0.6, 0.4], np.eye(3) * 1e-6)
    assert [item.code for item in ranked] == ["b", "c", "a"]
    assert intervals(ranked) == {"b": (1, 1, 1), "c": (2, 2, 2), "a": (3, 3, 3)}


def test_items_that_cannot_be_told_apart_share_their_interval() -> None:
    ranked = rank_items("abc", [0.60, 0.59, 0.20], np.eye(3) * 1e-4)
    assert intervals(ranked) == {"a": (1, 1, 2), "b": (2, 1, 2), "c": (3, 3, 3)}
    assert ranked[0].tied_with == ("b",)
    assert ranked[2].tied_with == ()


def test_equal_estimates_share_a_rank() -> None:
    ranked = rank_items("abcd", [0.1 + 0.2, 0.5, 0.3, 0.1], np.zeros((4, 4)))
    assert intervals(ranked) == {"b": (1, 1, 1), "a": (2, 2, 3), "c": (2, 2, 3), "d": (4, 4, 4)}


def test_covariance_sharpens_the_comparison() -> None:
    alone, together = np.eye(2) * 1e-3, np.array([[1e-3, 9.9e-4], [9.9e-4, 1e-3]])
    assert intervals(rank_items("ab", [0.50, 0.48], alone))["a"] == (1, 1, 2)
    assert intervals(rank_items("ab", [0.50, 0.48], together))["a"] == (1, 1, 1)


def test_holm_worked_by_hand() -> None:
    # z = 2.50, 2.26, 4.77: Bonferroni needs 2.394 for all; Holm needs 2.394, 2.241, 1.960 in turn
    values, covariance = [0.0, 2.26 * 2**0.5, 4.76 * 2**0.5], np.eye(3)
    bonferroni = rank_items("abc", values, covariance, adjustment=Adjustment.BONFERRONI)
    assert intervals(bonferroni) == {"c": (1, 1, 1), "b": (2, 2, 3), "a": (3, 2, 3)}
    assert intervals(rank_items("abc", values, covariance)) == {"c": (1, 1, 1), "b": (2, 2, 2), "a": (3, 3, 3)}


def test_few_degrees_of_freedom_widen_the_intervals() -> None:
    values, covariance = [0.0, 3.0], np.eye(2)
    assert rank_items("ab", values, covariance)[0].high == 1
    assert rank_items("ab", values, covariance, df=3)[0].high == 2


def test_smallest_first_turns_the_order() -> None:
    assert [item.code for item in rank_items("abc", [2, 1, 3], np.eye(3), largest_first=False)] == ["b", "a", "c"]


@given(st.integers(0, 10**6), st.integers(1, 12))
def test_intervals_hold_the_rank_and_do_not_depend_on_order(seed: Any, count: Any) -> None:
    draw = np.random.default_rng(seed)
    values, factor = draw.normal(size=count), draw.normal(size=(count, count)) / 3
    codes, shuffled = [str(k) for k in range(count)], draw.permutation(count)
    covariance = factor @ factor.T
    ranked = rank_items(codes, values, covariance)
    again = rank_items([codes[k] for k in shuffled], values[shuffled], covariance[np.ix_(shuffled, shuffled)])
    wide = intervals(rank_items(codes, values, covariance, adjustment=Adjustment.BONFERRONI))
    assert all(item.low <= item.rank <= item.high for item in ranked)
    assert intervals(ranked) == intervals(again)
    assert all(wide[item.code][1] <= item.low and item.high <= wide[item.code][2] for item in ranked)


def test_intervals_cover_the_true_ranks_together() -> None:
    draw, truth = np.random.default_rng(3), np.array([0.0, 0.5, 1.0, 1.0, 3.0])
    covered = 0
    for _ in range(400):
        ranked = intervals(rank_items("abcde", truth + draw.normal(size=5) * 0.5, np.eye(5) * 0.25))
        lows, highs = zip(*[ranked[code][1:] for code in "abcde"], strict=True)
        covered += all(np.array(lows) <= [5, 4, 3, 3, 1]) and all(np.array(highs) >= [5, 4, 2, 2, 1])
    assert covered >= 0.95 * 400


@pytest.mark.parametrize(
    ("error", "call"),
    [
        (WrongShape, lambda: rank_items("ab", [1.0], np.eye(1))),
        (DuplicateUnit, lambda: rank_items("aa", [1.0, 2.0], np.eye(2))),
        (MissingValue, lambda: rank_items("ab", [1.0, np.nan], np.eye(2))),
        (OutOfRange, lambda: rank_items("ab", [1.0, 2.0], np.array([[1.0, 0.5], [0.0, 1.0]]))),
        (OutOfRange, lambda: rank_items("ab", [1.0, 2.0], np.eye(2), level=1.0)),
        (UnknownStatus, lambda: rank_items("ab", [1.0, 2.0], np.eye(2), adjustment="none")),  # type: ignore[arg-type]
    ],
)
def test_ranking_names_what_is_wrong(error: type[Any], call: Callable[..., Any]) -> None:
    with pytest.raises(error):
        call()


def test_only_what_none_is_significantly_above_leads() -> None:
    leads = leading([0.60, 0.20, 0.58, np.nan], np.diag([0.01, 0.01, 0.02, 0.01]) ** 2)
    assert leads.tolist() == [True, False, True, False]


def test_p_against_the_next_is_that_of_the_pair_adjusted_for_all_pairs() -> None:
    """z = 0.1 / sqrt(0.0002); 3 pairs, the largest p of which is this one."""
    first, second, third = rank_items(["a", "b", "c"], [0.3, 0.2, 0.0], np.diag([0.0001] * 3))
    assert first.p_next == pytest.approx(2 * stats.norm.sf(0.1 / np.sqrt(0.0002)))
    assert np.isnan(third.p_next)
    assert [one.leads for one in (first, second, third)] == [True, False, False]


def test_figures_that_move_against_one_another_need_a_wider_difference() -> None:
    """Var = 1 + 1 + 2 x 0.5 = 3: 3.5 is 2.02 errors, more than 1.96; with 3 x 0.5 it would be 1.87."""
    opposed = np.array([[1.0, -0.5], [-0.5, 1.0]])
    assert intervals(rank_items("ab", [3.5, 0.0], opposed))["a"] == (1, 1, 1)
    assert intervals(rank_items("ab", [3.3, 0.0], opposed))["a"] == (1, 1, 2)
