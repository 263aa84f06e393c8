"""Selective editing: which answers look wrong, and how far a published total would move if they were.

Score of an answer: w |y - anticipated| / T, the part of the estimated total T that changes if what was anticipated is
right (Latouche and Berthelot 1992, J. Official Statistics 8, 389-400). What is suspicious follows from ratios to what
was anticipated (Hidiroglou and Berthelot 1986, Survey Methodology 12, 73-83).
"""

from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.errors import WrongShape

LEAST_IN_CLASS = 3
"""Answers from which on the median of a class says what to expect in it; below, that of all firms does."""
EXPONENT, LEAST_SPREAD, LENGTH = 0.4, 0.05, 4.0
"""U, A and C of Hidiroglou and Berthelot: how much large firms matter more, the least width, and the length of the
interval in distances of the quartiles."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Anticipated:
    """By row the value that was to be expected, nan where nothing says, and whether it comes from the last wave."""

    value: Floats
    is_from_last: Bools


@dataclass(frozen=True, eq=False, kw_only=True)
class ImpactScores:
    """By row the part of the estimated total at stake (0 where nothing was answered or anticipated), and whether the
    answer is suspicious."""

    score: Floats
    suspicious: Bools
    anticipated: Anticipated


def anticipate(values: Floats, last: Floats, group: Ints) -> Anticipated:
    """What each firm was expected to answer: its last answer with the median change of all firms that are in both
    waves, or else the median of its class. ``group`` numbers the classes, ``last`` is nan for firms that are new."""
    if not values.shape == last.shape == group.shape:
        raise WrongShape(last.shape, f"{len(values)} answers, {len(last)} of last time, {len(group)} classes.")
    both = (values > 0) & (last > 0)
    # The median: firms that mistake their unit do not move what all others are expected to say.
    trend = float(np.median(values[both] / last[both])) if both.sum() >= LEAST_IN_CLASS else 1.0
    from_last = ~np.isnan(last)
    return Anticipated(value=np.where(from_last, last * trend, _medians(values, group)), is_from_last=from_last)


def _medians(values: Floats, group: Ints) -> Floats:
    answered = ~np.isnan(values)
    found = np.full(len(values), np.median(values[answered]) if answered.any() else np.nan)
    order = np.argsort(group, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        told = values[rows][answered[rows]]
        if len(told) >= LEAST_IN_CLASS:
            found[rows] = np.median(told)
    return found


def score_answers(values: Floats, weight: Floats, anticipated: Anticipated) -> ImpactScores:
    """Score and suspicion of every answer; nan answers have neither."""
    if values.shape != weight.shape:
        raise WrongShape(weight.shape, f"{len(values)} answers and {len(weight)} weights.")
    # Of absolute values: gains and losses may add up to nearly nothing, and every score would be beyond measure.
    total = float(np.nansum(weight * np.abs(values)))
    gap = np.abs(values - anticipated.value)
    score = np.where(np.isnan(gap), 0.0, weight * np.nan_to_num(gap)) / total if total > 0 else np.zeros(len(values))
    return ImpactScores(score=score, suspicious=suspicious(values, anticipated), anticipated=anticipated)


def suspicious(values: Floats, anticipated: Anticipated) -> Bools:
    """Answers far from what was anticipated as the others go.

    Nothing where a firm had something the last time, or the other way round, is far by itself; that the others of its
    class have something is not: many firms have none of many things.
    """
    expected = anticipated.value
    came_or_went = (values > 0) & (expected == 0) | (values == 0) & (expected > 0)
    flagged: Bools = came_or_went & anticipated.is_from_last
    both = (values > 0) & (expected > 0)
    if both.sum() >= LEAST_IN_CLASS:
        effect = _effects(values[both], expected[both])
        low, middle, high = np.quantile(effect, (0.25, 0.5, 0.75)).tolist()
        least = abs(LEAST_SPREAD * middle)
        below, above = max(middle - low, least), max(high - middle, least)
        # Where all agree nothing is far: rounding alone would make it so.
        far = (effect < middle - LENGTH * below - 1e-9) | (effect > middle + LENGTH * above + 1e-9)
        flagged[both] = far
    return flagged


def _effects(values: Floats, anticipated: Floats) -> Floats:
    """E: ratios made symmetric around their median, larger for larger firms."""
    ratio = values / anticipated
    middle = float(np.median(ratio))
    centred = np.where(ratio < middle, 1 - middle / ratio, ratio / middle - 1)
    result: Floats = centred * np.maximum(values, anticipated) ** EXPONENT
    return result
