"""Changes of many figures between two waves: the error of each from its moments, what they share from their firms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.change.coded import CodedScore, CodedWave, coded_overlap
from survey.methods.change.from_cells import SummedScore, SummedWave, overlap_from_cells
from survey.methods.change.in_common import Respondents
from survey.methods.change.shared_cells import Both, SharedCells
from survey.methods.change.wave import Overlap, ScoredFigures, change_errors, overlap_covariances
from survey.methods.estimates.intervals import IntervalRule, t_interval
from survey.methods.estimates.statistics import CodedStatistic, IndexStatistic, Key, NumericStatistic
from survey.methods.extract import Extract
from survey.methods.moments.index import Linear, linearised
from survey.methods.moments.sums import Moments, Source
from survey.methods.moments.tabulation import Tabulated, rows_from_moments
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
    later: Filter,
    earlier: Filter,
    asked: Sequence[tuple[Linear, Linear]],
    overlap: Overlap,
    cells: SharedCells | None = None,
) -> list[FigureChange | None]:
    """The change of each pair of a later and an earlier statistic; None where one of them has no estimate. The degrees
    of freedom are the fewer of both designs. Where the firms in common are known by `cells` they are not read."""
    now, before = _levels(later, [one for one, _other in asked]), _levels(earlier, [two for _one, two in asked])
    pairs = [(now[one.key], before[other.key]) for one, other in asked]
    # Left out before the pass: a nan among the scores would spread to every covariance.
    known = [k for k, pair in enumerate(pairs) if not np.isnan([row.estimate for row in pair]).any()]
    covariances, firms = _overlap(later, earlier, [(asked[k], pairs[k]) for k in known], overlap, cells)
    apart = np.array([sum(row.se**2 for row in pairs[k]) for k in known])
    errors = change_errors(apart, covariances).tolist()
    # Satterthwaite's would lie between this and the sum of both; fewer widen the interval.
    df = min(wave.extract.design.degrees_of_freedom for wave in (later, earlier))
    found: list[FigureChange | None] = [None] * len(asked)
    for k, se, both in zip(known, errors, firms.tolist(), strict=True):
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
    for row in rows_from_moments(filter_.within(), moments, indices, IntervalRule(), everybody=False):
        if row.domain == FILTERED:
            found[row.key] = _Level(row.estimate, row.se, row.population)
    return found


def _summed_levels(known: Tabulated, row: int) -> dict[Key, _Level]:
    numbers = known.numbers
    columns = (numbers.estimate[row], np.sqrt(numbers.variance[row]), numbers.population[row])
    values = zip(*(column.tolist() for column in columns), strict=True)
    return {key: _Level(*each) for key, each in zip(known.columns, values, strict=True)}


_Pair = tuple[tuple[Linear, Linear], tuple[_Level, _Level]]
"""What is asked of the later and of the earlier wave, and the figures of both."""


def source_of(asked: Linear) -> Source | None:
    """What a figure is of, where its score follows from sums; None of an index, which has parts of several items."""
    if isinstance(asked, CodedStatistic):
        return asked.item
    return (asked.item, asked.denominator) if isinstance(asked, NumericStatistic) else None


def summed_sources(asked: Iterable[tuple[Linear, Linear]]) -> list[Both]:
    """What the changes are of that follow from sums, each once."""
    pairs = [(source_of(one), source_of(other)) for one, other in asked]
    alike = [(one, two) for one, two in pairs if one is not None and two is not None and type(one) is type(two)]
    return list(dict.fromkeys(alike))


def _overlap(
    later: Filter, earlier: Filter, asked: Sequence[_Pair], overlap: Overlap, cells: SharedCells | None
) -> tuple[Floats, Ints]:
    """(k,) covariances of the figures of both waves, and how many firms gave each in both."""
    found, firms = np.zeros(len(asked)), np.zeros(len(asked), np.intp)
    summed = _summed(later, earlier, asked, cells) if len(overlap) else []
    coded = [k for k, (pair, _levels) in enumerate(asked) if all(isinstance(one, CodedStatistic) for one in pair)]
    coded = sorted(set(coded) - set(summed))
    others = sorted(set(range(len(asked))) - {*coded, *summed})
    if summed and cells is not None:
        first, second = (
            _in_cells(filter_, _side([asked[k] for k in summed], side)) for side, filter_ in enumerate((later, earlier))
        )
        found[summed], firms[summed] = overlap_from_cells(first, second, cells)
    sides = [_side([asked[k] for k in coded], side) for side in (0, 1)]
    found[coded], firms[coded] = coded_overlap(_coded(later, sides[0]), _coded(earlier, sides[1]), overlap)
    found[others], firms[others] = _scored_overlap(later, earlier, [asked[k] for k in others], overlap)
    return found, firms


def _summed(later: Filter, earlier: Filter, asked: Sequence[_Pair], cells: SharedCells | None) -> list[int]:
    """The places of the figures that follow from sums by cell."""
    groups = [[variable for variable, _value in one.domain] for one in (later, earlier)]
    if cells is None or later.finest is None or earlier.finest is None or not cells.serve(*groups):
        return []
    known = cells.sums.keys()
    return [k for k, (pair, _levels) in enumerate(asked) if (source_of(pair[0]), source_of(pair[1])) in known]


def _side(asked: Sequence[_Pair], side: int) -> list[tuple[Linear, _Level]]:
    return [(pair[side], levels[side]) for pair, levels in asked]


def _scored_overlap(
    later: Filter, earlier: Filter, asked: Sequence[_Pair], overlap: Overlap
) -> tuple[Floats, list[int]]:
    """Of figures that have a score of their own for each firm."""
    first, second = (
        _Figures(filter_=filter_, asked=[pair[side] for pair, _levels in asked])
        for side, filter_ in enumerate((later, earlier))
    )
    found = overlap_covariances(first.scored, second.scored, overlap)
    firms = [
        int((first.gave[k][overlap.later] & second.gave[k][overlap.earlier]).sum()) if len(overlap) else 0
        for k in range(len(asked))
    ]
    return found, firms


def _in_cells(filter_: Filter, figures: Sequence[tuple[Linear, _Level]]) -> SummedWave:
    moments = filter_.moments([one for one, _level in figures])
    row = moments.domain_values.index((FILTERED, INSIDE))
    assert filter_.finest is not None
    return SummedWave(
        respondents=Respondents(design=filter_.extract.design, inside=filter_.inside),
        moments=moments,
        finest=filter_.finest,
        scores=[
            _score(filter_.extract, one, level, row)
            if isinstance(one, CodedStatistic)
            else _pair_score(moments, one, row)
            for one, level in figures
            if not isinstance(one, IndexStatistic)
        ],
    )


def _coded(filter_: Filter, figures: Sequence[tuple[Linear, _Level]]) -> CodedWave:
    asked = [(one, level) for one, level in figures if isinstance(one, CodedStatistic)]
    moments = filter_.moments([one for one, _level in asked])
    row = moments.domain_values.index((FILTERED, INSIDE))
    return CodedWave(
        extract=filter_.extract,
        inside=filter_.inside,
        moments=moments,
        scores=[_score(filter_.extract, one, level, row) for one, level in asked],
    )


def _score(extract: Extract, one: CodedStatistic, level: _Level, row: int) -> CodedScore:
    points = np.append(one.by_label(extract.item(one.item).labels), np.nan)
    # The score of a mean is (y - m)/N, that of a total y itself.
    table = np.nan_to_num(points if one.total else (points - level.estimate) / level.population)
    return CodedScore(item=one.item, table=table, counts=~np.isnan(points), row=row)


def _pair_score(moments: Moments, one: NumericStatistic, row: int) -> SummedScore:
    """On (a - centre, b, 1): of a ratio (a - R b) / B, of a total a."""
    pair = one.item, one.denominator
    sums = moments.pairs[pair]
    a, b, _size = sums.linear["w"][row].sum(axis=0).tolist()
    table = [1.0, 0.0, sums.centre, 0.0] if one.total else [1 / b, -a / b**2, 0.0, 0.0]
    return SummedScore(item=pair, table=np.array(table), counts=np.array([True, False]), row=row)


@dataclass(eq=False, kw_only=True)
class _Figures:
    """Statistics of a wave under a filter: the scores of its firms, and `gave`, by number those that answered a
    statistic whose scores have been asked for."""

    filter_: Filter
    asked: Sequence[Linear]
    gave: dict[int, Bools] = field(default_factory=dict)

    @property
    def scored(self) -> ScoredFigures:
        """The scores."""
        return ScoredFigures(
            design=self.filter_.extract.design,
            figures=len(self.asked),
            of=self._scores,
            inside=self.filter_.inside,
        )

    def _scores(self, figure: int) -> Floats:
        linear = linearised(self.filter_.extract, self.asked[figure], self.filter_.inside)
        self.gave[figure] = linear.inside
        return linear.score
