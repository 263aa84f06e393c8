"""Rounding at the source: what a cell may hold so that page, file and chart cannot tell more.

Errors, intervals and marks are made again from rounded figures, so that they add nothing to what these tell.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import floor, inf, isfinite, sqrt

import numpy as np

from survey.methods.clearing.steps import (
    AS_BORNE,
    FEWEST_FOR_ENDS,
    FIRMS_STEP,
    Coarser,
    amount_step,
    decimals_of,
    firms_to_base,
    nice_step,
    plain,
    sizes_behind,
    to_step,
    two_digits,
)
from survey.methods.estimates.intervals import Proportion, proportion_interval, t_interval
from survey.methods.tables.beside import Whole
from survey.methods.tables.quality import grade_cell
from survey.methods.tables.table import Cell, Statistic
from survey.terms import CellStatus

Reach = tuple[float, float]
LEAST_PART = 0.01
"""Amounts are told to this part of themselves at the closest, even those that were asked of all firms."""
PART_STEP = 0.05
"""Shares of values that were filled in or are lacking are told to this step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounder:
    """How the figures of one subject in one domain are rounded: shares, and all else between two bounds, in `step`s of
    what lies between; up to `edge` from either end a band is told. Errors of these are those of `worth` equal answers
    (infinite: of a census) with `df` degrees of freedom, in which no answer has a part. Amounts are told so many steps
    `coarser` than their errors bear."""

    step: float
    edge: float
    worth: float
    df: float
    coarser: Coarser = AS_BORNE

    def round(self, cell: Cell, statistic: Statistic, reach: Reach | None, spread: float | None = None) -> Cell:
        """The rounded cell with its mark; `reach` is the least and the largest that the figure can be, None where it
        has no bound, `spread` the variance of one answer where shown figures tell it."""
        if cell.estimate is None or not cell.n:
            return Cell(n=0, status=CellStatus.EMPTY)
        # Not as estimated: those tell in which strata the answers lie (see `worth`).
        own = cell.but(df=_freedom(self.df), n_eff=firms_to_base(min(self.worth, cell.n)))
        rounded = self._bounded(own, reach, spread) if reach else _amount(own, statistic, self.coarser)
        told = rounded.but(
            n=firms_to_base(cell.n),
            n_chance=None if cell.n_chance is None else firms_to_base(cell.n_chance),
            absent=_part(cell.absent),
            filled=_part(cell.filled),
            lacking=_part(cell.lacking),
            of_all=self._whole(cell.of_all),
            weighted_count=None,
            contributions=None,
            unanimous=False,
            enumerated=self.worth == inf,
            second=None,
        )
        return _public(grade_cell(told, statistic))

    def _bounded(self, cell: Cell, reach: Reach, spread: float | None) -> Cell:
        """A figure between two bounds, told as the part z of the way between them."""
        assert cell.estimate is not None
        low, width = reach[0], reach[1] - reach[0]
        part, band = self.part(min(max((cell.estimate - low) / width, 0.0), 1.0))
        # p (1 - p) of the rounded part, for scores between the ends the most that it can be.
        one = part * (1 - part) if spread is None else spread / width**2
        # To base 5 fewer than 2.5 answers would be none, by which nothing can be divided.
        se = sqrt(one / (self.worth if self.worth == inf else to_step(self.worth, FIRMS_STEP) or 2.0))
        ends = [None if end is None else low + width * to_step(end, 0.01) for end in _ends_of_part(part, se, cell)]
        return cell.but(
            estimate=plain(low + width * part),
            band=band and (plain(low + width * band[0]), plain(low + width * band[1])),
            se=two_digits(width * se),
            cv=None if not se or not low + width * part else two_digits(width * se / abs(low + width * part)),
            ci_low=None if ends[0] is None else plain(ends[0]),
            ci_high=None if ends[1] is None else plain(ends[1]),
        )

    def part(self, exact: float) -> tuple[float, Reach | None]:
        """The rounded part, and at either end of the reach the band that is told in place of it.

        So nobody, or everybody, is never told (see `band_edge`).
        """
        if exact < self.edge - DUST:
            return plain(self.edge / 2), (0.0, self.edge)
        if exact > 1 - self.edge + DUST:
            return plain(1 - self.edge / 2), (plain(1 - self.edge), 1.0)
        return to_step(exact, self.step), None

    def _whole(self, whole: Whole | None) -> Whole | None:
        if whole is None:
            return None
        part, band = self.part(whole.estimate)
        return Whole(estimate=part, se=None, ci_low=None, ci_high=None, n=firms_to_base(whole.n), band=band)


