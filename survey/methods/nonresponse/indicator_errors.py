"""Standard errors of the R-indicator and of its parts, under a fixed response model.

Linearisation of S(rho) over the estimated coefficients and over the sample: Shlomo, Skinner and Schouten 2012, J.
Statistical Planning and Inference 142, section 4; parts as in the RISQ manual 2.1 (de Heij, Schouten and Shlomo 2015).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.extract import Coded
from survey.methods.nonresponse.propensity import Propensity, fit_propensity, patterns_of


@dataclass(frozen=True, eq=False, kw_only=True)
class Fitted:
    """A response model of a stratified sample in m rows: the row of its slopes, the sum of weights, the stratum and the
    number of firms of each (m,)."""

    fitted: Propensity
    pattern: Ints
    weight: Floats
    stratum: Ints
    firms: Ints

    @property
    def rho(self) -> Floats:
        """(m,) fitted propensities."""
        return self.fitted.rho

    @property
    def size(self) -> float:
        """Sum of the weights, which stands for N."""
        return float(self.weight.sum())

    @property
    def mean(self) -> float:
        """Weighted mean propensity."""
        return float(self.weight @ self.rho) / self.size

    @property
    def slopes(self) -> Floats:
        """(m, p) how fast the propensity of each firm moves with each coefficient."""
        return self.fitted.slopes[self.pattern]

    def variance_of_total(self, values: Floats) -> float:
        """Design variance of the estimated total of values (m,) in a stratified simple random sample."""
        strata = int(self.stratum.max()) + 1
        n = sums_by(self.stratum, self.firms.astype(float), strata)
        population = sums_by(self.stratum, self.weight, strata)
        u = self.weight * values
        squares = sums_by(self.stratum, u**2 / self.firms, strata) - sums_by(self.stratum, u, strata) ** 2 / np.maximum(
            n, 1
        )
        left = np.maximum(1 - n / np.maximum(population, 1e-300), 0.0)
        return float((np.where(n > 1, n / np.maximum(n - 1, 1), 0.0) * left * np.maximum(squares, 0.0)).sum())


def fit_response(columns: Mapping[str, Coded], responded: Bools, weight: Floats, stratum: Ints, firms: Ints) -> Fitted:
    """The model of these variables. Raises as `fit_propensity` does."""
    patterns = patterns_of(columns)
    fitted = fit_propensity(patterns, responded, weight, firms=firms)
    return Fitted(fitted=fitted, pattern=patterns.pattern, weight=weight, stratum=stratum, firms=firms)


def indicator_error(found: Fitted) -> float:
    """Standard error of R; 0 where the propensities do not differ."""
    part = found.weight / found.size
    apart, slopes = found.rho - found.mean, found.slopes
    spread = float(part @ apart**2)
    if spread <= 0:
        return 0.0
    around = slopes - part @ slopes
    sampling = found.variance_of_total(apart**2) / found.size**2
    # R = 1 - 2 S, so Var(R) = 4 Var(S) = Var(S^2) / S^2.
    return float(np.sqrt((_estimation(found, apart, around, part) + sampling) / spread))


def _estimation(found: Fitted, apart: Floats, slopes: Floats, part: Floats) -> float:
    """What the error of the coefficients adds to the variance of sum part apart^2: 4 A'VA + 2 tr(BVBV)."""
    covariance = found.fitted.covariance
    a, b = (part * apart) @ slopes, slopes.T @ (slopes * part[:, None])
    turned = b @ covariance
    return float(4 * a @ covariance @ a + 2 * np.trace(turned @ turned))


def unconditional_error(found: Fitted, inside: Bools) -> float:
    """Standard error of the unconditional part of a category, whose firms are `inside` (m,): that of the sample."""
    size, firms = found.size, float(found.weight[inside].sum())
    within = found.variance_of_total(found.rho * inside) * (1 / firms - 1 / size) ** 2
    return float(np.sqrt(firms / size * (within + found.variance_of_total(found.rho * ~inside) / size**2)))


def conditional_error(found: Fitted, inside: Bools, alike: Callable[[Floats], Floats]) -> float:
    """Standard error of the conditional part of a category; `alike` gives the mean over firms alike in all other
    variables. 0 where there is no such part."""
    apart = found.rho - alike(found.rho)
    slopes = found.slopes - np.column_stack([alike(column) for column in found.slopes.T])
    part = found.weight / found.size * inside
    spread = float(part @ apart**2)
    # Below rounding the part is nothing, and its relative error would be noise over nothing.
    if spread <= 1e-20:
        return 0.0
    sampling = found.variance_of_total(apart**2 * inside) / found.size**2
    # A part is a standard deviation itself, of which R holds the double: half the error of R.
    return float(np.sqrt((_estimation(found, apart, slopes, part) + sampling) / spread)) / 2
