"""The numbers of tidy rows, to be compared."""

from collections.abc import Sequence

import numpy as np

from survey.methods.estimates.estimation import Estimate


def figures(rows: Sequence[Estimate]) -> list[float]:
    """Estimate, error, interval, answers and degrees of freedom of each row, one after another."""
    return [
        float(each)
        for row in rows
        for each in (row.estimate, row.se, row.ci_low, row.ci_high, row.n, row.population, row.df, row.deff)
    ]


def differing(found: Sequence[Estimate], wanted: Sequence[Estimate]) -> list[tuple[Estimate, Estimate]]:
    """The rows that differ by more than rounding.

    A variance that is zero but for rounding (1e-16 of the square of its figure) is an error of up to 1e-8 of the figure.
    """
    assert len(found) == len(wanted)
    return [pair for pair in zip(found, wanted, strict=True) if not _is_same(*pair)]


def _is_same(found: Estimate, wanted: Estimate) -> bool:
    """Columns 1 to 3 of `figures` are the error and the interval, which rest on it."""
    allowed = np.full(8, 1e-8)
    allowed[1:4] *= max(1.0, abs(wanted.estimate))
    return np.allclose(figures([found]), figures([wanted]), rtol=1e-10, atol=allowed, equal_nan=True)
