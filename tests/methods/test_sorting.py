"""Rows stand as a stable sort puts them."""

import numpy as np
import pytest

from survey.methods import sorting
from survey.methods.arrays import Floats
from survey.methods.sorting import by_size

GENERATOR = np.random.default_rng(5)


@pytest.fixture(autouse=True)
def many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "FEW_ROWS", 0)


@pytest.mark.parametrize(
    "values",
    [
        GENERATOR.normal(size=3000),
        GENERATOR.lognormal(5, 3, 3000),
        np.round(GENERATOR.lognormal(3, 2, 3000)),
        np.round(GENERATOR.normal(size=3000), 2),
        GENERATOR.choice([0.0, -0.0, 1.0, -1.0, np.inf, -np.inf, 5e-324, -5e-324], 3000),
        1 + GENERATOR.integers(4, size=3000) * 2.0**-52,
        np.append(GENERATOR.normal(size=3000), 1 + GENERATOR.integers(4, size=8) * 2.0**-52),
        np.zeros(1),
        np.zeros(0),
    ],
    ids=["any", "amounts", "whole amounts", "tied", "ends", "nearly equal", "some nearly equal", "one", "none"],
)
def test_rows_stand_as_a_stable_sort_puts_them(values: Floats) -> None:
    assert by_size(values).tolist() == np.argsort(values, kind="stable").tolist()
