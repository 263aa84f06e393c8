"""Whether an estimate is good enough to publish: frozen, configurable rules that put a mark and a status on a cell.

Means and totals are graded by their CV, shares and rates by the width of their interval, since the CV of a share
depends on which answer is counted. What their error cannot tell lowers a grade as well (`Caveats`). Sources: economic
surveys standard of INE Chile 2024, NCHS standards for proportions 2017 (Series 2 no. 175).
"""

from dataclasses import dataclass, replace
from math import isnan

import numpy as np

from survey.methods.estimates.intervals import EDGE
from survey.methods.tables.table import Cell, Statistic, Table
from survey.terms import CellStatus
from survey.terms import gettext_noop as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A quality class: its printed `mark`, what it means, and whether the figure may be shown."""

    mark: str
    label: str
    status: CellStatus


RELIABLE = Grade(mark="", label=_("Reliable"), status=CellStatus.SHOWN)
WITH_CARE = Grade(mark="*", label=_("Use with care"), status=CellStatus.CAUTION)
SPANS = {Statistic.BALANCE: (-100.0, 100.0), Statistic.DIFFUSION: (0.0, 100.0), Statistic.INDEX: (0.0, 100.0)}
"""Where figures in points lie. A balance near 0 has no useful CV: they are graded by width, as a part of this span."""
UNRELIABLE = Grade(mark="**", label=_("Too unreliable to publish"), status=CellStatus.UNRELIABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """CVs up to `limit` (a fraction) have this grade."""

    limit: float
    grade: Grade

    def holds(self, cv: float) -> bool:
        """Whether `cv` is within the band."""
        return cv <= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class CvRule:
    """Fewer firms or degrees of freedom than the minimum, or no CV: `beyond`; else the first band that holds the CV."""

    bands: tuple[Band, ...]
    beyond: Grade
    minimum_n: int = 0
    minimum_df: float = 0

    def grade(self, cell: Cell) -> Grade:
        """The grade of an estimate by its CV."""
        # A CV is itself an estimate: from few firms or degrees of freedom it may look small by chance.
        too_small = (cell.n or 0) < self.minimum_n or (cell.df or 0) < self.minimum_df
        if too_small or cell.cv is None:
            return self.beyond
        for band in self.bands:
            if band.holds(cell.cv):
                return band.grade
        return self.beyond


@dataclass(frozen=True, slots=True, kw_only=True)
class WidthRule:
    """Grading of a proportion by its interval (all as fractions).

    Too few firms or effective answers, no interval, or a width of `widest` or more: unreliable. Width up to `narrow`:
    reliable. Between them the width relative to the proportion decides: above `relative` it is unreliable. What would
    be reliable is to be used with care below `minimum_df` degrees of freedom, and at 0 % and 100 %, where a relative
    width means nothing.
    """

    minimum_n: int = 30
    # Below 8 degrees of freedom the standards of NCHS (2017) have a statistician look at a proportion.
    minimum_df: float = 8
    narrow: float = 0.05
    widest: float = 0.30
    relative: float = 1.30

    def grade(self, cell: Cell) -> Grade:
        """The grade of a proportion by the width of its interval."""
        estimate, low, high = _number(cell.estimate), _number(cell.ci_low), _number(cell.ci_high)
        # A sum is no number where one of its parts is none.
        if isnan(estimate + low + high) or answers(cell) < self.minimum_n:
            return UNRELIABLE
        width = high - low
        extreme = estimate <= EDGE or estimate >= 1 - EDGE
        # NCHS 2017: unreliable from an absolute width of 0.30, or beyond 0.05 a relative width above 130 %.
        if width >= self.widest or (width > self.narrow and not extreme and width > self.relative * estimate):
            return UNRELIABLE
        return WITH_CARE if extreme or (cell.df or 0) < self.minimum_df else RELIABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveats:
    """What a grade says beside the size of an error: whether the interval can be trusted to hold as often as it says.

    Chosen by the study of the whole path (docs/coverage.md). A figure of amounts is to be used with care where chance
    drew fewer than `least_chance` of its answers, since one skew value more or less moves estimate and error together
    (Cochran 1977, 2.15: n > 25 G1^2), and where more than `most_absent` of its group is carried by firms taken with
    certainty that did not respond. A median or a number of firms is where it rests on fewer than `least_effective`
    effective answers: its error is that of a share.
    """

    least_chance: int = 25
    most_absent: float = 0.10
    least_effective: float = 30

    def apply(self, cell: Cell, statistic: Statistic) -> bool:
        """Whether the figure is to be used with care at best."""
        # By effective answers: under unequal weights thirty answers may carry no more than ten.
        if statistic in LIKE_SHARES and answers(cell) < self.least_effective:
            return True
        few = cell.n_chance is not None and cell.n_chance < self.least_chance
        return few or (cell.absent or 0) > self.most_absent


LIKE_SHARES = frozenset({Statistic.QUANTILE, Statistic.COUNT})


def answers(cell: Cell) -> float:
    """Answers that a figure rests on: their number, or the effective one of the domain where that is smaller."""
    # Never more than there are: stratification may bring the effective number above that of the answers.
    return min(float(cell.n or 0), np.inf if cell.n_eff is None else cell.n_eff)


def _number(value: float | None) -> float:
    return np.nan if value is None else value


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityStandard:
    """A named set of rules: for proportions (`fractions`), figures in `points`, and everything else (`general`).

    A figure of firms that all answered (`census`) has no sampling error, however few they are. One to which a caveat
    applies has the grade `care` at best."""

    code: str
    label: str
    general: CvRule
    fractions: CvRule | WidthRule
    points: WidthRule = WidthRule(relative=np.inf)
    census: Grade = RELIABLE
    caveats: Caveats = Caveats()
    care: Grade = WITH_CARE

    def grade(self, cell: Cell, statistic: Statistic) -> Grade:
        """The grade of an estimate of this kind."""
        if statistic in SPANS:
            # A balance of 0 may be as well measured as one of 50: no CV tells that, a part of the span does.
            return self.points.grade(_as_part_of_span(cell, *SPANS[statistic]))
        found = (self.fractions if statistic.is_fraction else self.general).grade(cell)
        # A caveat only lowers a grade: what is unreliable already stays so.
        trusted = found.status is not CellStatus.SHOWN or not self.caveats.apply(cell, statistic)
        return found if trusted else self.care


def _as_part_of_span(cell: Cell, start: float, end: float) -> Cell:
    """The cell with its figure and interval as fractions of the way from start to end."""
    low, estimate, high = (
        None if value is None else (value - start) / (end - start)
        for value in (cell.ci_low, cell.estimate, cell.ci_high)
    )
    return cell.but(ci_low=low, estimate=estimate, ci_high=high)


# The limits of the standard for economic surveys of INE Chile (2024).
BY_CV = CvRule(
    bands=(Band(limit=0.20, grade=RELIABLE), Band(limit=0.30, grade=WITH_CARE)),
    beyond=UNRELIABLE,
    minimum_n=30,
    minimum_df=9,
)
BY_WIDTH = WidthRule()
DEFAULT = QualityStandard(
    code="default",
    label=_("Economic surveys standard with proportions by interval width"),
    general=BY_CV,
    fractions=BY_WIDTH,
)


def grade_cell(cell: Cell, statistic: Statistic, standard: QualityStandard = DEFAULT) -> Cell:
    """The cell with its mark and status; a cell without firms or without an estimate is empty."""
    if not cell.n or cell.estimate is None:
        return cell.but(quality="", status=CellStatus.EMPTY)
    # No sample, no sampling error: rules of minimum size speak of sampling and do not apply.
    if cell.enumerated and cell.se == 0:
        return cell.but(quality=standard.census.mark, status=standard.census.status)
    grade = standard.grade(cell, statistic)
    # Most figures are reliable, as a new cell is.
    if cell.status is grade.status and cell.quality == grade.mark:
        return cell
    return cell.but(quality=grade.mark, status=grade.status)


def grade_table(table: Table, standard: QualityStandard = DEFAULT) -> Table:
    """The table with every cell graded."""
    cells = tuple(tuple(grade_cell(cell, table.spec.statistic, standard) for cell in row) for row in table.cells)
    return replace(table, cells=cells)
