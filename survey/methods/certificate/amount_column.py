"""The amounts of one column as walks read them: levels in place of answers, and all that is told of them.

An error of a sum is no sum itself. Near the truth it nearly is, and that is what a walk is led by, as it takes the
error of the share below a median for what it is in truth; each world that counts is cleared again from nothing
(`cleared_alike`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.certificate.amount_board import MedianBoard
from survey.methods.certificate.amount_figures import (
    Amounts,
    AmountsTold,
    ToldAmount,
)
from survey.methods.certificate.amount_given import in_given_domains
from survey.methods.certificate.amount_levels import AmountLevels
from survey.methods.certificate.amount_numbers import AmountNumbers
from survey.methods.certificate.item_question import UNBOUNDED
from survey.methods.clearing.cube import Grouping
from survey.methods.clearing.estimates import tabulated_by
from survey.methods.clearing.rounding import LEAST_PART
from survey.methods.coding import CHOSEN, NOT_CHOSEN
from survey.methods.estimates.intervals import t_quantile
from survey.methods.estimates.statistics import NumericStatistic, QuantileStatistic, share_of
from survey.methods.extract import Coded
from survey.methods.imputation.tabulated import added_below
from survey.methods.production import Prepared

INSIDE = 0.005
"""By which part of it a walk keeps an error away from where its step would be another."""
DUST = 1e-8
"""What the sums of the truth itself may be off, where its error is at the end of a step."""
MIDDLE = 0.5
"""The quantile that walks hold."""
BELOW = "below"
"""The column that says of each firm whether its amount is at most the median of its group."""


@dataclass(frozen=True, eq=False, kw_only=True)
class _Sum:
    """One figure as a walk holds it: what a firm adds at each level `above` and `below` (n, K), and where their ratio
    has to lie by domain, `low` and `high` (D + 1,); a `plain` one has 1 below the line."""

    above: Floats
    below: Floats
    low: Floats
    high: Floats
    plain: bool = True
    is_error: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class ColumnBoard:
    """What a walk reads of one column, as an `AmountBoard` holds it of all columns of a question; `order` are its rows
    in the order of their amounts, and `plain` (M,) sums have 1 below the line."""

    values: Floats
    weight: Floats
    place: Ints
    part: Floats
    errors: Bools
    above: Floats
    below: Floats
    low: Floats
    high: Floats
    plain: Bools
    order: Ints
    first: Ints
    rows: Ints
    whole: Floats
    medians: MedianBoard

    @property
    def plains(self) -> Floats:
        """(D + 1, M) 1 where a sum has 1 below the line."""
        return np.repeat(self.plain[None, :].astype(float), len(self.low), axis=0)


def column_board(amounts: Amounts, told: AmountsTold, levels: AmountLevels) -> ColumnBoard:
    """One column as a walk reads it."""
    cube, rows = amounts.clearing.cube, levels.values.shape[1]
    size = len(cube.domains)
    # Figures first, so that columns of one question have theirs in the same places.
    sums = sorted(_sums(amounts, told, levels), key=lambda one: one.is_error)
    empty = np.zeros((rows, len(levels.values), 0))
    above, below = (np.stack([getattr(one, side) for one in sums], axis=2) if sums else empty
                    for side in ("above", "below"))  # fmt: skip
    low, high = (np.stack([getattr(one, side) for one in sums], axis=1) if sums else np.zeros((size + 1, 0))
                 for side in ("low", "high"))  # fmt: skip
    place = np.stack([np.where(levels.inside & (one >= 0), one, size) for one in cube.places.values()], axis=1)
    order, start, count = _in_order(place, levels.counted[0], size)
    weight = np.asarray(amounts.prepared.extract.weight, float)
    places, part = in_given_domains(amounts.counting(told.column).filled, weight, place, size)
    return ColumnBoard(
        values=levels.counted,
        weight=weight,
        place=places,
        part=part,
        errors=np.array([one.is_error for one in sums], bool),
        above=above,
        below=below,
        low=low,
        high=high,
        plain=np.array([one.plain for one in sums], bool),
        order=order,
        first=start,
        rows=count,
        whole=np.asarray(sum(np.bincount(column, weight, size + 1) for column in place.T), float),
        medians=_medians(amounts, told, levels, size),
    )


def _with_below(amounts: Amounts, levels: AmountLevels, medians: Floats, grouping: Grouping) -> Prepared:
    """The wave with one coded column: whether an amount is at most the median of its group."""
    prepared, place = amounts.prepared, amounts.clearing.cube.places[grouping]
    most = np.where(place >= 0, np.append(medians, np.nan)[place], np.nan)
    known = levels.inside & ~np.isnan(most)
    codes = np.where(known, levels.counted[0] <= most, -1).astype(np.int16)
    column = {BELOW: Coded(codes, (NOT_CHOSEN, CHOSEN))}
    skipped = prepared.extract.skipped
    own = {BELOW: skipped[levels.column]} if levels.column in skipped else {}
    return replace(prepared, extract=replace(prepared.extract, items=column, values={}, skipped=own), finest=None)


def _in_order(place: Ints, values: Floats, size: int) -> tuple[Ints, Ints, Ints]:
    """The firms of every domain in the order of their amounts, one domain behind another; where each begins."""
    rows = np.tile(np.arange(len(place)), place.shape[1])
    domain = place.T.ravel()
    inside = domain < size
    rows, domain = rows[inside], domain[inside]
    # Stable: where equals stand in numpy's other sorts hangs on the processor.
    sorted_ = np.lexsort((rows, values[rows], domain))
    count = np.bincount(domain, minlength=size + 1)
    return np.ascontiguousarray(rows[sorted_]), np.concatenate([[0], np.cumsum(count)[:-1]]), count


def _medians(amounts: Amounts, told: AmountsTold, levels: AmountLevels, size: int) -> MedianBoard:
    """What is told of medians by domain."""
    found = MedianBoard(
        told=np.zeros(size + 1, bool),
        ends=np.zeros(size + 1, bool),
        unit=np.ones(size + 1),
        steps=np.zeros((3, size + 1)),
        sizes=np.zeros((2, size + 1)),
        reach=np.zeros(size + 1),
        freedom=np.ones(size + 1),
    )
    # Another quantile than the median is left to the clearing of each world.
    figures = [one for one in told.told if isinstance(one.asked, QuantileStatistic) and one.asked.p == MIDDLE]
    if not figures:
        return found
    truth = {told.column: amounts.counting(told.column).truth}
    raw = amounts.numbers([figures[0].asked], truth, soft=False)[figures[0].asked.key]
    reach = _reach_of_shares(amounts, levels, raw.estimate[0])
    for one in figures:
        d = one.domain
        # Where all answers are nothing there is no step, and nobody can be anywhere else.
        found.told[d] = one.step > 0
        found.ends[d] = None not in one.ends
        found.unit[d] = one.step / one.times if one.step > 0 else 1.0
        found.steps[:, d] = one.place, one.ends[0] or 0, one.ends[1] or 0
        found.sizes[:, d] = [size / one.times * (1 - 1e-12) for size in one.sizes]
        # Without an error a median has no interval either.
        if raw.error[0, d] > 0:
            found.reach[d], found.freedom[d] = reach[:, d]
    return found


def _reach_of_shares(amounts: Amounts, levels: AmountLevels, medians: Floats) -> Floats:
    """(2, D) of the share of answers that are at most the median the half of its interval, and Student's t."""
    cube = amounts.clearing.cube
    found, filled = np.zeros((2, len(cube.domains))), amounts.counting(levels.column).filled
    asked = share_of(BELOW, [CHOSEN], (NOT_CHOSEN, CHOSEN))
    for grouping in cube.places:
        world = _with_below(amounts, levels, medians, grouping)
        for (_key, _variable, value), row in tabulated_by(world, cube, grouping, {asked.key: asked}).items():
            t, added = t_quantile(row.df), 0.0
            if filled is not None:
                inside = levels.inside & (cube.places[grouping] == int(value))
                added = added_below(world.extract, filled, inside, row.estimate)
            found[:, int(value)] = np.nan_to_num([t * np.hypot(row.se, np.sqrt(added)), t], nan=0.0)
    return found


