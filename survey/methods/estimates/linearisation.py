"""Linearised estimators: the estimate and the score z of every row, from which every variance follows.

Score z, 0 outside the domain d: mean (y-m)/sum_d w, ratio (a - R b)/sum_d(w b), total y (Woodruff 1971). Rows
without an answer are outside: those that answered are a domain. Differences subtract scores, so covariances count.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from survey.methods.arrays import Bools, Floats
from survey.methods.errors import UnknownStatus, WrongShape
from survey.methods.estimates.design import Design
from survey.methods.extract import refuse_infinite


@dataclass(frozen=True, eq=False, kw_only=True)
class Linearised:
    """An estimate (nan where nobody inside answered), its scores (n,), and the rows inside (n,)."""

    estimate: float
    score: Floats
    inside: Bools

    def __sub__(self, other: "Linearised") -> "Linearised":
        return Linearised(
            # Row by row, so that firms in both estimates bring their covariance along.
            estimate=self.estimate - other.estimate,
            score=self.score - other.score,
            inside=self.inside | other.inside,
        )

    def __mul__(self, factor: float) -> "Linearised":
        return Linearised(estimate=self.estimate * factor, score=self.score * factor, inside=self.inside)

    @property
    def n(self) -> int:
        """Rows inside: in the domain and answered."""
        return int(self.inside.sum())


def numbers(design: Design, y: ArrayLike) -> Floats:
    """One number per row of the design, nan = not answered."""
    try:
        values = np.asarray(y, float)
    except (TypeError, ValueError) as error:
        raise UnknownStatus(
            "values", f"A value is not a number: {error}.", "Give numbers, nan where there is none."
        ) from error
    if values.shape != (design.rows,):
        raise WrongShape(values.shape, f"{values.shape} values for {design.rows} rows.")
    refuse_infinite("the values", values)
    return values


def answered(y: Floats, domain: Bools | None) -> Bools:
    """Rows in the domain (None = all) with a value."""
    if domain is None:
        return ~np.isnan(y)
    if domain.shape != y.shape:
        raise WrongShape(domain.shape, f"A domain of {domain.shape} rows for {y.shape} values.")
    if domain.dtype != bool:
        raise UnknownStatus(str(domain.dtype), f"A domain of {domain.dtype} values is no mask.",
                            "Give true or false for every row.")  # fmt: skip
    return domain & ~np.isnan(y)


def linear_mean(design: Design, y: Floats, domain: Bools | None = None) -> Linearised:
    """Weighted mean of y (n,), nan = not answered."""
    y = numbers(design, y)
    inside = answered(y, domain)
    # Outside a domain scores are 0 and rows stay: left out, they would make the size of the domain a known number.
    values = np.where(inside, y, 0.0)
    return _ratio(design, values, inside.astype(float), inside)


def linear_total(design: Design, y: Floats, domain: Bools | None = None) -> Linearised:
    """Weighted total of y over those that answered, without compensation for the others."""
    y = numbers(design, y)
    inside = answered(y, domain)
    values = np.where(inside, y, 0.0)
    return Linearised(
        estimate=float(design.weight @ values) if _weigh_something(design, inside) else np.nan,
        score=values,
        inside=inside,
    )


def linear_ratio(design: Design, a: Floats, b: Floats, domain: Bools | None = None) -> Linearised:
    """Ratio of the weighted totals of a and b over the rows that answered both."""
    a, b = numbers(design, a), numbers(design, b)
    # The sum is nan as soon as one of the two is.
    inside = answered(a + b, domain)
    return _ratio(design, np.where(inside, a, 0.0), np.where(inside, b, 0.0), inside)


def _ratio(design: Design, a: Floats, b: Floats, inside: Bools) -> Linearised:
    size = float(design.weight @ b)
    if size == 0 or not _weigh_something(design, inside):
        return Linearised(estimate=np.nan, score=np.zeros(design.rows), inside=inside)
    estimate = float(design.weight @ a) / size
    return Linearised(estimate=estimate, score=(a - estimate * b) / size, inside=inside)


def _weigh_something(design: Design, inside: Bools) -> bool:
    """Whether anybody is inside and their weights add up to something: calibration may make them negative, and a mean
    over less than nobody means nothing."""
    return bool(inside.any()) and float(design.weight[inside].sum()) > 0


def simple_variance(design: Design, linear: Linearised, replacement: bool = False) -> float:
    """Variance of the same estimator under simple random sampling of the same n rows, N = their sum of weights.

    N^2 S2/n (1 - n/N) on the scores, S2 weighted with n/(n-1); `replacement` leaves out (1 - n/N). nan below 2 rows.
    """
    n, w, z = linear.n, design.weight[linear.inside], linear.score[linear.inside]
    size = float(w.sum())
    if n < 2 or size <= 0:
        return np.nan
    # Hajek's mean and variance: weighted, since the population is what the unweighted sample is not like.
    spread = n / (n - 1) * float(w @ (z - w @ z / size) ** 2) / size
    return size**2 * spread / n * (1.0 if replacement else 1 - n / size)
