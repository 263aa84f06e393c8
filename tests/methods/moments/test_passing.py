"""Moments in one pass over the firms, or over the cells that they were added up to."""

from dataclasses import replace

import numpy as np
import pytest

from survey.methods.extract import Coded, Extract
from survey.methods.moments.finest import finest_of
from survey.methods.moments.passing import moments
from tests.methods.surveys import random_extract

PAIRS = [("revenue", ""), ("staff", "revenue")]


def _survey() -> Extract:
    """Items with six codes and one with two."""
    extract = random_extract()
    short = Coded((np.arange(extract.rows) % 3 - 1).astype(np.int8), ("no", "yes"))
    return replace(extract, items={**extract.items, "short": short})


def test_items_of_any_number_of_codes_are_added_up_by_group_and_stratum() -> None:
    extract = _survey()
    found = moments(extract, domains=["size"])
    for name, item in extract.items.items():
        for stratum in range(len(extract.strata)):
            for code in range(len(item.labels)):
                rows = (extract.stratum == stratum) & (item.codes == code)
                small = rows & (extract.domains["size"].codes == 0)
                sums = found.items[name].linear["w"][:2, stratum, code]
                assert sums == pytest.approx([extract.weight[rows].sum(), extract.weight[small].sum()])


def test_moments_of_cells_are_those_of_their_firms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey.methods.moments.finest.FEWEST_FIRMS", 0)
    monkeypatch.setattr("survey.methods.moments.finest.FIRMS_IN_A_CELL", 0)
    extract = _survey()
    names = list(extract.items)
    finest = finest_of(extract, names, PAIRS, ["industry", "size"])
    one, other = moments(extract, names, PAIRS), moments(extract, names, PAIRS, finest=finest)
    np.testing.assert_array_equal(other.rows, one.rows)
    for name in names:
        np.testing.assert_array_equal(other.items[name].count, one.items[name].count)
        np.testing.assert_allclose(other.items[name].linear["w"], one.items[name].linear["w"], rtol=1e-12)
    for pair in PAIRS:
        np.testing.assert_array_equal(other.pairs[pair].count, one.pairs[pair].count)
        np.testing.assert_allclose(other.pairs[pair].square["w"], one.pairs[pair].square["w"], rtol=1e-9)
