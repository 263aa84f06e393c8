"""Quantiles of many worlds at once, and the means of five about them, compiled by Numba (see `stepping`).

The same as `smallest_reaching` and `mean_around`, which read one domain of one data set at a time.
"""

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.certificate.stepping import making_arrays

ROUNDING = 1e-12
"""Shares nearer than this are equal (see `quantiles.ROUNDING`), and so are values."""
NEIGHBOURS = 5
"""Units that a told median is the mean of (see `clearing.medians`)."""


@making_arrays
def reaching(values: Floats, order: Ints, place: Ints, weight: Floats, target: Floats) -> Floats:
    """(W, D) of worlds with values (W, n; nan = none) in an `order` (W, n) of their size, nan last, the smallest value
    of each domain up to which `target` (W, D) of its weights is reached; beyond the data its extremes, nan without any.
    `place` (n,) is the domain of each row, -1 = none."""
    worlds, size = target.shape
    found = np.full((worlds, size), np.nan)
    for w in range(worlds):
        whole, sum_ = np.zeros(size), np.zeros(size)
        last, done = np.full(size, np.nan), np.zeros(size, np.bool_)
        for row in range(len(place)):
            if place[row] >= 0 and not np.isnan(values[w, row]):
                whole[place[row]] += weight[row]
        for at in range(len(place)):
            row = order[w, at]
            value, d = values[w, row], place[row]
            if np.isnan(value):
                break
            if d < 0 or done[d]:
                continue
            # Half of a tie is not a value anybody gave: a share is reached where the next value begins.
            if value != last[d] and sum_[d] / whole[d] >= target[w, d] - ROUNDING and not np.isnan(last[d]):
                done[d] = True
                continue
            sum_[d] += weight[row]
            last[d] = value
        for d in range(size):
            if whole[d] > 0 and not np.isnan(target[w, d]):
                found[w, d] = last[d]
    return found


@making_arrays
def means_around(values: Floats, order: Ints, place: Ints, unit: Ints, at: Floats) -> Floats:
    """(E, W, D) the means of five units about the first value of a domain that is not below `at` (E, W, D)."""
    found, size = np.full(at.shape, np.nan), at.shape[2]
    rows = np.empty(len(place), np.intp)
    for w in range(at.shape[1]):
        begin = np.zeros(size + 1, np.intp)
        for row in range(len(place)):
            if place[row] >= 0 and not np.isnan(values[w, row]):
                begin[place[row] + 1] += 1
        begin = np.cumsum(begin)
        filled = begin[:-1].copy()
        for k in range(len(place)):
            row = order[w, k]
            if place[row] >= 0 and not np.isnan(values[w, row]):
                rows[filled[place[row]]] = row
                filled[place[row]] += 1
        for d in range(size):
            for end in range(at.shape[0]):
                if not np.isnan(at[end, w, d]):
                    found[end, w, d] = _mean(values[w], rows[begin[d] : begin[d + 1]], unit, at[end, w, d])
    return found


@making_arrays
def _mean(values: Floats, rows: Ints, unit: Ints, value: float) -> float:
    least = value * (1 - ROUNDING) if value > 0 else value
    place, number = 0, len(rows)
    while place < number and values[rows[place]] < least:
        place += 1
    count = min(NEIGHBOURS, number)
    start = max(min(place - NEIGHBOURS // 2, number - NEIGHBOURS), 0)
    while count < number and _units(rows[start : start + count], unit) < NEIGHBOURS:
        count += 1
        start = max(min(place - count // 2, number - count), 0)
    near, sum_, units = rows[start : start + count], 0.0, 0
    for k in range(len(near)):
        if _stands_before(near, unit, k):
            continue
        own, of = 0.0, 0
        for j in range(k, len(near)):
            if unit[near[j]] == unit[near[k]]:
                own += values[near[j]]
                of += 1
        sum_ += own / of
        units += 1
    return sum_ / units


@making_arrays
def _units(rows: Ints, unit: Ints) -> int:
    found = 0
    for k in range(len(rows)):
        if not _stands_before(rows, unit, k):
            found += 1
    return found


@making_arrays
def _stands_before(rows: Ints, unit: Ints, k: int) -> bool:
    """Whether another row of the same unit stands before this one."""
    found = False
    for j in range(k):
        found |= unit[rows[j]] == unit[rows[k]]
    return found
