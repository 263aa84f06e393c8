import numpy as np
import pytest

from survey.methods.certificate.outstanding import DIGITS, SPREAD, distances, evened, shares_in_groups
from survey.methods.clearing.cube import Cube
from survey.methods.clearing.steps import LADDER

STEPS = np.array([0.01, 0.1, 0.1])
"""Of all firms and of two groups of them."""


def groups_of(weight: list[float], heavy_group: int) -> np.ndarray:
    """(n, 3) shares of firms in all and in two groups, of which the first ``heavy_group`` firms are the second."""
    place = np.where(np.arange(len(weight)) < heavy_group, 1, 2)
    cube = Cube(domains=((), (("size", "large"),), (("size", "small"),)), nesting={},
                places={(): np.zeros(len(weight), int), ("size",): place})  # fmt: skip
    return shares_in_groups(cube, np.ones(len(weight), bool), np.array(weight))


def test_shares_of_a_group_are_those_of_its_firms() -> None:
    assert groups_of([3.0, 1.0, 2.0], 2).tolist() == [[0.5, 0.75, 0.0], [1 / 6, 0.25, 0.0], [1 / 3, 0.0, 1.0]]


def test_whoever_did_not_answer_carries_nothing() -> None:
    cube = Cube(domains=((),), places={(): np.zeros(2, int)}, nesting={})
    assert shares_in_groups(cube, np.array([True, False]), np.array([2.0, 5.0])).tolist() == [[1.0], [0.0]]


def test_distance_of_a_firm_from_the_others_of_one_group() -> None:
    """Of weights 2, 1, 1: a half, beside others whose answers leave open 1/16 + 1/16 of the variance of one."""
    shares, step = np.array([[0.5], [0.25], [0.25]]), 0.1
    left_open = SPREAD * (0.25**2 + 0.25**2) + step**2 / 12
    assert np.isclose(distances(shares, np.array([step]))[0], 0.5**2 / left_open)


def test_firms_that_do_not_stand_out_leave_all_as_it_is() -> None:
    found = evened(groups_of([1.0] * 40, 20), STEPS, np.ones(3, bool), 1.0, 0)
    assert (found.steps.tolist(), found.gone) == (STEPS.tolist(), frozenset())


def test_group_of_a_firm_that_stands_out_is_told_in_coarser_steps() -> None:
    shares = groups_of([4.0, *[1.0] * 39], 10)
    limit = 0.97 * float(distances(shares, STEPS).max())
    found = evened(shares, STEPS, np.ones(3, bool), limit, 0)
    assert found.steps[1] == 0.2
    assert found.gone == frozenset()
    assert distances(shares, found.steps).max() <= limit


def test_firm_may_stand_out_as_far_as_the_limit() -> None:
    shares = groups_of([4.0, *[1.0] * 39], 10)
    limit = float(np.round(distances(shares, STEPS).max(), DIGITS))
    assert evened(shares, STEPS, np.ones(3, bool), limit, 0).steps.tolist() == STEPS.tolist()


def test_past_the_coarsest_step_a_group_is_told_no_more() -> None:
    shares = groups_of([8.0, *[1.0] * 39], 6)
    assert 1 in evened(shares, STEPS, np.ones(3, bool), 4.0, 0).gone


def test_what_is_not_told_stays_so_and_all_firms_stay_told() -> None:
    shares = groups_of([90.0, *[1.0] * 9], 4)
    found = evened(shares, STEPS, np.array([True, False, True]), 0.01, 0)
    assert found.gone == {1, 2}
    assert found.steps[0] == STEPS[0]


@pytest.mark.parametrize("seed", range(6))
def test_group_that_helps_the_furthest_firm_most_is_the_one_that_is_told_less(seed: int) -> None:
    chance = np.random.default_rng(seed)
    weights = chance.uniform(1, 6, (40, 1)) * (chance.random((40, 6)) < 0.4)
    shares = weights / weights.sum(axis=0)
    steps = chance.choice([0.02, 0.05, 0.1], 6)
    before = distances(shares, steps)
    firm = int(before.argmax())
    coarser = [np.where(np.arange(6) == k, LADDER[LADDER.index(steps[k]) + 1], steps) for k in range(6)]
    helping = 1 + int(np.argmin([distances(shares, each)[firm] for each in coarser[1:]]))
    found = evened(shares, steps, np.ones(6, bool), float(np.round(before.max(), 6)) - 1e-6, 0)
    assert np.flatnonzero(found.steps != steps).tolist() == [helping]
    assert not found.gone
