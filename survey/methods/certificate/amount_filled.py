"""The figures of worlds in which gaps were filled, one world after another by the code that clears.

What filling adds to an error has no form over many worlds at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey.methods.certificate.amount_counting import CountedWorlds
from survey.methods.certificate.amount_numbers import Amount, AmountNumbers
from survey.methods.clearing.behind import Units
from survey.methods.clearing.cube import Cube
from survey.methods.clearing.estimates import tabulated_by
from survey.methods.clearing.medians import Neighbours, mean_around
from survey.methods.estimates.estimation import Estimate
from survey.methods.estimates.statistics import Key, QuantileStatistic
from survey.methods.production import Prepared


@dataclass(frozen=True, eq=False, kw_only=True)
class FilledFigures:
    """Figures of worlds of some columns: those of a wave, with the amounts of each world in their place, filled ones
    among them."""

    prepared: Prepared
    cube: Cube
    units: Units

    def of(
        self, asked: Sequence[Amount], worlds: Mapping[str, CountedWorlds], *, soft: bool = True
    ) -> dict[Key, AmountNumbers]:
        """The figures of W worlds; ``soft`` with means of five in place of medians."""
        number = len(next(iter(worlds.values())).values)
        by_key = {one.key: one for one in asked}
        found = {one.key: np.full((4, number, len(self.cube.domains)), np.nan) for one in asked}
        for w in range(number):
            world = self._world(worlds, w)
            neighbours = Neighbours(extract=world.extract, cube=self.cube, unit=self.units.unit)
            for grouping in self.cube.places:
                rows = tabulated_by(world, self.cube, grouping, by_key)
                for (key, _variable, value), row in rows.items():
                    near = neighbours if soft and isinstance(by_key[key], QuantileStatistic) else None
                    found[key][:, w, int(value)] = self._told(row, int(value), near)
        ends = {one.key: found[one.key][2:] for one in asked if isinstance(one, QuantileStatistic)}
        return {key: AmountNumbers(estimate=one[0], error=one[1], ends=ends.get(key)) for key, one in found.items()}

    def _told(self, row: Estimate, domain: int, near: Neighbours | None) -> list[float]:
        """A figure, its error and the ends of its interval; with the means of its neighbours where there are any."""
        values = [row.estimate, row.ci_low, row.ci_high]
        if near is not None and not np.isnan(row.estimate):
            answers, unit = near.answers(row.item, self.cube.domains[domain])
            values = [one if np.isnan(one) else mean_around(answers, one, unit) for one in values]
        return [values[0], row.se, *values[1:]]

    def _world(self, worlds: Mapping[str, CountedWorlds], w: int) -> Prepared:
        weighted = self.prepared.weighted
        filled = {column: one.filled[w] for column, one in worlds.items() if one.filled is not None}
        numbers = {column: replace(weighted.numbers[column], filled=one) for column, one in filled.items()}
        values = {column: one.values[w] for column, one in worlds.items()}
        extract = self.prepared.extract
        return replace(
            self.prepared,
            extract=extract.but(values={**extract.values, **values}),
            weighted=replace(weighted, numbers={**weighted.numbers, **numbers}),
            # Sums of finest cells are of what was reported in truth.
            finest=None,
        )
