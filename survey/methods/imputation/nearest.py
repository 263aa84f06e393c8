"""Filling numbers from the nearest respondent of the class, each respondent a limited number of times."""

from collections.abc import Sequence

import numpy as np
from scipy.spatial import cKDTree

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.errors import EmptyDomain, MissingValue, WrongShape
from survey.methods.imputation.filled import Filled
from survey.weighting_terms import FillingRule

TIE = 1e-7
"""What the whole order of keys adds to a distance: it decides between equally near respondents only."""


def fill_from_nearest(
    value: Floats, klass: Ints, variables: Floats, key: Sequence[str] | None = None, *, most_uses: int = 5
) -> Filled:
    """Missing values from the respondent of the class nearest in `variables` (n, p), each counted in its standard
    deviations; of equally near ones the one whose `key` (credit code) stands nearest in their order.

    A respondent gives its value at most `most_uses` times (more only where a class has too few): those refused, the
    later keys first, go to their next nearest. The same data give the same result. The spread of a value is half its
    squared difference from the nearest other respondent (Kim, Fuller and Bell 2011). Raises `EmptyDomain` for a class
    without a respondent, `MissingValue` for a row without a variable.
    """
    places, order = _places(value, klass, variables, key)
    gap = np.isnan(value)
    donor, spread = np.arange(len(value)), np.full(len(value), np.nan)
    for k in np.unique(klass[gap]).tolist():
        rows = order[klass[order] == k]
        donors, takers = rows[~gap[rows]], rows[gap[rows]]
        if not len(donors):
            raise EmptyDomain(k, f"Class {k} has missing values and nobody to give one.", "Use wider classes.")
        # Within a class only: nearness does not make up for another kind of firm.
        donor[takers] = donors[_given(places, donors, takers, most_uses)]
        if len(donors) > 1:
            # k = 2, since the nearest to a respondent is itself.
            beside = cKDTree(places[donors]).query(places[donors], k=2)[1][:, 1]
            spread[donors] = (value[donors] - value[donors[beside]]) ** 2 / 2
    # The only donor of a class has no other to differ from, and takes the mean spread of all.
    spread = np.where(np.isnan(spread), np.nanmean(spread) if not np.isnan(spread).all() else 0.0, spread)
    return Filled(
        method=FillingRule.NEAREST,
        value=value[donor],
        filled=gap,
        donor=donor,
        klass=klass,
        size=np.ones(len(value)),
        uses=np.bincount(donor[gap], minlength=len(value)),
        spread=spread[donor],
    )


def _places(value: Floats, klass: Ints, variables: Floats, key: Sequence[str] | None) -> tuple[Floats, Ints]:
    """Where each row stands (n, p + 1), the order of the keys last, and the rows in that order."""
    if variables.shape[:1] != value.shape or klass.shape != value.shape:
        raise WrongShape(
            variables.shape, f"{variables.shape} variables and {klass.shape} classes for {value.shape} rows."
        )
    missing = np.flatnonzero(np.isnan(variables).any(axis=1))
    if len(missing):
        raise MissingValue(int(missing[0]), f"Row {missing[0]} lacks a frame variable, so nobody is near it.",
                           "Use variables that the frame has for every firm.")  # fmt: skip
    order = np.arange(len(value)) if key is None else np.argsort(np.asarray(key), kind="stable")
    place = np.empty(len(value))
    place[order] = np.arange(len(value)) * TIE / max(len(value), 1)
    # A taker stands a quarter of a step behind its place, so that of two neighbours in the order the later is nearer.
    place[np.isnan(value)] += 0.25 * TIE / max(len(value), 1)
    deviation = variables.std(axis=0)
    return np.column_stack([variables / np.where(deviation > 0, deviation, 1.0), place]), order


def _given(places: Floats, donors: Ints, takers: Ints, most: int) -> Ints:
    """Number among `donors` of the one that each taker gets: in rounds, everyone not yet served asks its next nearest,
    and those first in the order are served until the donor has given enough."""
    # The ceiling of takers per donor: where a class has too few donors, each gives as often as it must.
    tree, limit = cKDTree(places[donors]), max(most, -(-len(takers) // len(donors)))
    got, left = np.full(len(takers), -1), np.full(len(donors), limit)
    width = min(len(donors), 8)
    # As an array of ranks: for a single k scipy would give neighbours without that axis.
    asked = tree.query(places[takers], k=np.arange(1, width + 1))[1]
    turn = np.zeros(len(takers), np.intp)
    while (waiting := np.flatnonzero(got < 0)).size:
        # Most are served by one of the first eight; more are looked up only for those who are not.
        if turn[waiting].max() >= width:
            width = min(len(donors), 2 * width)
            asked = tree.query(places[takers], k=np.arange(1, width + 1))[1]
        wanted = asked[waiting, turn[waiting]]
        served = _first_of_each(wanted, left)
        got[waiting[served]] = wanted[served]
        left -= np.bincount(wanted[served], minlength=len(donors))
        turn[waiting[~served]] += 1
    return got


def _first_of_each(wanted: Ints, left: Ints) -> Bools:
    """Which of those asking, in their order, are among the first `left` of the donor they ask."""
    order = np.argsort(wanted, kind="stable")
    sorted_wanted = wanted[order]
    start = np.searchsorted(sorted_wanted, sorted_wanted, side="left")
    served = np.empty(len(wanted), bool)
    served[order] = np.arange(len(wanted)) - start < left[sorted_wanted]
    return served
