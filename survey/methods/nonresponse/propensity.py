"""Response propensities: a logistic model on frame variables, and the classes of like propensity that it gives.

Fitted by iteratively reweighted least squares (McCullagh and Nelder 1989, 4.4) on the distinct patterns of the
variables, so time does not grow with firms times parameters. Numbers enter by their fifths. Classes of equal weight:
Little 1986, International Statistical Review 54; five of them remove most of the bias (Cochran 1968).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.calibrated.calibration import generalised_inverse
from survey.methods.errors import EmptyDomain, MissingValue, NotConverged
from survey.methods.extract import Coded

FIFTHS = 5
"""For the reason for which classes of propensity are five."""
# A category in which everybody responded would drive its effect to infinity (separation).
RIDGE = 1e-3
"""Weight of a normal prior on the effects: keeps those of categories in which all or none responded finite."""
SOLVED = 1e-10
"""Part of all firms that the score may be from 0 where the iteration stops."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Patterns:
    """Distinct combinations of categories: dummies (C, p) with the constant first, the combination of each firm (m,),
    the variable behind each dummy (-1 = the constant)."""

    dummies: Floats
    pattern: Ints
    variable: Ints


@dataclass(frozen=True, eq=False, kw_only=True)
class Propensity:
    """Fitted propensities of firms (m,), their estimation variances (m,), the coefficients (p,) with their covariance
    (p, p), and how fast the propensity of each pattern moves with each coefficient (C, p)."""

    rho: Floats
    variance: Floats
    coefficients: Floats
    covariance: Floats
    slopes: Floats


def patterns_of(columns: Mapping[str, Coded]) -> Patterns:
    """Main effects of categorical variables; a firm without a value has a category of its own."""
    if not columns:
        raise MissingValue(None, "A response model needs a variable of the frame.", "Give industry or size.")
    codes = [column.codes.astype(np.int64) + 1 for column in columns.values()]
    widths = [len(column.labels) + 1 for column in columns.values()]
    joint = np.zeros(len(codes[0]), np.int64)
    for code, width in zip(codes, widths, strict=True):
        joint = joint * width + code
    _, first, pattern = np.unique(joint, return_index=True, return_inverse=True)
    blocks = [np.eye(width)[code[first]] for code, width in zip(codes, widths, strict=True)]
    variable = np.repeat(np.arange(-1, len(widths)), [1, *widths])
    return Patterns(dummies=np.column_stack([np.ones(len(first)), *blocks]), pattern=pattern, variable=variable)


def fifths(values: Floats) -> Coded:
    """Numbers by their fifths, from low to high; a missing one has no value."""
    known = ~np.isnan(values)
    limits = np.unique(np.quantile(values[known], np.arange(1, FIFTHS) / FIFTHS)) if known.any() else np.empty(0)
    codes = np.where(known, np.searchsorted(limits, values, side="left"), -1)
    return Coded(codes, tuple(str(k) for k in range(1, len(limits) + 2)))


def fit_propensity(
    patterns: Patterns, responded: Bools, weight: Floats, iterations: int = 100, *, firms: Ints | None = None
) -> Propensity:
    """Logistic regression of response, firms counted with `weight` (m,) scaled to their number.

    With `firms` (m,) a row stands for so many firms of one pattern and answer, and has the sum of their weights.
    Raises `NotConverged`, and `EmptyDomain` where everybody or nobody responded.
    """
    # Scaled to the number of firms, so that the prior weighs the same whatever the weights add up to.
    number = (weight > 0).sum() if firms is None else firms[weight > 0].sum()
    trials_of = weight * number / weight.sum()
    width = len(patterns.dummies)
    trials = sums_by(patterns.pattern, trials_of, width)
    answers = sums_by(patterns.pattern, trials_of * responded, width)
    if not 0 < answers.sum() < trials.sum():
        raise EmptyDomain("responded", "Everybody or nobody responded: there is nothing to model.")
    # The constant is free: a prior on it would draw the overall response rate towards one half.
    x, penalty = patterns.dummies, RIDGE * np.where(patterns.variable >= 0, 1.0, 0.0)
    beta = np.zeros(x.shape[1])
    for _ in range(iterations):
        rho = expit(x @ beta)
        information = x.T @ ((trials * rho * (1 - rho))[:, None] * x) + np.diag(penalty)
        score = x.T @ (answers - trials * rho) - penalty * beta
        step = generalised_inverse(information) @ score
        # Steps of at most 5 on the logit: from a poor start Newton's step may overshoot.
        beta = beta + step / max(1.0, float(np.abs(step).max()) / 5)
        if np.abs(score).max() <= SOLVED * trials.sum():
            slope = (rho * (1 - rho))[:, None] * x
            covariance = generalised_inverse(information)
            variance = np.einsum("cp,pq,cq->c", slope, covariance, slope)
            return Propensity(
                rho=rho[patterns.pattern],
                variance=variance[patterns.pattern],
                coefficients=beta,
                covariance=covariance,
                slopes=slope,
            )
    raise NotConverged("propensity", "The response model did not converge.", "Leave out sparse variables.")


def propensity_classes(
    columns: Mapping[str, Coded],
    numbers: Mapping[str, Floats],
    responded: Bools,
    weight: Floats,
    used: Bools,
    classes: int,
) -> Ints:
    """(m,) class 0 ... of the firms `used`, from low to high propensity, each of about the same weight; firms of one
    pattern stay together. A class without a respondent joins its neighbour; firms not used have class 0."""
    found = np.zeros(len(responded), np.intp)
    if responded[used].all():
        return found
    everything = {**columns, **{name: fifths(values) for name, values in numbers.items()}}
    part = {name: Coded(one.codes[used], one.labels) for name, one in everything.items()}
    rho = fit_propensity(patterns_of(part), responded[used], weight[used]).rho
    # Equal patterns have equal propensities up to rounding and must not be split by it.
    distinct, place = np.unique(rho.round(12), return_inverse=True)
    size = sums_by(place, weight[used], len(distinct))
    # By the middle of its weight: a large pattern goes where most of it lies.
    middle = (np.cumsum(size) - size / 2) / size.sum()
    group = np.minimum((middle * classes).astype(np.intp), classes - 1)
    answers = sums_by(group[place], responded[used], classes)
    found[used] = _with_respondents(group, answers)[place]
    return found


def _with_respondents(group: Ints, answers: Floats) -> Ints:
    """Classes without a respondent join the next one that has some."""
    having = np.flatnonzero(answers > 0)
    nearest = having[np.abs(having[None, :] - np.arange(len(answers))[:, None]).argmin(axis=1)]
    return np.asarray(nearest[group], np.intp)
