"""Groups that hold all firms of another but a few, which no sum tells of."""

import numpy as np
import pytest
from numpy.typing import NDArray

from survey.methods.clearing.cube import Cube
from survey.methods.clearing.thin import Thin, thin_differences, thin_relations
from survey.methods.protection.suppression import Relation

DISTRICT, INDUSTRY = (("district", "x"),), (("industry", "B"),)
"""The first and the second domain of the cube."""


def nearly(beyond: int, threshold: int = 3, silent: int = 0) -> list[Thin]:
    """Six firms of an industry are all in one district, which has so many more; the last ones are silent."""
    firms = 6 + beyond
    places: dict[tuple[str, ...], NDArray[np.int_]] = {
        ("district",): np.zeros(firms, int),
        ("industry",): np.where(np.arange(firms) < 6, 1, -1),
    }
    answered = np.arange(firms) < firms - silent
    return thin_differences(Cube(domains=(DISTRICT, INDUSTRY), places=places, nesting={}), answered, threshold)


@pytest.mark.parametrize(("beyond", "firms"), [(1, [1]), (2, [2]), (3, [])])
def test_group_with_fewer_firms_more_than_the_threshold_is_found(beyond: int, firms: list[int]) -> None:
    assert nearly(beyond) == [Thin(whole=0, part=1, firms=each) for each in firms]


def test_rows_of_one_firm_beyond_a_part_are_one() -> None:
    """Six more local units of two firms tell of these firms."""
    places: dict[tuple[str, ...], NDArray[np.int_]]
    places = {("district",): np.zeros(12, int), ("industry",): np.where(np.arange(12) < 6, 1, -1)}
    cube = Cube(domains=(DISTRICT, INDUSTRY), places=places, nesting={})
    unit = np.array([0, 1, 2, 3, 4, 5, *[6] * 3, *[7] * 3])
    found = thin_differences(cube, np.ones(12, bool), 3, unit=unit)
    assert (thin_differences(cube, np.ones(12, bool), 3), found) == ([], [Thin(whole=0, part=1, firms=2)])


def test_part_of_a_sum_is_left_to_the_sum() -> None:
    """Eight firms are six of one district and two of another, which is a group of its own."""
    places: dict[tuple[str, ...], NDArray[np.int_]]
    places = {(): np.zeros(8, int), ("district",): np.repeat([1, 2], [6, 2])}
    cube = Cube(domains=((), DISTRICT, (("district", "y"),)), places=places, nesting={})
    assert thin_differences(cube, np.ones(8, bool), 3) == []


def test_two_groups_of_the_same_firms_are_found_once() -> None:
    assert nearly(0) == [Thin(whole=1, part=0, firms=0)]


def test_firms_that_did_not_answer_count_for_nothing() -> None:
    assert nearly(4, silent=2) == [Thin(whole=0, part=1, firms=2)]


def test_few_firms_beyond_a_part_are_a_part_of_their_own_number() -> None:
    assert thin_relations([Thin(whole=0, part=1, firms=2), Thin(whole=2, part=3, firms=0)], 9) == [
        Relation(whole=0, parts=(1, 9)),
        Relation(whole=2, parts=(3,)),
    ]
