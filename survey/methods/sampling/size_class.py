"""Size class of a firm by the rule of 2017 (统计上大中小微型企业划分办法, 国统字〔2017〕213号).

A firm is large, medium or small only if it reaches the lower bound of every indicator that its group of industries
lists, and micro as soon as one indicator is below the bound of small: its class is the lowest over the indicators.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from survey.methods.errors import WrongShape
from survey.terms import SizeClass

# The class by how many of the three bounds are reached.
CLASSES = np.array([SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.LARGE], dtype=object)


@dataclass(frozen=True, kw_only=True)
class SizeGroup:
    """Industries that share bounds. ``codes``: section letters, divisions or longer GB/T 4754 codes.

    ``bounds``: indicator -> lower bounds of small, medium and large, in the unit of the indicator.
    """

    name: str
    codes: tuple[str, ...]
    bounds: Mapping[str, tuple[float, float, float]]


@dataclass(frozen=True, kw_only=True)
class SizeClasses:
    """The class of each firm, and where it rests on less than the rule asks for; arrays of one length.

    ``classes`` holds a `SizeClass`, or "" where the rule decides nothing. ``outside``: no group covers the industry;
    ``ambiguous``: the code is too short, and the groups that it may belong to disagree (or their indicators are
    missing); ``partial``: an indicator of the group is missing, so the class rests on the others.
    """

    classes: NDArray[np.object_]
    outside: NDArray[np.bool_]
    ambiguous: NDArray[np.bool_]
    partial: NDArray[np.bool_]


def candidate_groups(code: str, section: str, groups: Sequence[SizeGroup]) -> list[int]:
    """Positions of the groups that an industry may belong to: the closest one that covers it, else those within it."""
    covering = [
        (len(prefix), position)
        for position, group in enumerate(groups)
        for prefix in group.codes
        if prefix == section or code.startswith(prefix)
    ]
    if covering:
        # The longest code that fits is the closest: division 65 before section I.
        return [max(covering)[1]]
    # A code shorter than those of the rule: all groups within it are possible, and decide only if they agree.
    return [p for p, group in enumerate(groups) if any(prefix.startswith(code) for prefix in group.codes)]


def classify_sizes(
    codes: NDArray[np.object_],
    sections: NDArray[np.object_],
    indicators: Mapping[str, NDArray[np.float64]],
    groups: Sequence[SizeGroup],
) -> SizeClasses:
    """Size class of each firm from its GB/T 4754 code and section letter.

    ``indicators``: X employees, Y revenue, Z assets (both in 10,000 yuan), one value per firm, NaN where not known.
    """
    if len({len(codes), len(sections), *(len(values) for values in indicators.values())}) > 1:
        raise WrongShape(len(codes), "Industry codes, sections and indicators differ in length.")
    pairs, of_pair = _distinct(codes, sections)
    candidates = [candidate_groups(code, section, groups) for code, section in pairs]
    low, high = np.full(len(codes), np.inf), np.full(len(codes), -np.inf)
    partial = np.zeros(len(codes), dtype=bool)
    for position, group in enumerate(groups):
        rows = np.flatnonzero(np.array([position in found for found in candidates], dtype=bool)[of_pair])
        steps, missing = _steps_reached(group, indicators, rows)
        # Over all groups that a short code may belong to: where the lowest and the highest class agree, it decides
        # after all.
        low[rows], high[rows] = np.fmin(low[rows], steps), np.fmax(high[rows], steps)
        partial[rows] |= missing
    outside = np.array([not found for found in candidates], dtype=bool)[of_pair]
    decided = np.isfinite(low) & (low == high)
    classes = np.where(decided, CLASSES[np.where(decided, low, 0).astype(int)], "")
    return SizeClasses(classes=classes, outside=outside, ambiguous=~decided & ~outside, partial=partial & decided)


def _distinct(
    codes: NDArray[np.object_], sections: NDArray[np.object_]
) -> tuple[list[tuple[str, str]], NDArray[np.int_]]:
    """The distinct (code, section) pairs, and for each firm the position of its own."""
    positions: dict[tuple[str, str], int] = {}
    of_pair = [positions.setdefault(pair, len(positions)) for pair in zip(codes, sections, strict=True)]
    return list(positions), np.array(of_pair, dtype=int)


def _steps_reached(
    group: SizeGroup, indicators: Mapping[str, NDArray[np.float64]], rows: NDArray[np.int_]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """How many bounds each firm reaches on every known indicator (0 micro to 3 large, NaN if none is known),
    and whether an indicator is missing."""
    steps = np.full(len(rows), np.nan)
    missing = np.zeros(len(rows), dtype=bool)
    for indicator, bounds in group.bounds.items():
        values = indicators[indicator][rows]
        unknown = np.isnan(values)
        # side="right": reaching the bound itself is enough ("≥" in the rule).
        reached = np.searchsorted(np.array(bounds), values, side="right").astype(float)
        # The lowest over the indicators; fmin passes over those that are not known.
        steps = np.fmin(steps, np.where(unknown, np.nan, reached))
        missing |= unknown
    return steps, missing