DUST = 1e-9
"""Sums of weights differ in the last digits: what is nearer to a limit than this is on it."""


def _ends_of_part(part: float, se: float, cell: Cell) -> tuple[float | None, float | None]:
    if not cell.df:
        return None, None
    return _ends_of_proportion(part, two_digits(se), cell.df, float(cell.n or 0))


@lru_cache(maxsize=1 << 14)
def _ends_of_proportion(estimate: float, error: float, df: float, rows: float) -> tuple[float | None, float | None]:
    # Kept: rounded parts and errors come again and again, and one interval by itself takes longer than all else of a
    # cell.
    one = Proportion(np.array([estimate]), np.array([error]), np.array([df]), np.array([rows]))
    low, high = proportion_interval(one, "logit")
    return _known(float(low[0])), _known(float(high[0]))


def _amount(cell: Cell, statistic: Statistic, coarser: Coarser = AS_BORNE) -> Cell:
    """An amount, told to what its error bears: to a step of 1, 2 or 5 that is not above it, or so many ``coarser``."""
    assert cell.estimate is not None
    size = max(cell.se or 0.0, LEAST_PART * abs(cell.estimate))
    if not size > 0:
        return cell.but(estimate=0.0, se=None, cv=None, ci_low=None, ci_high=None)
    step = amount_step(nice_step(size), coarser)
    # No finer than the step tells already: of skew amounts the error is nearly all the largest firm's.
    estimate, se = to_step(cell.estimate, step), sizes_behind(step, coarser)[1] if cell.se else cell.se
    # A median has the ends that it was made with, unless less is told of it; those of others follow from the rounded
    # figure and its error.
    own = statistic is Statistic.QUANTILE and not coarser
    ends = (cell.ci_low, cell.ci_high) if own else _ends_of_amount(estimate, se, cell)
    return cell.but(
        estimate=estimate,
        se=se,
        cv=None if se is None or not estimate else two_digits(se / abs(estimate)),
        ci_low=_stepped(ends[0], step),
        ci_high=_stepped(ends[1], step),
        decimals=decimals_of(step),
    )


def _ends_of_amount(estimate: float, se: float | None, cell: Cell) -> tuple[float | None, float | None]:
    if se is None or not cell.df:
        return None, None
    return t_interval(estimate, se, cell.df)


def _stepped(value: float | None, step: float) -> float | None:
    return None if value is None or not isfinite(value) else to_step(value, step)


def _freedom(df: float) -> float:
    """Degrees of freedom to base 5, fewer as they are."""
    return float(firms_to_base(df) if df >= FIRMS_STEP else max(floor(df), 0))


def _part(share: float | None) -> float | None:
    return None if share is None else to_step(share, PART_STEP) or None


def _known(value: float) -> float | None:
    return value if isfinite(value) else None


def _public(cell: Cell) -> Cell:
    """The cell without what served its mark alone: ends of intervals on few answers, the error beside a band."""
    few = (cell.n or 0) < FEWEST_FOR_ENDS
    told = cell.but(enumerated=False)
    if few:
        told = told.but(ci_low=None, ci_high=None)
    return told.but(se=None, cv=None) if cell.band else told
