import numpy as np
import pytest

from survey.methods.errors import EmptyStratum
from survey.methods.weights.merging import Places, merge_strata
from survey.methods.weights.weighting import Merge
from survey.weighting_terms import MergingOrder

STRATA = ("A1", "A2", "B1", "B2", "D1", "D2")
PLACES = Places(np.array([0, 0, 1, 1, 3, 3]), np.array([0, 1, 0, 1, 0, 1]))
SAMPLED = np.zeros(6, bool)


def labels(order: MergingOrder, stratum: int) -> list[str]:
    return [STRATA[h] for h in PLACES.neighbours(stratum, order)]


def test_neighbours_with_size_first_are_the_same_size_of_the_nearest_industry() -> None:
    assert labels(MergingOrder.SIZE_FIRST, 2) == ["A1", "D1", "B2", "A2", "D2"]


def test_neighbours_with_industry_first_are_the_nearest_size_of_the_same_industry() -> None:
    assert labels(MergingOrder.INDUSTRY_FIRST, 2) == ["B2", "A1", "A2", "D1", "D2"]


def test_stratum_with_one_answer_joins_the_same_size_of_the_nearest_industry() -> None:
    merged = merge_strata(STRATA, PLACES, np.array([5, 5, 1, 5, 5, 5]), np.ones(6), SAMPLED)
    assert merged.merges == (Merge(code="B1", into="A1", respondents=1),)
    assert merged.home.tolist() == [0, 1, 0, 3, 4, 5]


def test_complete_take_all_stratum_neither_joins_nor_takes_in() -> None:
    take_all = np.array([True, False, False, False, False, False])
    merged = merge_strata(STRATA, PLACES, np.array([1, 5, 1, 5, 5, 5]), np.array([0, 1, 1, 1, 1, 1.0]), take_all)
    assert merged.merges == (Merge(code="B1", into="D1", respondents=1),)
    assert merged.closed.tolist() == [True, False, False, False, False, False]


def test_take_all_stratum_with_missing_firms_may_be_merged() -> None:
    take_all = np.array([True, False, False, False, False, False])
    merged = merge_strata(STRATA, PLACES, np.array([1, 5, 5, 5, 5, 5]), np.ones(6), take_all)
    assert merged.merges == (Merge(code="A1", into="B1", respondents=1),)


def test_stated_neighbour_goes_first() -> None:
    stated = {"B1": ["D2"]}
    merged = merge_strata(STRATA, PLACES, np.array([5, 5, 1, 5, 5, 5]), np.ones(6), SAMPLED, stated=stated)
    assert merged.merges == (Merge(code="B1", into="D2", respondents=1),)


def test_stratum_without_an_eligible_firm_is_left_alone() -> None:
    merged = merge_strata(STRATA, PLACES, np.array([5, 5, 0, 5, 5, 5]), np.array([1, 1, 0, 1, 1, 1.0]), SAMPLED)
    assert merged.merges == ()


def test_lone_firm_outside_complete_take_all_strata_stands_for_all_others() -> None:
    take_all = np.array([True, True, True, True, False, False])
    missing = np.array([0, 0, 0, 0, 2.0, 1.0])
    merged = merge_strata(STRATA, PLACES, np.array([3, 3, 3, 3, 0, 1]), missing, take_all)
    assert merged.merges == (Merge(code="D1", into="D2", respondents=0),)
    assert merged.closed.tolist() == take_all.tolist()


def test_complete_take_all_strata_never_answer_for_others() -> None:
    take_all = np.array([True, True, True, True, True, False])
    with pytest.raises(EmptyStratum):
        merge_strata(STRATA, PLACES, np.array([3, 3, 3, 3, 3, 0]), np.array([0, 0, 0, 0, 0, 1.0]), take_all)


def test_nobody_left_to_answer_for_a_stratum_is_an_error() -> None:
    with pytest.raises(EmptyStratum):
        merge_strata(STRATA, PLACES, np.zeros(6, int), np.ones(6), SAMPLED)


def test_stratum_with_a_factor_far_above_that_of_all_joins_a_neighbour_however_many_answered() -> None:
    """Factors are 2, but 6 in the third stratum: of all 2.67, twice which is 5.33."""
    missing, responding = np.array([5.0, 5, 25, 5, 5, 5]), np.full(6, 5.0)
    counts = np.full(6, 5)
    limited = merge_strata(STRATA, PLACES, counts, missing, SAMPLED, responding=responding, largest_factor=2.0)
    assert limited.merges == (Merge(code="B1", into="A1", respondents=5),)
    assert merge_strata(STRATA, PLACES, counts, missing, SAMPLED, responding=responding).merges == ()
    looser = merge_strata(STRATA, PLACES, counts, missing, SAMPLED, responding=responding, largest_factor=2.3)
    assert looser.merges == ()


def test_complete_take_all_strata_have_no_part_in_the_factor_of_all() -> None:
    """The closed one, with a weight of 1,000, would bring the factor of all down to 1.05."""
    take_all = np.array([True, False, False, False, False, False])
    missing, responding = np.array([0.0, 5, 15, 5, 5, 5]), np.array([1000.0, 5, 5, 5, 5, 5])
    merged = merge_strata(STRATA, PLACES, np.full(6, 5), missing, take_all, responding=responding, largest_factor=2.0)
    assert merged.merges == ()
