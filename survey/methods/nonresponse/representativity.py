"""How like the sample the respondents are: the R-indicator, and which variables and categories stand apart.

R = 1 - 2 S(rho), S the standard deviation of the response propensities (Schouten, Cobben and Bethlehem 2009, Survey
Methodology 35). The variance of estimated propensities is too large by that of their estimation; what is taken off, and
how partial values share in it, is in Shlomo, Skinner and Schouten 2012 and the RISQ manual (de Heij, Schouten and
Shlomo 2015). 1 = everybody is as likely to respond; partial values are distances from that.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.errors import EmptyDomain
from survey.methods.extract import Coded
from survey.methods.nonresponse.propensity import Propensity, fit_propensity, patterns_of

NO_VALUE = ""
"""Category of the firms without a value of a variable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryPartial:
    """A category's part: `unconditional` sqrt(N_k/N) (rho_k - rho), below 0 where it responds less than all do;
    `conditional` what is left of it within firms alike in all other variables."""

    category: str
    firms: float
    propensity: float
    unconditional: float
    conditional: float


@dataclass(frozen=True, slots=True, kw_only=True)
class VariablePartial:
    """A variable's part: `unconditional` the spread between its categories, `conditional` that within firms alike in
    all other variables (both less the bias); categories as estimated."""

    variable: str
    unconditional: float
    conditional: float
    categories: tuple[CategoryPartial, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Representativity:
    """R and R less its bias, the mean propensity, the coefficient of variation of the propensities (the largest
    standardised bias of a mean that nonresponse could cause), and the parts of each variable."""

    r: float
    r_adjusted: float
    response: float
    cv: float
    bias: float
    variables: tuple[VariablePartial, ...]

    @property
    def largest_bias(self) -> float:
        """S / mean propensity, after the adjustment: no answer's mean is off by more of its standard deviations."""
        return (1 - self.r_adjusted) / 2 / self.response


def representativity(
    columns: Mapping[str, Coded], responded: Bools, weight: Floats, stratum: Ints | None = None
) -> Representativity:
    """R-indicator of a sample by categorical frame variables (m,), firms counted with their design weights.

    With `stratum` (m,) the bias allows for a stratified sample. Raises `EmptyDomain` for an empty sample and where
    everybody or nobody responded.
    """
    if not len(responded):
        raise EmptyDomain("responded", "There is no firm in the sample.")
    fitted = fit_propensity(patterns_of(columns), responded, weight)
    strata = np.zeros(len(responded), np.intp) if stratum is None else stratum
    rho, size = fitted.rho, float(weight.sum())
    mean = float(weight @ rho) / size
    # Divisor n - 1: S^2 is defined as that of a finite population.
    spread = float(weight @ (rho - mean) ** 2) / size * len(rho) / max(len(rho) - 1, 1)
    bias = _bias(fitted, weight, strata)
    # All parts shrink by one factor, so that they keep their proportions.
    kept = max(0.0, 1 - bias / spread) if spread > 0 else 0.0
    adjusted = np.sqrt(spread * kept)
    parts = tuple(_partial(name, columns, rho, weight, mean, kept) for name in columns)
    return Representativity(
        r=1 - 2 * float(np.sqrt(spread)),
        r_adjusted=1 - 2 * float(adjusted),
        response=mean,
        cv=float(adjusted) / mean,
        bias=bias,
        variables=parts,
    )


def _bias(fitted: Propensity, weight: Floats, stratum: Ints) -> float:
    """Mean estimation variance of the propensities, less the design variance of their mean."""
    size, strata = float(weight.sum()), int(stratum.max()) + 1
    n, population = np.bincount(stratum, minlength=strata), sums_by(stratum, weight, strata)
    u = weight * fitted.rho
    squares = sums_by(stratum, u**2, strata) - sums_by(stratum, u, strata) ** 2 / np.maximum(n, 1)
    left = np.maximum(1 - n / np.maximum(population, 1e-300), 0.0)
    of_total = float((np.where(n > 1, n / np.maximum(n - 1, 1), 0.0) * left * np.maximum(squares, 0.0)).sum())
    return float(weight @ fitted.variance) / size - of_total / size**2


def _partial(
    name: str, columns: Mapping[str, Coded], rho: Floats, weight: Floats, mean: float, kept: float
) -> VariablePartial:
    one, size = columns[name], float(weight.sum())
    codes, labels = one.codes.astype(np.int64) + 1, (NO_VALUE, *one.labels)
    firms, sums = sums_by(codes, weight, len(labels)), sums_by(codes, weight * rho, len(labels))
    level = np.divide(sums, firms, out=np.full(len(labels), np.nan), where=firms > 0)
    between = np.where(firms > 0, firms / size * (np.nan_to_num(level) - mean) ** 2, 0.0)
    within = sums_by(codes, weight / size * (rho - _alike(name, columns, rho, weight)) ** 2, len(labels))
    rows = tuple(
        CategoryPartial(
            category=labels[k],
            firms=float(firms[k]),
            propensity=float(level[k]),
            unconditional=float(np.sign(level[k] - mean) * np.sqrt(between[k])),
            conditional=float(np.sqrt(within[k])),
        )
        for k in np.flatnonzero(firms > 0).tolist()
    )
    return VariablePartial(
        variable=name,
        unconditional=float(np.sqrt(kept * between.sum())),
        conditional=float(np.sqrt(kept * within.sum())),
        categories=rows,
    )


def _alike(name: str, columns: Mapping[str, Coded], rho: Floats, weight: Floats) -> Floats:
    """(m,) mean propensity of the firms alike in all variables but this one."""
    others = {other: column for other, column in columns.items() if other != name}
    if not others:
        return np.full(len(rho), float(weight @ rho) / float(weight.sum()))
    cell = patterns_of(others).pattern
    cells = int(cell.max()) + 1
    means = sums_by(cell, weight * rho, cells) / sums_by(cell, weight, cells)
    return np.asarray(means[cell], float)
