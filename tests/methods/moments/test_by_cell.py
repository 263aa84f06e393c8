"""Which firms were asked and gave no answer."""

import numpy as np

from survey.methods.extract import Extract
from survey.methods.moments.by_cell import skipping

FIRMS = Extract(
    stratum=np.zeros(4, int),
    strata=("all",),
    weight=np.ones(4),
    skipped={"cost": np.array([False, True, False, False]), "staff": np.array([False, True, False, True])},
)


def test_who_skipped_either_item_of_a_figure_adds_to_its_error() -> None:
    found = [skipping(FIRMS, items) for items in (["cost"], ["cost", "staff"], ["revenue", "cost"])]
    assert [None if rows is None else rows.tolist() for rows in found] == [[1], [1, 3], [1]]


def test_item_of_which_nobody_knows_who_skipped_it_adds_nothing() -> None:
    assert skipping(FIRMS, ["revenue"]) is None