def _sums(amounts: Amounts, told: AmountsTold, levels: AmountLevels) -> Iterator[_Sum]:
    cube, size = amounts.clearing.cube, len(amounts.clearing.cube.domains)
    truth = {told.column: amounts.counting(told.column).truth}
    exact = amounts.numbers(list(told.asked.values()), truth, soft=False)
    for key, asked in told.asked.items():
        about = [one for one in told.told if one.asked.key == key]
        if isinstance(asked, NumericStatistic):
            parts = _Parts.of(amounts, asked, levels)
            yield _figure(parts, about, exact[key], size)
            for place in cube.places.values():
                own = [one for one in about if (place == one.domain).any()]
                if own:
                    yield _error(amounts, parts, own, exact[key], place, levels, size)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Parts:
    """What firms add to a figure at each level (n, K), without their weights, and which firms it rests on (n,)."""

    above: Floats
    below: Floats
    inside: Bools
    weight: Floats
    total: bool

    @classmethod
    def of(cls, amounts: Amounts, asked: NumericStatistic, levels: AmountLevels) -> "_Parts":
        extract = amounts.prepared.extract

        def side(name: str) -> Floats:
            if not name:
                return np.ones_like(levels.counted.T)
            if name == levels.column:
                return levels.counted.T
            return np.repeat(extract.values[name][:, None], len(levels.counted), axis=1)

        above, below = side(asked.item), side("" if asked.total else asked.denominator)
        inside = levels.inside & ~np.isnan(above[:, 0]) & ~np.isnan(below[:, 0])
        weight = np.where(inside, extract.weight, 0.0)
        return cls(
            above=np.nan_to_num(above), below=np.nan_to_num(below), inside=inside, weight=weight, total=asked.total
        )


