"""How far firms of a class lie from what calibration expects of them: the part of a figure that only an answer tells.

The squared residual of a firm is taken for c x^g, x its size in the frame, as in ratio models of business surveys
(Sarndal, Swensson and Wretman 1992, 12.2; g is called 2 gamma there), and that of a class for the mean of what was
observed in it and what the model expects of it. A class alone has too few answers to tell.

One c for all would be that of the largest firms, whose residuals are most of the sum, and may tell many times the
spread that small ones have. So c is that of firms of like size: up to ten groups of the respondents, of twenty or more
each.
"""

from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Floats, Ints, sums_by
from survey.methods.errors import WrongShape

STEEPEST = 2.0
"""Largest g: the spread grows as fast as the size."""
SHRINKAGE = 8.0
"""Answers of a class that count as much as what the model says of it."""
SMALLEST = 1e-3
"""Of the mean squared residual: what a residual of 0 counts as on the logarithmic scale."""
GROUPS, OF_GROUP = 10, 20
"""Most groups of like size, and respondents that each of them has at least."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Spread:
    """Expected squared residuals: of each firm (m, F), and of the mean firm of each class (K, F)."""

    firm: Floats
    klass: Floats


def spread_of_classes(residual: Floats, respondent: Ints, size: Floats, klass: Ints, classes: int) -> Spread:
    """From residuals (n, F) of the respondents (n,), rows of the m firms with a positive ``size`` and a class (m,)."""
    if len(residual) != len(respondent) or size.shape != klass.shape:
        raise WrongShape(residual.shape, f"{len(residual)} residuals of {len(respondent)} respondents.")
    firm = np.column_stack([_expected(column, size[respondent], size) for column in residual.T])
    firms = np.maximum(np.bincount(klass, minlength=classes), 1)
    answers = np.bincount(klass[respondent], minlength=classes)[:, None]
    model = _sums(klass, firm, classes) / firms[:, None]
    observed = _sums(klass[respondent], residual**2, classes)
    return Spread(firm=firm, klass=(observed + SHRINKAGE * model) / (answers + SHRINKAGE))


def _expected(residual: Floats, known: Floats, size: Floats) -> Floats:
    """(m,) c x^g, with g the slope of the logarithms and c such that the mean of the respondents is met."""
    squares = residual**2
    mean = float(squares.mean()) if len(squares) else 0.0
    if mean == 0:
        return np.zeros(len(size))
    # On the scale of logarithms the largest residual does not decide the slope alone.
    x, y = np.log(known), np.log(squares + SMALLEST * mean)
    around = x - x.mean()
    slope = float(around @ y) / float(around @ around) if (around != 0).any() else 0.0
    # The slope of few skew residuals may be anything; below 0 large firms would pass for the surest.
    g = min(STEEPEST, max(0.0, slope))
    model = size**g * (squares.sum() / (known**g).sum())
    return np.asarray(model * _levels(squares, known, g, size), float)


def _levels(squares: Floats, known: Floats, g: float, size: Floats) -> Floats:
    """(m,) by what the squares of respondents of like size are larger than c x^g says."""
    groups = min(GROUPS, len(known) // OF_GROUP)
    if groups < 2:
        return np.ones(len(size))
    # Ends are sizes of respondents, so that firms of one size are in one group and none is without a respondent.
    ends = np.unique(np.quantile(known, np.arange(1, groups) / groups, method="inverted_cdf"))
    ends = ends[ends < known.max()]
    group, width = np.searchsorted(ends, known), len(ends) + 1
    expected = known**g * (squares.sum() / (known**g).sum())
    told, model = sums_by(group, squares, width), sums_by(group, expected, width)
    answers = np.bincount(group, minlength=width)
    # One answer more, as the model expects it: alike answers of a group are no proof that its firms have no spread.
    level = (told + model / answers) / (model + model / answers)
    return np.asarray(level[np.searchsorted(ends, size)], float)


def _sums(klass: Ints, values: Floats, classes: int) -> Floats:
    return np.column_stack([sums_by(klass, column, classes) for column in values.T])
