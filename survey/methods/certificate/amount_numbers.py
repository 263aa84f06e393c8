"""The figures of many worlds of some columns at once, by the sums and errors that clearing makes its rows of."""

from collections.abc import Collection, Iterator, Mapping, Sequence
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
    """Figures of worlds of some columns: those of a prepared `extract`, with the amounts of each world in their
    place."""

    extract: Extract
    cube: Cube
    units: Units

    def of(
        self, asked: Sequence[Amount], values: Mapping[str, Floats], *, soft: bool = True
    ) -> dict[Key, AmountNumbers]:
        """The figures of worlds, by column (W, n); ``soft`` with means of five in place of medians."""
        worlds = len(next(iter(values.values())))
        extract, shape = self._made(asked, values), (worlds, len(self.cube.domains))
        # By key the estimate, its error and the ends of its interval.
        found = {one.key: np.full((4, *shape), np.nan) for one in asked}
        for grouping in self.cube.places:
            within = within_grouping(extract, self.cube, grouping)
            place = [int(label) for label in within.domains[CUBE].labels]
            sums = [one for one in asked if isinstance(one, NumericStatistic)]
            for key, figures in self._sums(within, sums, list(values), worlds):
                found[key][:2, :, place] = figures
            for one in asked:
                if isinstance(one, QuantileStatistic):
                    found[one.key][..., place] = self._quantiles(within, one, values[one.item], soft=soft)
        ends = {one.key: found[one.key][2:] for one in asked if isinstance(one, QuantileStatistic)}
        return {key: AmountNumbers(estimate=one[0], error=one[1], ends=ends.get(key)) for key, one in found.items()}

    def _made(self, asked: Sequence[Amount], values: Mapping[str, Floats]) -> Extract:
        other = dict.fromkeys(name for one in asked for name in columns_of_amounts(one) if name not in values)
        own = {_named(column, w): one for column, worlds in values.items() for w, one in enumerate(worlds)}
        skipped = {name: self.extract.skipped[name] for name in other if name in self.extract.skipped}
        for column, worlds in values.items():
            if column in self.extract.skipped:
                skipped |= {_named(column, w): self.extract.skipped[column] for w in range(len(worlds))}
        return replace(
            self.extract,
            items={},
            values={**{name: self.extract.values[name] for name in other}, **own},
            skipped=skipped,
        )

    def _sums(
        self, within: Extract, asked: Sequence[NumericStatistic], columns: Collection[str], worlds: int
    ) -> Iterator[tuple[Key, Floats]]:
        """By statistic the figures and their errors (2, W, d) in the d domains of a grouping."""
        if not asked:
            return
        # Keys hold the name of a world's column, so that all worlds go through one tabulation.
        statistics = [_of_world(one, columns, w) for one in asked for w in range(worlds)]
        sums = moments(within, [], summed_pairs(statistics), [CUBE], everybody=False)
        figures = np.stack(figures_from_moments(sums, statistics, BY_DOMAIN))
        for k, one in enumerate(asked):
            yield one.key, np.moveaxis(figures[:, :, k * worlds : (k + 1) * worlds], 1, 2)

    def _quantiles(self, within: Extract, asked: QuantileStatistic, values: Floats, *, soft: bool) -> Floats:
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
        below = shares_below(
            within, [replace(asked, item=_named(asked.item, w)) for w in range(len(values))], list(q), column, BY_DOMAIN
        )
        share, census = below.numbers.estimate.T, below.precision.census.T
        ends = [np.where(census, q, at(share + side * below.reach.T)) for side in (-1, 1)]
        error = below.error((ends[1] - ends[0]).T, BY_DOMAIN).T
        told = np.stack([q, *ends])
        if soft:
            told = means_around(values, order, codes, self.units.unit.astype(np.intp), told)
        return np.stack([told[0], error, *told[1:]])


def _named(column: str, world: int) -> str:
    return f"{column}·{world}"


def _of_world(asked: NumericStatistic, columns: Collection[str], world: int) -> NumericStatistic:
    return replace(
        asked,
        item=_named(asked.item, world) if asked.item in columns else asked.item,
        denominator=_named(asked.denominator, world) if asked.denominator in columns else asked.denominator,
    )
