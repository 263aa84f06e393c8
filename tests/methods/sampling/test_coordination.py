"""Samples keep or avoid each other on the circle of permanent random numbers."""

import numpy as np
import pytest

from survey.methods.sampling.coordination import Arc, avoiding_start, kept_start, overlap, starts_by_stratum
from survey.methods.sampling.selection import select_by_random_number

TENTH = Arc(start=0.0, fraction=0.1)


def drawn(numbers: np.ndarray, start: float, size: int) -> set[int]:
    chosen = select_by_random_number(["a"] * len(numbers), numbers, {"a": size}, start=start).chosen
    return set(np.flatnonzero(chosen).tolist())


@pytest.mark.parametrize(("share", "start"), [(1.0, 0.0), (0.7, 0.03), (0.0, 0.1)])
def test_kept_share_moves_the_start_by_what_is_left(share: float, start: float) -> None:
    assert kept_start(TENTH, share) == pytest.approx(start)
    assert overlap([TENTH], Arc(start=start, fraction=0.1)) == pytest.approx(share * 0.1)


def test_start_wraps_around_the_circle() -> None:
    assert kept_start(Arc(start=0.95, fraction=0.2), 0.5) == pytest.approx(0.05)


def test_arcs_meet_across_the_end_of_the_circle() -> None:
    assert overlap([Arc(start=0.9, fraction=0.3)], Arc(start=0.1, fraction=0.9)) == pytest.approx(0.2)
    assert overlap([Arc(start=0.5, fraction=0.8)], Arc(start=0.2, fraction=0.5)) == pytest.approx(0.3)


def test_avoiding_sample_stands_in_the_middle_of_the_largest_gap() -> None:
    earlier = [Arc(start=0.0, fraction=0.2), Arc(start=0.5, fraction=0.1)]
    assert avoiding_start(earlier, 0.2) == pytest.approx(0.7)
    assert avoiding_start([], 0.4) == pytest.approx(0.3)


def test_avoiding_sample_without_room_overlaps_least() -> None:
    earlier = [Arc(start=0.0, fraction=0.6), Arc(start=0.3, fraction=0.5)]
    start = avoiding_start(earlier, 0.5)
    least = min(overlap(earlier, Arc(start=at, fraction=0.5)) for at in np.linspace(0, 1, 101))
    assert overlap(earlier, Arc(start=start, fraction=0.5)) <= least + 0.01
    assert avoiding_start([Arc(start=0.2, fraction=1.0)], 0.5) == pytest.approx(0.2)


def test_sample_that_keeps_seven_in_ten_does_so_and_stays_a_random_one() -> None:
    generator = np.random.default_rng(3)
    kept, counts = [], np.zeros(200)
    for _ in range(400):
        numbers = generator.random(200)
        first, second = drawn(numbers, 0.0, 40), drawn(numbers, kept_start(Arc(start=0.0, fraction=0.2), 0.7), 40)
        kept.append(len(first & second) / 40)
        counts[list(second)] += 1
    assert np.mean(kept) == pytest.approx(0.7, abs=0.02)
    # 400 draws of 40 of 200: each unit is expected 80 times, with a deviation of 8.
    assert abs(counts - 80).max() < 4.5 * 8


def test_avoiding_sample_meets_nobody() -> None:
    numbers = np.random.default_rng(4).random(200)
    start = avoiding_start([Arc(start=0.0, fraction=0.2)], 0.2)
    assert drawn(numbers, 0.0, 40) & drawn(numbers, start, 40) == set()


def test_strata_start_each_for_itself_and_new_ones_as_if_alone() -> None:
    earlier = {"a": [TENTH, Arc(start=0.5, fraction=0.1)]}
    assert starts_by_stratum({"a": 0.1, "b": 0.5}, earlier, keep=0.5) == pytest.approx({"a": 0.05, "b": 0.25})
    assert starts_by_stratum({"a": 0.1}, earlier, keep=None) == pytest.approx({"a": 0.25})
