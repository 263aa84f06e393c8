"""Sums by cell and code, and which firms were asked and gave no answer."""

import numpy as np

from survey.methods.extract import Extract
from survey.methods.moments.by_cell import WeightsSummed, coded_by_cell, skipping
from tests.methods.surveys import random_extract

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


def test_sums_of_items_of_one_pass_are_those_of_each_by_itself() -> None:
    extract = random_extract(calibrated="linear", numeric=True)
    weights, cell = WeightsSummed.of(extract), extract.domains["size"].codes.astype(np.int32)
    alone = coded_by_cell(extract.items, weights, cell, 3)
    together = coded_by_cell(extract.items, weights, cell, 3, [["q0", "q1"], ["q2"]])
    for item, tables in alone.items():
        for name, table in tables.items():
            np.testing.assert_allclose(together[item][name], table, rtol=1e-12)
