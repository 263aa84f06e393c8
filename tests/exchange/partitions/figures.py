"""The numbers of tidy rows, to be compared."""

from collections.abc import Sequence

from survey.methods.estimates.estimation import Estimate


def figures(rows: Sequence[Estimate]) -> list[float]:
    """Estimate, error, interval, answers and degrees of freedom of each row, one after another."""
    return [
        float(each)
        for row in rows
        for each in (row.estimate, row.se, row.ci_low, row.ci_high, row.n, row.population, row.df, row.deff)
    ]