def _figure(parts: _Parts, told: list[ToldAmount], exact: AmountNumbers, size: int) -> _Sum:
    low, high = np.full(size + 1, -UNBOUNDED), np.full(size + 1, UNBOUNDED)
    for one in told:
        ends = [(one.place + side) * one.step / one.times for side in (-0.5, 0.5)]
        # Where the error is small the step follows from the figure, which then may not leave its size either.
        value = float(exact.estimate[0, one.domain])
        error = float(np.nan_to_num(exact.error[0, one.domain])) * one.times
        if error < one.sizes[0]:
            ends = [*_of_size(ends, value, one)]
        low[one.domain], high[one.domain] = max(low[one.domain], ends[0]), min(high[one.domain], ends[1])
    weight = parts.weight[:, None]
    below = np.zeros_like(parts.below) if parts.total else weight * parts.below
    return _Sum(above=weight * parts.above, below=below, low=low, high=high, plain=parts.total)


def _of_size(ends: list[float], value: float, told: ToldAmount) -> tuple[float, float]:
    least = told.sizes[0] / LEAST_PART / told.times
    return (max(ends[0], least), ends[1]) if value > 0 else (ends[0], min(ends[1], -least)) if value < 0 else (0.0, 0.0)


def _error(
    amounts: Amounts, parts: _Parts, told: list[ToldAmount], exact: AmountNumbers, place: Ints, levels: AmountLevels,
    size: int,
) -> _Sum:  # fmt: skip
    """The square of the error of figures of one grouping, to the first order, with what each firm adds by itself."""
    low, high = np.full(size + 1, -UNBOUNDED), np.full(size + 1, UNBOUNDED)
    change = np.zeros_like(levels.counted.T)
    for one in told:
        error = float(np.nan_to_num(exact.error[0, one.domain])) * one.times
        if not error > 0:
            continue
        inside = parts.inside & (place == one.domain)
        found, variance = _moved_variance(amounts, parts, inside, levels)
        if not variance > 0:
            continue
        # In units of where the step would be the next one, so that all bounds are of one size.
        most = one.sizes[1]
        change[inside] = (found * (error / most) ** 2 / variance)[inside]
        now = (error / most) ** 2
        least = ((one.sizes[0] / most) ** 2) * (1 + INSIDE) - now
        low[one.domain] = min(least, -DUST) if error >= one.sizes[0] else -UNBOUNDED
        high[one.domain] = max((1 - INSIDE) - now, DUST)
    return _Sum(above=change, below=np.zeros_like(change), low=low, high=high, is_error=True)


def _moved_variance(amounts: Amounts, parts: _Parts, inside: Bools, levels: AmountLevels) -> tuple[Floats, float]:
    """(n, K) what a firm adds to the variance of a figure at each level, and the variance itself, of a sample by
    strata; calibration, which takes a part of every error, is left to the scale."""
    extract = amounts.prepared.extract
    strata, weight = len(extract.strata), np.where(inside, parts.weight, 0.0)
    rows = sums_by(extract.stratum, np.ones(extract.rows), strata)
    drawn = 1 - rows / np.maximum(sums_by(extract.stratum, np.abs(extract.weight), strata), rows)
    factor = (np.maximum(drawn, 0.01) * rows / np.maximum(rows - 1, 1))[extract.stratum]
    above, below = parts.above[:, 0], parts.below[:, 0]
    base = 1.0 if parts.total else float((weight * below).sum())
    if not abs(base) > 0:
        return np.zeros_like(parts.above), 0.0
    ratio = 0.0 if parts.total else float((weight * above).sum()) / base
    score = weight * (above - ratio * (0.0 if parts.total else below)) / base
    centred = score - (sums_by(extract.stratum, score, strata) / np.maximum(rows, 1))[extract.stratum]
    variance = float((factor * centred**2).sum())
    steep = 2 * factor * centred
    # Of a denominator the score of all firms of the domain changes with the base.
    all_move = float((steep * weight * below).sum()) / base if not parts.total else 0.0
    step_above = weight[:, None] * (parts.above - above[:, None]) / base
    step_below = 0.0 if parts.total else weight[:, None] * (parts.below - below[:, None]) / base
    own = step_above - ratio * step_below
    first = steep[:, None] * own - all_move * own - 2 * variance * step_below
    return np.asarray(first + factor[:, None] * own**2), variance
