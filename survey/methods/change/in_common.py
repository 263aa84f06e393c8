"""What figures of two waves have of the firms in common, whatever the figures are: products with what is taken off.

A firm in both waves adds part (u - off)(u' - off') to a covariance (`wave`): u = w z is its weighted score, and off is
what its calibration pattern, its numeric auxiliaries and the mean of its stratum take off it. Multiplied out, the
products of off and off' are those of few coefficients, and u is 0 outside the filter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from scipy import sparse

from survey.methods.arrays import ROWS_AT_ONCE, Bools, ColumnsSummed, Floats, Ints, sums_by
from survey.methods.estimates.design import Design
from survey.methods.moments.cells import observed


@dataclass(frozen=True, eq=False, kw_only=True)
class Respondents:
    """The firms of a wave, and which are under the filter (n,)."""

    design: Design
    inside: Bools

    @cached_property
    def spread(self) -> Floats:
        """(n,) the weights of scores; residuals count more as they do in the variance."""
        calibration = self.design.calibration
        return self.design.weight if calibration is None else calibration.spread_weight

    @cached_property
    def pattern(self) -> Ints:
        """(n,) calibration patterns; one where weights are not calibrated."""
        calibration = self.design.calibration
        return np.zeros(len(self.design.stratum), np.intp) if calibration is None else calibration.auxiliaries.pattern

    @property
    def patterns(self) -> int:
        """How many patterns there are."""
        calibration = self.design.calibration
        return 1 if calibration is None else len(calibration.auxiliaries.patterns)

    @cached_property
    def numeric(self) -> Floats:
        """(n, J) numeric auxiliaries."""
        calibration = self.design.calibration
        return np.zeros((len(self.design.stratum), 0)) if calibration is None else calibration.auxiliaries.numeric

    @cached_property
    def explained(self) -> "Explained":
        """What means of residuals are taken from."""
        strata, patterns = len(self.design.strata), self.patterns
        place = self.design.stratum.astype(np.int64) * patterns + self.pattern
        numeric = [sums_by(self.design.stratum, self.spread * one, strata) for one in self.numeric.T]
        return Explained(
            by_pattern=sums_by(place, self.spread, strata * patterns).reshape(strata, patterns),
            numeric=np.array(numeric).reshape(len(numeric), strata),
            units=self.design.units,
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class Explained:
    """Of all firms of a wave the sums of weights by stratum and pattern (H, C), and times each numeric auxiliary by
    stratum (J, H), with the firms by stratum (H,): the same for all figures."""

    by_pattern: Floats
    numeric: Floats
    units: Ints

    def means(self, sums: Floats, level: Floats, slope: Floats) -> Floats:
        """(k, H) means of weighted residuals by stratum, from the sums of weighted scores and what is explained."""
        found = sums - level @ self.by_pattern.T - slope @ self.numeric
        return np.asarray(found / np.maximum(self.units, 1), float)


@dataclass(frozen=True, eq=False, kw_only=True)
class TakenOff:
    """What is taken off the scores of k figures: `level` (k, C) by pattern and `slope` (k, J) of each numeric
    auxiliary, both times the weight, and `means` (k, H) by stratum."""

    level: Floats
    slope: Floats
    means: Floats

    @property
    def coefficients(self) -> Floats:
        """(k, C + J + H) all of them."""
        return np.hstack([self.level, self.slope, self.means])

    def part(self, places: Sequence[int]) -> Self:
        """Of the figures at these places alone."""
        return replace(self, level=self.level[places], slope=self.slope[places], means=self.means[places])

    def times(self, sums: Floats, pattern: Ints, stratum: Ints) -> Floats:
        """(K, k) what is taken off k figures times weights, from sums (K, cells, 2 + J) by cells of these patterns and
        strata (cells,): of the weight of this wave, of 1, and of the weight times each numeric auxiliary."""
        found = sums[..., 0] @ self.level[:, pattern].T + sums[..., 1] @ self.means[:, stratum].T
        return np.asarray(found + sums[..., 2:].sum(axis=1) @ self.slope.T, float)


@dataclass(frozen=True, eq=False, kw_only=True)
class Common:
    """The firms in common as one wave knows them: their rows (m,), and which are under the filter there."""

    wave: Respondents
    rows: Ints
    inside: Bools
    spread: Floats
    pattern: Ints
    stratum: Ints
    numeric: Floats

    @classmethod
    def of(cls, wave: Respondents, rows: Ints) -> Self:
        """The firms in these rows."""
        return cls(
            wave=wave,
            rows=rows,
            inside=wave.inside[rows],
            spread=wave.spread[rows],
            pattern=wave.pattern[rows],
            stratum=wave.design.stratum[rows],
            numeric=wave.numeric[rows],
        )

    def features(self, rows: slice) -> list[Floats]:
        """What some of the firms have of all that is taken off but by pattern and stratum: the weight, the weight times
        each numeric auxiliary, and 1."""
        spread = self.spread[rows]
        return [spread, *(spread * each for each in self.numeric[rows].T), np.ones(len(spread))]

    @property
    def length(self) -> int:
        """C + J + H: how many coefficients of what is taken off there are."""
        return self.wave.patterns + int(self.numeric.shape[1]) + len(self.wave.design.strata)

    @cached_property
    def cells(self) -> tuple[Ints, Ints]:
        """(cells, 2 + J) the coefficients that the features of firms belong to which are alike in pattern and stratum,
        and the cell of each firm (m,)."""
        strata, patterns, auxiliaries = len(self.wave.design.strata), self.wave.patterns, self.numeric.shape[1]
        keys, cell = observed(self.pattern.astype(np.int64) * strata + self.stratum, patterns * strata)
        pattern, stratum = np.divmod(keys, strata)
        numeric = np.broadcast_to(patterns + np.arange(auxiliaries), (len(keys), auxiliaries))
        return np.column_stack([pattern, numeric, patterns + auxiliaries + stratum]), cell


def off_products(one: Common, two: Common, part: Floats) -> sparse.csr_array:
    """(C + J + H, C' + J' + H') sums of part times what firms have of all that is taken off in both waves."""
    # Firms alike in pattern and stratum of both waves have the same coefficients: their products are added up first.
    (rows, mine), (columns, other) = one.cells, two.cells
    keys, cell = observed(mine * len(columns) + other, len(rows) * len(columns))
    rows, columns = rows[keys // len(columns)], columns[keys % len(columns)]
    sums = np.zeros((len(keys), rows.shape[1] * columns.shape[1]))
    for start in range(0, len(part), ROWS_AT_ONCE):
        few = slice(start, start + ROWS_AT_ONCE)
        products = [each * part[few] * again for each in one.features(few) for again in two.features(few)]
        sums += ColumnsSummed.of(products, len(products[0])).by(cell[few], len(keys))
    places = np.repeat(rows, columns.shape[1], axis=1), np.tile(columns, (1, rows.shape[1]))
    shape = one.length, two.length
    return sparse.csr_array(sparse.coo_array((sums.ravel(), tuple(each.ravel() for each in places)), shape=shape))


@dataclass(frozen=True, eq=False, kw_only=True)
class Against:
    """Scores of one wave against what is taken off in the other: weights and auxiliaries of the firms, to be added up
    by the cell that each (m,) is in there, and the pattern and stratum of each cell."""

    cell: Ints
    pattern: Ints
    stratum: Ints
    columns: ColumnsSummed

    @classmethod
    def of(cls, one: Common, two: Common, part: Floats) -> Self:
        """Scores of the firms as the one wave knows them, against what is taken off in the other."""
        strata = len(two.wave.design.strata)
        keys, cell = observed(two.pattern.astype(np.int64) * strata + two.stratum, two.wave.patterns * strata)
        plain = part * one.spread * one.inside
        weight = plain * two.spread
        return cls(
            cell=cell.astype(np.int32),
            pattern=keys // strata,
            stratum=keys % strata,
            columns=ColumnsSummed.of([weight, plain, *(weight * each for each in two.numeric.T)], len(two.rows)),
        )

    def coded(self, off: TakenOff, codes: Ints, tables: Floats) -> Floats:
        """(k,) sums of part u off' of the figures of an item with these codes (m,) and these scores by code (k, K); no
        answer is -1 and has no score."""
        width, cells = tables.shape[1] + 1, len(self.pattern)
        # (K, cells, 2 + J): weights of both waves, of the one alone, and both times each numeric auxiliary.
        found = self.columns.crossed([(codes, cells), (self.cell, 1)], cells, width * cells)
        taken = off.times(found.reshape(width, cells, -1)[1:], self.pattern, self.stratum)
        return np.asarray((tables * taken.T).sum(axis=1), float)

    def scored(self, off: TakenOff, scores: Floats) -> Floats:
        """(1,) the same of one figure with a score for each firm (m,)."""
        sums = self.columns.by(self.cell, len(self.pattern), times=scores)[None]
        return np.asarray(off.times(sums, self.pattern, self.stratum)[0], float)
