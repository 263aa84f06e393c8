"""Changes of many figures between two waves: the error of each from its moments, what they share from their firms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.change.wave import Overlap, ScoredFigures, change_errors, overlap_covariances, some_at_once
from survey.methods.estimates.intervals import IntervalRule, t_interval
from survey.methods.estimates.linearisation import Linearised
from survey.methods.estimates.statistics import CodedStatistic, IndexStatistic, Key
from survey.methods.moments.index import Linear, linearised
from survey.methods.moments.tabulation import Tabulated, rows_of
from survey.methods.tables.filtering import FILTERED, INSIDE, Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """The later figure less the earlier with its error, and how many firms gave `both`."""

    estimate: float
    se: float
    ci_low: float
    ci_high: float
    df: int
    both: int


def changes(
    later: Filter, earlier: Filter, asked: Sequence[tuple[Linear, Linear]], overlap: Overlap
) -> list[FigureChange | None]:
    """The change of each pair of a later and an earlier statistic; None where one of them has no estimate. The degrees
    of freedom are the fewer of both designs."""
    now, before = _levels(later, [one for one, _other in asked]), _levels(earlier, [two for _one, two in asked])
    pairs = [(now[one.key], before[other.key]) for one, other in asked]
    # Left out before the pass: a nan among the scores would spread to every covariance.
    known = [k for k, pair in enumerate(pairs) if not np.isnan([row.estimate for row in pair]).any()]
    first = _Figures(filter_=later, asked=[asked[k][0] for k in known], estimates=now)
    second = _Figures(filter_=earlier, asked=[asked[k][1] for k in known], estimates=before)
    apart = np.array([sum(row.se**2 for row in pairs[k]) for k in known])
    errors = change_errors(apart, overlap_covariances(first.scored, second.scored, overlap)).tolist()
    # Satterthwaite's would lie between this and the sum of both; fewer widen the interval.
    df = min(wave.extract.design.degrees_of_freedom for wave in (later, earlier))
    found: list[FigureChange | None] = [None] * len(asked)
    for k, se, both in zip(known, errors, _in_both(first, second, overlap), strict=True):
        estimate = pairs[k][0].estimate - pairs[k][1].estimate
        low, high = t_interval(estimate, se, df)
        found[k] = FigureChange(estimate=estimate, se=se, ci_low=low, ci_high=high, df=df, both=both)
    return found


class _Level(NamedTuple):
    """The figure of one wave with its error, and the weights that it is of."""

    estimate: float
    se: float
    population: float


def _levels(filter_: Filter, asked: Sequence[Linear]) -> dict[Key, _Level]:
    """By key the figures under the filter with the error of their wave: those of its page, so that a change is the
    difference of the figures shown there."""
    statistics = list({one.key: one for one in asked}.values())
    moments, known = filter_.moments(statistics), filter_.tabulated(statistics)
    found = _summed_levels(known, moments.domain_values.index((FILTERED, INSIDE))) if known else {}
    # The scores of an index have a pass of their own.
    indices = [one for one in statistics if isinstance(one, IndexStatistic)]
    for row in rows_of(filter_.within(), moments, indices, IntervalRule(), everybody=False):
        if row.domain == FILTERED:
            found[row.key] = _Level(row.estimate, row.se, row.population)
    return found


def _summed_levels(known: Tabulated, row: int) -> dict[Key, _Level]:
    numbers = known.numbers
    columns = (numbers.estimate[row], np.sqrt(numbers.variance[row]), numbers.population[row])
    values = zip(*(column.tolist() for column in columns), strict=True)
    return {key: _Level(*each) for key, each in zip(known.columns, values, strict=True)}


@dataclass(frozen=True, eq=False, kw_only=True)
class _Coded:
    """Figures of coded items, at `places` among all: the codes of the firms by item (n, i), 0 = no answer, and for each
    figure its item and where in `score` and `counts` the entries of its codes begin."""

    places: Ints
    codes: Ints
    item: Ints
    start: Ints
    score: Floats
    counts: Bools

    def entries(self, rows: Ints, outside: Bools) -> Ints:
        """(k, m) the entry of each of these rows; outside the filter nobody answered."""
        # All items of a firm lie side by side, so that firms in any order are read once and not item by item.
        codes = self.codes[rows]
        codes[outside] = 0
        return np.asarray(np.ascontiguousarray(codes.T)[self.item] + self.start[:, None], np.intp)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Figures:
    """Statistics of a wave under a filter with their estimates: the scores of its firms, and who answered."""

    filter_: Filter
    asked: Sequence[Linear]
    estimates: Mapping[Key, _Level]

    @property
    def scored(self) -> ScoredFigures:
        """The scores."""
        return ScoredFigures(design=self.filter_.extract.design, figures=len(self.asked), of=self._scores)

    def answered(self, rows: Ints) -> Bools:
        """(k, m) which of these rows stand under the filter and gave each figure."""
        found = np.empty((len(self.asked), len(rows)), bool)
        found[self._coded.places] = self._coded.counts[self._entries(rows)]
        for k, linear in self._others.items():
            found[k] = linear.inside[rows]
        return found

    def _scores(self, rows: Ints) -> Floats:
        found = np.empty((len(self.asked), len(rows)))
        found[self._coded.places] = self._coded.score[self._entries(rows)]
        for k, linear in self._others.items():
            found[k] = linear.score[rows]
        return found

    def _entries(self, rows: Ints) -> Ints:
        return self._coded.entries(rows, ~self.filter_.inside[rows])

    @cached_property
    def _coded(self) -> _Coded:
        extract = self.filter_.extract
        asked = [(k, one) for k, one in enumerate(self.asked) if isinstance(one, CodedStatistic)]
        items = list(dict.fromkeys(one.item for _k, one in asked))
        points = [np.append(np.nan, one.by_label(extract.item(one.item).labels)) for _k, one in asked]
        widest = max((len(extract.items[item].labels) for item in items), default=0)
        # A byte for each code where that holds them: the codes of all items of a firm are read together.
        codes = np.empty((extract.rows, len(items)), np.int8 if widest < np.iinfo(np.int8).max else np.int16)
        for column, item in enumerate(items):
            np.add(extract.items[item].codes, 1, out=codes[:, column], casting="unsafe")
        return _Coded(
            places=np.array([k for k, _one in asked], np.intp),
            codes=codes,
            item=np.array([items.index(one.item) for _k, one in asked], np.intp),
            start=np.cumsum([0, *map(len, points)])[:-1],
            score=np.concatenate(
                [_NOTHING, *(self._score(one, few) for (_k, one), few in zip(asked, points, strict=True))]
            ),
            counts=~np.isnan(np.concatenate([_NOTHING, *points])),
        )

    def _score(self, one: CodedStatistic, points: Floats) -> Floats:
        """By code, no answer first."""
        row = self.estimates[one.key]
        # The score of a mean is (y - m)/N, that of a total y itself.
        return np.nan_to_num(points if one.total else (points - row.estimate) / row.population)

    @cached_property
    def _others(self) -> dict[int, Linearised]:
        """By place the figures of numbers, and indices, which have parts of several items."""
        return {
            k: linearised(self.filter_.extract, one, self.filter_.inside)
            for k, one in enumerate(self.asked)
            if not isinstance(one, CodedStatistic)
        }


_NOTHING = np.zeros(0)


def _in_both(later: _Figures, earlier: _Figures, overlap: Overlap) -> list[int]:
    """How many firms gave each figure in both waves."""
    found = np.zeros(len(later.asked), np.intp)
    for some in some_at_once(np.arange(len(overlap)), len(later.asked)):
        found += (later.answered(overlap.later[some]) & earlier.answered(overlap.earlier[some])).sum(axis=1)
    counted: list[int] = found.tolist()
    return counted
