from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from survey.methods.certificate.amount_figures import amount_columns
from survey.methods.certificate.amount_numbers import WorldFigures
from survey.methods.clearing.behind import units_of
from survey.methods.clearing.clearing import clearing_of
from survey.methods.clearing.estimates import cube_estimates
from survey.methods.clearing.medians import Neighbours, mean_around
from survey.methods.estimates.statistics import Asked, NumericStatistic, QuantileStatistic
from survey.methods.production import Prepared
from tests.methods.certificate.amounts_told import wave_of
from tests.methods.certificate.wave_and_question import rng
from tests.methods.clearing.surveyed import WORDS


def wave(**more: object) -> Prepared:
    # Many firms with the same amount, some without any, and firms of one enterprise.
    values = np.round(np.exp(rng().normal(2, 0.8, 120)))
    values[::17] = np.nan
    return wave_of(values, **more)


def worlds(made: Prepared) -> np.ndarray:
    values = made.extract.values["revenue"]
    moved = rng().random((7, len(values))) < 0.4
    return np.vstack([values, np.where(moved, values + rng().integers(-2, 3, moved.shape), values)])


def rows_of(made: Prepared, values: np.ndarray) -> dict[tuple[tuple[str, str, str], str], tuple[float, ...]]:
    """The figures of one world as clearing makes them, one by one."""
    one = replace(made, extract=replace(made.extract, values={"revenue": values}), finest=None)
    clearing = clearing_of(made, WORDS)
    unit = units_of(made.collected, made.extract.rows).unit
    neighbours = Neighbours(extract=one.extract, cube=clearing.cube, unit=unit)
    planned = [plan for plan in clearing.planned if any(key[0] == "revenue" for key in _keys(plan.asked.values()))]
    found: dict[tuple[tuple[str, str, str], str], tuple[float, ...]] = {}
    for (key, _variable, place), row in cube_estimates(one, clearing.cube, planned).found.items():
        told: tuple[float, ...] = (row.estimate, row.se)
        if key[1] == "median":
            answers, units = neighbours.answers("revenue", clearing.cube.domains[int(place)])
            five = [mean_around(answers, one, units) for one in (row.estimate, row.ci_low, row.ci_high)]
            told = (five[0], row.se, *five[1:])
        found[key, place] = told
    return found


def _keys(asked: Iterable[Asked]) -> list[tuple[str, str, str]]:
    return [one.key for one in asked if isinstance(one, NumericStatistic | QuantileStatistic)]


@pytest.mark.parametrize("enterprise", [None, np.repeat(np.arange(40), 3)])
def test_figures_of_many_worlds_are_those_that_clearing_makes_of_each(enterprise: np.ndarray | None) -> None:
    made = wave(enterprise=enterprise)
    clearing, values = clearing_of(made, WORDS), worlds(made)
    units = units_of(made.collected, made.extract.rows)
    figures = WorldFigures(extract=made.extract, cube=clearing.cube, units=units)
    found = figures.of(amount_columns(clearing)["revenue"], {"revenue": values})
    assert {key[1] for key in found} == {"mean", "median", "total"}
    for w, one in enumerate(values):
        for (key, place), told in rows_of(made, one).items():
            numbers = found[key]
            ends = () if numbers.ends is None else tuple(numbers.ends[:, w, int(place)])
            now = (numbers.estimate[w, int(place)], numbers.error[w, int(place)], *ends)
            np.testing.assert_allclose(now, told, rtol=1e-10)
