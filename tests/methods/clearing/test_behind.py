"""Who stands behind a figure, by hand: five firms, the second and third of one enterprise, the last without an answer."""

import numpy as np

from survey.instrument.plan.plan import MOST_DOMINANT
from survey.methods.clearing.behind import Units, behind, largest_by
from survey.methods.clearing.cube import Cube
from survey.methods.tables.domain import ALL_FIRMS, domain_of

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
