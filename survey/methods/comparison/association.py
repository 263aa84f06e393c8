"""Weighted two-way tables and the Rao-Scott test of independence (Rao and Scott 1981, 1984).

X2 = n sum (p - e)^2/e on weighted cell shares p, e the product of the margins. Its design effects are those of the
interaction contrasts: G = (C'P^-1 C/n)^-1 (C'P^-1 V P^-1 C). F = X2/tr G on (tr G)^2/tr G^2 and that times df degrees.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.errors import EmptyDomain, OutOfRange
from survey.methods.estimates.design import Design
from survey.methods.estimates.variance import covariance
from survey.methods.extract import Coded


@dataclass(frozen=True, eq=False, kw_only=True)
class TwoWay:
    """Cell shares p (r, c) of the whole table, their covariance (rc, rc), n answers to both, df of the design."""

    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    shares: Floats
    covariance: Floats
    n: int
    df: float


@dataclass(frozen=True, kw_only=True)
class Association:
    """Rao-Scott test: `x2` Pearson's statistic, first-order p on `degrees`, second-order F on df1 and df2. A
    table without sampling error (a census) has no F, and p = 0 for any association."""

    x2: float
    degrees: int
    p_value_chisq: float
    f: float
    df1: float
    df2: float
    p_value_f: float


def two_way(
    design: Design,
    rows: Ints,
    columns: Ints,
    row_labels: tuple[str, ...],
    column_labels: tuple[str, ...],
    domain: Bools | None = None,
) -> TwoWay:
    """Weighted table of two coded variables (-1 = not answered) over the rows that answered both.

    Categories that nobody there chose are left out. Raises `EmptyDomain` where nobody answered both.
    """
    for codes, labels in ((rows, row_labels), (columns, column_labels)):
        Coded(codes, labels).check(", ".join(labels), design.rows)
    inside = (rows >= 0) & (columns >= 0)
    inside &= True if domain is None else domain
    if not inside.any():
        raise EmptyDomain("two_way", "Nobody in the domain answered both variables.")
    row_seen, row = _seen(rows, inside)
    column_seen, column = _seen(columns, inside)
    cells = np.zeros((design.rows, len(row_seen) * len(column_seen)))
    cells[np.flatnonzero(inside), row * len(column_seen) + column] = 1.0
    size = float(design.weight[inside].sum())
    shares = design.weight @ cells / size
    scores = np.where(inside[:, None], cells - shares, 0.0) / size
    return TwoWay(
        row_labels=tuple(row_labels[i] for i in row_seen),
        column_labels=tuple(column_labels[j] for j in column_seen),
        shares=shares.reshape(len(row_seen), len(column_seen)),
        covariance=covariance(design, scores, inside),
        n=int(inside.sum()),
        df=design.degrees_of_freedom,
    )


def _seen(codes: Ints, inside: Bools) -> tuple[Ints, Ints]:
    seen, number = np.unique(codes[inside], return_inverse=True)
    return seen, number


def rao_scott(table: TwoWay) -> Association:
    """Test of independence of rows and columns; needs two rows and two columns at least."""
    r, c = table.shares.shape
    if r < 2 or c < 2:
        raise OutOfRange((r, c), f"A table of {r} by {c} has no association.", "Compare at least two categories.")
    p = table.shares
    expected = np.outer(p.sum(axis=1), p.sum(axis=0))
    # n is the number of answers, not the sum of weights: the design effects below are against this sample.
    x2 = table.n * float(((p - expected) ** 2 / expected).sum())
    effects = _design_effects(table)
    trace, trace2 = float(np.trace(effects)), float(np.trace(effects @ effects))
    degrees = (r - 1) * (c - 1)
    # No variance at all (a census): any association that is seen is one of the population.
    if trace2 == 0:
        return Association(
            x2=x2,
            degrees=degrees,
            p_value_chisq=0.0 if x2 else np.nan,
            f=np.nan,
            df1=np.nan,
            df2=np.nan,
            p_value_f=np.nan,
        )
    df1 = trace**2 / trace2
    df2 = df1 * table.df
    return Association(
        x2=x2,
        degrees=degrees,
        p_value_chisq=float(special.chdtrc(degrees, x2 * degrees / trace)),
        f=x2 / trace,
        df1=df1,
        df2=df2,
        # The second-order correction: F on fractional degrees, since the effects differ (Rao and Scott 1984).
        p_value_f=float(special.fdtrc(df1, df2, x2 / trace)),
    )


def _design_effects(table: TwoWay) -> Floats:
    """G: generalised design effects of the interaction; cells without anybody weigh nothing."""
    p = table.shares.ravel()
    # An empty cell has no variance: its weight would be infinite, and nothing is lost where it weighs nothing.
    inverse = np.divide(1.0, p, out=np.zeros_like(p), where=p != 0)
    weighted = inverse[:, None] * interaction_contrasts(*table.shares.shape)
    contrasts = interaction_contrasts(*table.shares.shape)
    simple = contrasts.T @ weighted / table.n
    if np.linalg.matrix_rank(simple, hermitian=True) < len(simple):
        empty = int((p == 0).sum())
        raise OutOfRange(empty, f"{empty} of {len(p)} cells of the table are empty: too many for a test.",
                         "Merge categories that few chose.")  # fmt: skip
    return np.asarray(np.linalg.solve(simple, weighted.T @ table.covariance @ weighted), float)


def interaction_contrasts(r: int, c: int) -> Floats:
    """(rc, (r-1)(c-1)) contrasts of a saturated model, orthogonal to the main effects by plain least squares."""
    rows, columns = np.eye(r)[:, 1:], np.eye(c)[:, 1:]
    main = np.column_stack([np.ones(r * c), np.kron(rows, np.ones((c, 1))), np.kron(np.ones((r, 1)), columns)])
    interaction = np.kron(rows, columns)
    fitted: Floats = main @ np.linalg.lstsq(main, interaction, rcond=None)[0]
    return interaction - fitted
