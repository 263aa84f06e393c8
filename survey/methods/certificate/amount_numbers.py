"""The figures of many worlds of one column at once, by the sums and errors that clearing makes its rows of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.clearing.behind import Units
from survey.methods.clearing.cube import Cube
from survey.methods.clearing.estimates import CUBE, within_grouping
from survey.methods.estimates.economy import SizeShare
from survey.methods.estimates.statistics import Asked, Key, NumericStatistic, QuantileStatistic
from survey.methods.extract import Extract
from survey.methods.moments.passing import moments
from survey.methods.moments.quantiles import shares_below
from survey.methods.moments.tabulation import figures_from_moments, summed_pairs
from survey.methods.tables.making import BY_DOMAIN

Amount = NumericStatistic | QuantileStatistic


@dataclass(frozen=True, eq=False, kw_only=True)
class AmountNumbers:
    """Of one statistic in W worlds the figure and its error (W, D), nan where nobody answered; of medians the means of
    five and those at the `ends` of its interval (2, W, D)."""

    estimate: Floats
    error: Floats
    ends: Floats | None = None


def columns_of_amounts(asked: Asked) -> tuple[str, ...]:
    """The columns of numbers that a figure of amounts is made of; none of other figures."""
    if isinstance(asked, QuantileStatistic):
        return (asked.item,)
    if isinstance(asked, NumericStatistic) and not isinstance(asked, SizeShare):
        return (asked.item, asked.denominator) if asked.denominator else (asked.item,)
    return ()


@dataclass(frozen=True, eq=False, kw_only=True)
class WorldFigures:
    """Figures of worlds of a column: those of a prepared `extract`, with the amounts of each world in its place."""

    extract: Extract
    cube: Cube
    units: Units
    column: str

    def of(self, asked: Sequence[Amount], values: Floats, *, soft: bool = True) -> dict[Key, AmountNumbers]:
        """The figures of worlds (W, n); ``soft`` with means of five in place of medians."""
        names = [f"{self.column}·{w}" for w in range(len(values))]
        extract, shape = self._made(asked, values, names), (len(values), len(self.cube.domains))
        # By key the estimate, its error and the ends of its interval.
        found = {one.key: np.full((4, *shape), np.nan) for one in asked}
        for grouping in self.cube.places:
            within = within_grouping(extract, self.cube, grouping)
            place = [int(label) for label in within.domains[CUBE].labels]
            for key, figures in self._sums(within, [one for one in asked if isinstance(one, NumericStatistic)], names):
                found[key][:2, :, place] = figures
            for one in asked:
                if isinstance(one, QuantileStatistic):
                    found[one.key][..., place] = self._quantiles(within, one, names, values, soft=soft)
        ends = {one.key: found[one.key][2:] for one in asked if isinstance(one, QuantileStatistic)}
        return {key: AmountNumbers(estimate=one[0], error=one[1], ends=ends.get(key)) for key, one in found.items()}

    def _made(self, asked: Sequence[Amount], values: Floats, names: Sequence[str]) -> Extract:
        other = dict.fromkeys(name for one in asked for name in columns_of_amounts(one) if name != self.column)
        skipped = {name: self.extract.skipped[name] for name in other if name in self.extract.skipped}
        if self.column in self.extract.skipped:
            skipped |= dict.fromkeys(names, self.extract.skipped[self.column])
        own = dict(zip(names, values, strict=True))
        return replace(
            self.extract,
            items={},
            values={**{name: self.extract.values[name] for name in other}, **own},
            skipped=skipped,
        )

    def _sums(
        self, within: Extract, asked: Sequence[NumericStatistic], names: Sequence[str]
    ) -> Iterator[tuple[Key, Floats]]:
        """By statistic the figures and their errors (2, W, d) in the d domains of a grouping."""
        if not asked:
            return
        # Keys hold the name of a world's column, so that all worlds go through one tabulation.
        statistics = [_of_world(one, self.column, name) for one in asked for name in names]
        sums = moments(within, [], summed_pairs(statistics), [CUBE], everybody=False)
        figures = np.stack(figures_from_moments(sums, statistics, BY_DOMAIN))
        for k, one in enumerate(asked):
            yield one.key, np.moveaxis(figures[:, :, k * len(names) : (k + 1) * len(names)], 1, 2)

    def _quantiles(
        self, within: Extract, asked: QuantileStatistic, names: Sequence[str], values: Floats, *, soft: bool
    ) -> Floats:
        """(4, W, d) quantiles, their errors, and the ends of their intervals in the d domains of a grouping."""
        # Where a walk is run, Numba is loaded; no web process holds it.
        from survey.methods.certificate.amount_order import means_around, reaching

        column = within.domains[CUBE]
        codes, weight = column.codes.astype(np.intp), np.ascontiguousarray(within.weight, float)
        # Stable, as what clears sorts: equals stay in the order of the rows.
        order = np.argsort(values, axis=1, kind="stable")

        def at(share: Floats) -> Floats:
            return reaching(values, order, codes, weight, share)

        q = at(np.full((len(values), len(column.labels)), asked.p))
        below = shares_below(within, [replace(asked, item=name) for name in names], list(q), column, BY_DOMAIN)
        share, census = below.numbers.estimate.T, below.precision.census.T
        ends = [np.where(census, q, at(share + side * below.reach.T)) for side in (-1, 1)]
        error = below.error((ends[1] - ends[0]).T, BY_DOMAIN).T
        told = np.stack([q, *ends])
        if soft:
            told = means_around(values, order, codes, self.units.unit.astype(np.intp), told)
        return np.stack([told[0], error, *told[1:]])


def _of_world(asked: NumericStatistic, column: str, name: str) -> NumericStatistic:
    return replace(
        asked,
        item=name if asked.item == column else asked.item,
        denominator=name if asked.denominator == column else asked.denominator,
    )
