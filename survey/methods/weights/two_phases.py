"""The strata of the variance of weighted respondents: factors within, and the error of how many firms are in scope.

Cochran 1977 (12.31), after Rao 1973: in a class of N firms with m of them in the first phase, of which m_E are in scope
and n respond, the squares of the respondents' weighted scores count (N-1)/N ((m_E-1)/(m-1) - (n-1)/(N-1)) m n /
(m_E (n-1)); the split in and out of scope adds f W_E W_O/(m-1) (U_E/W_E - U_O/W_O)^2. With everybody responding this is
the variance of a domain whose rows outside are 0; with nobody out of scope it is f n/(n-1).
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.estimates.lonely_strata import TAKE_ALL
from survey.methods.estimates.phases import Phases
from survey.methods.weights.dispositions import is_unknown
from survey.methods.weights.eligibility import Eligibility
from survey.methods.weights.fieldwork import Fieldwork
from survey.weighting_terms import EligibilityRule


@dataclass(frozen=True, eq=False, kw_only=True)
class FirstPhase:
    """What the sample found in each of C classes, before anyone is weighted up.

    population, sampled  (C,) sum of design weights and firms drawn
    resolved    (C,) firms that tell how the class splits: all drawn, or only those of known eligibility
    in_scope, out_of_scope  (C,) weights in and out of scope, which add up to `population`
    respondents, outside  (C,) rows of each in the design
    unknown     (K, C) weight of the firms of unknown eligibility by source of e, `unknown_error` (K,) error of that e
    """

    population: Floats
    sampled: Ints
    resolved: Ints
    in_scope: Floats
    out_of_scope: Floats
    respondents: Ints
    outside: Ints
    unknown: Floats
    unknown_error: Floats


def phases_of(first: FirstPhase, inside: Ints, outside: Ints, df: int) -> Phases:
    """Phases of a design whose strata are the classes `inside` in scope, then the classes `outside` out of scope."""
    factor = np.concatenate([_within(first)[inside], _fraction(first.sampled, first.population, 1)[outside]])
    width = len(inside) + len(outside)
    rows = [
        _split(first, inside, outside, width),
        _unknown(first, inside, outside, width),
        _alone(first, inside, width),
    ]
    return Phases(factor=factor, between=sparse.csr_array(sparse.vstack(rows)), df=df)


def _fraction(units: Ints, population: Floats, power: int) -> Floats:
    """f u^power / (u - 1) with f = 1 - u/N; 0 below two units, and where nothing is left out."""
    # Estimated populations may fall short of the firms found in them; then nothing is left out.
    left = np.maximum(1 - units / np.maximum(population, units), 0.0)
    # One unit shows no spread. Below TAKE_ALL the rest is rounding of weights that add up to the units themselves.
    return np.where((units > 1) & (left >= TAKE_ALL), left * units**power / np.maximum(units - 1, 1), 0.0)


def _within(first: FirstPhase) -> Floats:
    """(C,) factor of the squares of the respondents."""
    n, m, size = first.respondents, first.sampled, np.maximum(first.population, first.sampled)
    # m_E by weights: with unknown cases nobody has counted it. At least the n who responded are in scope.
    eligible = np.maximum(m * first.in_scope / first.population, n)
    several = (n > 1) & (m > 1) & (size > 1)
    part = (eligible - 1) / np.maximum(m - 1, 1) - (n - 1) / np.where(several, size - 1, 1.0)
    part = np.where(part < TAKE_ALL, 0.0, part) * (size - 1) / size
    return np.where(several, part * m * n / (np.maximum(eligible, 1) * np.maximum(n - 1, 1)), 0.0)


def _split(first: FirstPhase, inside: Ints, outside: Ints, width: int) -> sparse.coo_array:
    """One row per class that has firms in and out of scope: sqrt(f W_E W_O/(m-1)) (U_E/W_E - U_O/W_O)."""
    share = first.in_scope / first.population
    size = np.sqrt(_fraction(first.resolved, first.population, 0) * share * (1 - share))
    # A class wholly in scope or wholly outside has no split that could have come out otherwise.
    mixed = np.flatnonzero((share > 0) & (first.out_of_scope > 0) & (first.respondents > 0))
    number = np.full(len(share), -1)
    number[mixed] = np.arange(len(mixed))
    return _signed(number, size / np.where(share > 0, share, 1), size / np.where(share < 1, 1 - share, 1),
                   inside, outside, (len(mixed), width))  # fmt: skip


def _alone(first: FirstPhase, inside: Ints, width: int) -> sparse.coo_array:
    """One row per class with a single respondent, whose weighted score is measured from 0, where those of all rows have
    their mean: sqrt(f) U (the rule `adjust` of lonely strata)."""
    left = 1 - 1 / np.maximum(first.in_scope[inside], 1.0)
    alone = np.flatnonzero((first.respondents[inside] == 1) & (left >= TAKE_ALL))
    return sparse.coo_array((np.sqrt(left[alone]), (np.arange(len(alone)), alone)), shape=(len(alone), width))


def _signed(
    row: Ints, plus: Floats, minus: Floats, inside: Ints, outside: Ints, shape: tuple[int, int]
) -> sparse.coo_array:
    """Entries `plus` at the stratum in scope and -`minus` at that out of scope of every class with a `row`."""
    first, second = row[inside] >= 0, row[outside] >= 0
    columns = np.concatenate([np.flatnonzero(first), len(inside) + np.flatnonzero(second)])
    rows = np.concatenate([row[inside][first], row[outside][second]])
    values = np.concatenate([plus[inside][first], -minus[outside][second]])
    return sparse.coo_array((values, (rows, columns)), shape=shape)


def _unknown(first: FirstPhase, inside: Ints, outside: Ints, width: int) -> sparse.coo_array:
    """One row per source of e: its error times sum_c N_c,unknown (U_E/N_E - U_O/N_O)."""
    moved = first.unknown * first.unknown_error[:, None]
    plus = _divided(moved, first.in_scope, first.respondents > 0)[:, inside]
    minus = _divided(moved, first.out_of_scope, first.outside > 0)[:, outside]
    table = np.concatenate([plus, -minus], axis=1).reshape(len(moved), width)
    return sparse.coo_array(table)


def _divided(table: Floats, by: Floats, usable: Bools) -> Floats:
    return np.where(usable, table / np.where(usable & (by > 0), by, 1.0), 0.0)


def first_phase(
    fieldwork: Fieldwork, rule: EligibilityRule, found: Eligibility, klass: Ints, size: int, others: Ints
) -> FirstPhase:
    """What the sample found in each of `size` classes `klass` (m,); `others` are the rows out of scope."""
    weight, answers, share = fieldwork.design_weight, fieldwork.responded, found.share
    # Known firms do not move with e.
    unknown = (share > 0) & (share < 1)
    silent = is_unknown(fieldwork.outcome) & ~answers
    sampled = np.bincount(klass, minlength=size)
    # e of the known cases is the split of these very cases: its error is in the split already, which then rests on the
    # resolved firms alone. Any other e comes with an error of its own.
    by_resolved = rule is EligibilityRule.KNOWN_CASES
    source, error = _sources(found)
    of_source = source[found.class_of_row]
    place = of_source * size + klass
    table = sums_by(place[unknown], weight[unknown], len(error) * size).reshape(len(error), size)
    return FirstPhase(
        population=sums_by(klass, weight, size),
        sampled=sampled,
        resolved=np.bincount(klass[~silent], minlength=size) if by_resolved else sampled,
        in_scope=sums_by(klass, weight * share, size),
        out_of_scope=sums_by(klass, weight * (1 - share), size),
        respondents=np.bincount(klass[answers], minlength=size),
        outside=np.bincount(klass[others], minlength=size),
        unknown=table,
        unknown_error=np.zeros(len(error)) if by_resolved else error,
    )


def _sources(found: Eligibility) -> tuple[Ints, Floats]:
    """Number of the source of e of each class, and the error of each: classes with the pooled e share one."""
    number: list[int] = []
    error: list[float] = []
    pooled: int | None = None
    # Classes with the pooled e move together, so their errors add up before they are squared.
    for one in found.classes:
        if one.pooled and pooled is not None:
            number.append(pooled)
            continue
        pooled = len(error) if one.pooled else pooled
        number.append(len(error))
        error.append(one.se)
    return np.array(number, np.intp), np.array(error, float)
