"""The key figures of a survey in units of their targets, so that their errors can be compared and added."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.errors import OutOfRange
from survey.methods.estimates.statistics import Asked, CodedStatistic, IndexStatistic, NumericStatistic
from survey.methods.extract import Extract
from survey.methods.moments.index import Linear, linearised
from survey.methods.tables.plan import PlannedTable
from survey.terms import Presentation

# The normal quantile: targets are set before there are answers whose degrees of freedom could be counted.
Z = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """Half widths wanted of 95 % intervals: of shares, balances and indices in ``points`` of a scale of 100, of
    amounts in per cent of themselves."""

    points: float = 5.0
    percent: float = 10.0

    def __post_init__(self) -> None:
        if not (self.points > 0 and self.percent > 0):
            raise OutOfRange((self.points, self.percent), "A target is above 0.")

    def error(self, asked: Linear, estimate: float) -> float:
        """The standard error that is aimed at."""
        # In per cent of itself: nobody can state the half width of an amount before its size is known.
        if _is_amount(asked):
            return self.percent / 100 * abs(estimate) / Z
        return self.points / 100 * _scale(asked) / Z


def _is_amount(asked: Linear) -> bool:
    if isinstance(asked, CodedStatistic):
        return asked.total
    return isinstance(asked, NumericStatistic) and not asked.proportion


def _scale(asked: Linear) -> float:
    """What 100 points are in the unit of the estimate."""
    if isinstance(asked, CodedStatistic):
        return 1.0 if asked.proportion else max(map(abs, asked.points.values()), default=1.0)
    return 100.0 if isinstance(asked, IndexStatistic) else 1.0


@dataclass(frozen=True, eq=False, kw_only=True)
class KeyFigures:
    """Codes and labels of F key figures, and their linearised scores in targets by the rows of the design (r, F)."""

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    scores: Floats


def figures_to_watch(extract: Extract, planned: Mapping[tuple[str, str], Asked], targets: Targets) -> KeyFigures:
    """Of the ``planned`` figures (code, label) those that have linear scores and an estimate; medians have none."""
    kept: list[tuple[str, str]] = []
    columns: list[Floats] = []
    for name, asked in planned.items():
        if not isinstance(asked, CodedStatistic | NumericStatistic | IndexStatistic):
            continue
        linear = linearised(extract, asked)
        target = targets.error(asked, linear.estimate)
        # Nobody answered, or a total of 0: no error of it can be told.
        if np.isfinite(target) and target > 0:
            kept.append(name)
            columns.append(np.asarray(np.nan_to_num(linear.score) / target, float))
    scores = np.column_stack(columns) if columns else np.empty((extract.rows, 0))
    return KeyFigures(codes=tuple(code for code, _ in kept), labels=tuple(label for _, label in kept), scores=scores)


def headline_figures(tables: tuple[PlannedTable, ...]) -> dict[tuple[str, str], Asked]:
    """What the plan puts at the head of the results, of all firms; all lists of figures where it puts nothing there."""
    chosen = [one for one in tables if one.block.presentation is Presentation.HEADLINE]
    lists = chosen or [one for one in tables if len(one.spec.columns.headings) == 1]
    return {
        (heading.code, heading.label): table.asked[heading.code, column.code]
        for table in lists
        for heading in table.spec.rows.headings
        for column in table.spec.columns.headings[:1]
        if (heading.code, column.code) in table.asked
    }
