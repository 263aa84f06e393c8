"""Filling numbers that were not given by a ratio to a frame variable, or by the mean of the class.

Every filled value is flagged and keeps where it came from; `nearest.py` fills from the nearest respondent, and what
filling adds to a variance is in `added_error.py`.
"""

from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.errors import EmptyDomain, MissingValue, WrongShape
from survey.weighting_terms import FillingRule


@dataclass(frozen=True, eq=False, kw_only=True)
class Filled:
    """A number with its gaps filled.

    value    (n,) reported or filled; nan where the firm has no value to have (not asked)
    filled   (n,) which were filled
    donor    (n,) row whose value was taken, -1 without one; the row itself where reported
    klass    (n,) class of each row, `size` (n,) the denominator of a ratio (1 for a mean)
    uses     (n,) how often the value of a row was given away
    spread   (n,) variance of a value about what its class or neighbours tell, for the variance that filling adds
    method   how it was filled
    """

    method: FillingRule
    value: Floats
    filled: Bools
    donor: Ints
    klass: Ints
    size: Floats
    spread: Floats
    uses: Ints


def among_all_rows(found: Filled, inside: Ints, rows: int) -> Filled:
    """The filled item of the rows `inside` as that of all `rows`; the others have no value."""
    donor = np.full(rows, -1)
    donor[inside] = np.where(found.donor >= 0, inside[found.donor], -1)

    def placed(values: np.ndarray, empty: float) -> np.ndarray:
        whole = np.full(rows, empty, values.dtype)
        whole[inside] = values
        return whole

    return Filled(
        method=found.method,
        value=placed(found.value, np.nan),
        filled=placed(found.filled, False),
        donor=donor,
        klass=placed(found.klass, 0),
        size=placed(found.size, 1.0),
        spread=placed(found.spread, 0.0),
        uses=placed(found.uses, 0),
    )


def fill_by_ratio(value: Floats, weight: Floats, klass: Ints, size: Floats | None = None) -> Filled:
    """Missing values as R times their size, R = sum w y / sum w x over the respondents of the class.

    Without `size` the mean of the class is filled in. The spread is that of a ratio model, sigma^2 x. Raises
    `EmptyDomain` for a class without a respondent to learn from, `MissingValue` for a size that is missing or negative.
    """
    x = np.ones(len(value)) if size is None else size
    _same_length(value, weight, klass, x)
    gap = np.isnan(value)
    bad = np.flatnonzero(~(np.isfinite(x) & (x >= 0)))
    if len(bad):
        raise MissingValue(int(bad[0]), f"Row {bad[0]} has the size {x[bad[0]]}, so no ratio can be taken to it.")
    given, classes = ~gap, int(klass.max(initial=-1)) + 1
    above = sums_by(klass[given], (weight * np.nan_to_num(value))[given], classes)
    below = sums_by(klass[given], (weight * x)[given], classes)
    # Only classes that have a gap need somebody to learn from.
    lacking = np.flatnonzero((sums_by(klass[gap], np.ones(int(gap.sum())), classes) > 0) & (below <= 0))
    if len(lacking):
        raise EmptyDomain(int(lacking[0]), f"Class {lacking[0]} has missing values and nobody to learn from.",
                          "Use wider classes.")  # fmt: skip
    ratio = np.divide(above, below, out=np.zeros(classes), where=below > 0)
    expected = ratio[klass] * x
    # Under the ratio model V(y) = sigma^2 x, so squared residuals count over x.
    squares = np.where(given & (x > 0), (np.nan_to_num(value) - expected) ** 2 / np.where(x > 0, x, 1.0), 0.0)
    count = sums_by(klass[given], np.ones(int(given.sum())), classes)
    # Less one for the ratio that was estimated; one respondent alone shows no spread and keeps 0.
    sigma = sums_by(klass, squares, classes) / np.maximum(count - 1, 1)
    return Filled(
        method=FillingRule.RATIO,
        value=np.where(gap, expected, value),
        filled=gap,
        donor=np.where(gap, -1, np.arange(len(value))),
        klass=klass,
        size=x,
        spread=sigma[klass] * x,
        uses=np.zeros(len(value), np.intp),
    )


def _same_length(first: Floats, *others: Floats | Ints) -> None:
    for one in others:
        if len(one) != len(first):
            raise WrongShape(len(one), f"{len(one)} values for {len(first)} rows.")
