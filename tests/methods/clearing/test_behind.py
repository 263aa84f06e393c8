"""Who stands behind a figure, by hand: five firms, the second and third of one enterprise, the last without an answer."""

from dataclasses import replace

import numpy as np

from survey.instrument.plan.plan import MOST_DOMINANT
from survey.methods.clearing.behind import Together, Units, behind, largest_by, units_of
from survey.methods.clearing.cube import Cube
from survey.methods.tables.domain import ALL_FIRMS, domain_of
from tests.methods.clearing.surveyed import collected, with_answers_of

CUBE = Cube(
    domains=(ALL_FIRMS, domain_of(size="small"), domain_of(size="large")),
    places={(): np.zeros(5, int), ("size",): np.array([1, 1, 2, 2, 2])},
    nesting={},
)
ANSWERED = np.array([True, True, True, True, False])
AMOUNT = np.array([5.0, 3, 4, 9, 100])


def test_firms_of_an_enterprise_are_one_unit_with_their_amounts_together() -> None:
    units = Units(unit=np.array([0, 6, 6, 3, 4]), consents=np.array([True, True, False, False, True]))
    found = behind(CUBE, units, ANSWERED, AMOUNT, 2 * AMOUNT)
    assert (found.units.tolist(), found.total.tolist()) == ([3, 2, 2], [42, 16, 26])
    assert found.largest[:, :3].tolist() == [[9, 7, 5], [5, 3, 0], [9, 4, 0]]
    # The enterprise consents where both of its firms do: in the group that has the first of them alone.
    assert found.guarded.tolist() == [2, 0, 2]
    assert found.largest_guarded[:, :2].tolist() == [[9, 7], [0, 0], [9, 4]]


def test_largest_amounts_stand_in_descending_order_and_no_more_than_are_kept() -> None:
    amounts = np.random.default_rng(1).permutation(np.arange(1.0, MOST_DOMINANT + 2))
    assert largest_by(np.zeros(MOST_DOMINANT + 1, int), amounts, 2).tolist() == [
        list(range(MOST_DOMINANT + 1, 1, -1)),
        [0] * MOST_DOMINANT,
    ]


def test_units_are_those_of_the_firms_that_answered_whatever_row_of_the_sample_they_have() -> None:
    """Of six firms the first refused; the fourth and the sixth are of the first enterprise, the fifth consents."""
    wave = replace(
        with_answers_of(collected([[6]]), np.arange(6) > 0),
        enterprise=np.array([0, -1, -1, 0, -1, 0]),
        consents=np.array([True, False, False, False, True, False]),
    )
    found = units_of(wave, 7)
    assert found.unit.tolist() == [0, 1, 7, 3, 7, 5, 6]
    assert found.consents.tolist() == [False, False, False, True, False, False, False]
    assert units_of(replace(wave, enterprise=None, consents=None), 7).unit.tolist() == list(range(7))


def test_unit_of_several_groups_counts_once_among_all_of_them() -> None:
    """Small are the first two firms, large two of the others; all but the first are of one enterprise, or none is."""
    consents = np.zeros(5, bool)
    counts = []
    for unit in (np.arange(5), np.array([0, 6, 6, 6, 6])):
        together = Together(
            cube=CUBE, units=Units(unit=unit, consents=consents), answered=ANSWERED, each=np.array([4, 2, 2])
        )
        counts.append((together.count([1]), together.count([2]), together.count([1, 2])))
    assert counts == [(2, 2, 4), (2, 1, 2)]
