"""How like the sample the respondents are: the R-indicator, and which variables and categories stand apart.

R = 1 - 2 S(rho), S the standard deviation of the response propensities (Schouten, Cobben and Bethlehem 2009, Survey
Methodology 35). The variance of estimated propensities is too large by that of their estimation; what is taken off, and
how partial values share in it, is in Shlomo, Skinner and Schouten 2012 and the RISQ manual (de Heij, Schouten and
Shlomo 2015). 1 = everybody is as likely to respond; partial values are distances from that. Errors are those under a
fixed model: that other variables could have been in it is not in them (`indicator_errors.py`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.errors import EmptyDomain
from survey.methods.extract import Coded
from survey.methods.nonresponse.indicator_errors import (
    Fitted,
    conditional_error,
    fit_response,
    indicator_error,
    unconditional_error,
)
from survey.methods.nonresponse.propensity import patterns_of

Z = 1.959963984540054
"""Of the 95 % limits of a normal distribution."""
NO_VALUE = ""
"""Category of the firms without a value of a variable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryPartial:
    """A category's part: `unconditional` sqrt(N_k/N) (rho_k - rho), below 0 where it responds less than all do;
    `conditional` what is left of it within firms alike in all other variables; each with its standard error."""

    category: str
    firms: float
    propensity: float
    unconditional: float
    unconditional_se: float
    conditional: float
    conditional_se: float


@dataclass(frozen=True, slots=True, kw_only=True)
class VariablePartial:
    """A variable's part: `unconditional` the spread between its categories, `conditional` that within firms alike in
    all other variables (both less the bias); categories as estimated. `se` is the error of the first, and near enough
    of the second (RISQ manual)."""

    variable: str
    unconditional: float
    conditional: float
    se: float
    categories: tuple[CategoryPartial, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Representativity:
    """R and R less its bias with its standard error `se`, the mean propensity, the coefficient of variation of the
    propensities (the largest standardised bias of a mean that nonresponse could cause) with its error, and the parts of
    each variable."""

    r: float
    r_adjusted: float
    se: float
    response: float
    cv: float
    cv_se: float
    bias: float
    variables: tuple[VariablePartial, ...]

    @property
    def interval(self) -> tuple[float, float]:
        """95 % limits of R less its bias, under a fixed model; R is never above 1."""
        return self.r_adjusted - Z * self.se, min(1.0, self.r_adjusted + Z * self.se)

    @property
    def largest_bias(self) -> float:
        """S / mean propensity, after the adjustment: no answer's mean is off by more of its standard deviations."""
        # |bias| <= S(rho) S(y) / mean rho (Schouten, Cobben and Bethlehem 2009), by Cauchy and Schwarz from cov(rho, y)
        # / mean rho.
        return (1 - self.r_adjusted) / 2 / self.response


def representativity(
    columns: Mapping[str, Coded],
    responded: Bools,
    weight: Floats,
    stratum: Ints | None = None,
    firms: Ints | None = None,
) -> Representativity:
    """R-indicator of a sample by categorical frame variables (m,), firms counted with their design weights.

    With `stratum` (m,) the bias allows for a stratified sample. With `firms` (m,) a row stands for so many firms that
    are alike in all of this and of equal weight, and has the sum of their weights: the figures are the same. Raises
    `EmptyDomain` for an empty sample and where everybody or nobody responded.
    """
    if not len(responded):
        raise EmptyDomain("responded", "There is no firm in the sample.")
    strata = np.zeros(len(responded), np.intp) if stratum is None else stratum
    number = np.ones(len(responded), np.intp) if firms is None else firms
    found = fit_response(columns, responded, weight, strata, number)
    rho, size, mean = found.rho, found.size, found.mean
    # Divisor N - 1: S^2 is defined as that of a finite population.
    spread = float(weight @ (rho - mean) ** 2) / max(size - 1, 1.0)
    bias = _bias(found)
    # All parts shrink by one factor, so that they keep their proportions.
    kept = max(0.0, 1 - bias / spread) if spread > 0 else 0.0
    adjusted = float(np.sqrt(spread * kept))
    se = indicator_error(found)
    cv = adjusted / mean
    return Representativity(
        r=1 - 2 * float(np.sqrt(spread)),
        r_adjusted=1 - 2 * adjusted,
        se=se,
        response=mean,
        cv=cv,
        # Var(S/m) = Var(S)/m^2 + S^2 Var(m)/m^4, with Var(S) = Var(R)/4 and Var(m) = S^2/n.
        cv_se=float(np.sqrt((se / mean) ** 2 / 4 + cv**4 / int(number.sum()))),
        bias=bias,
        variables=tuple(_partial(name, columns, found, responded, kept) for name in columns),
    )


def _bias(found: Fitted) -> float:
    """Mean estimation variance of the propensities, less the design variance of their mean."""
    return float(found.weight @ found.fitted.variance) / found.size - found.variance_of_total(found.rho) / found.size**2


def _partial(name: str, columns: Mapping[str, Coded], found: Fitted, responded: Bools, kept: float) -> VariablePartial:
    one, weight, rho, size, mean = columns[name], found.weight, found.rho, found.size, found.mean
    # A category of their own for firms without a value: not to be in the list may be what keeps them from responding.
    codes, labels = one.codes.astype(np.int64) + 1, (NO_VALUE, *one.labels)
    firms, sums = sums_by(codes, weight, len(labels)), sums_by(codes, weight * rho, len(labels))
    level = np.divide(sums, firms, out=np.full(len(labels), np.nan), where=firms > 0)
    between = np.where(firms > 0, firms / size * (np.nan_to_num(level) - mean) ** 2, 0.0)
    alike = _alike(name, columns, weight)
    within = sums_by(codes, weight / size * (rho - alike(rho)) ** 2, len(labels))
    rows = tuple(
        CategoryPartial(
            category=labels[k],
            firms=float(firms[k]),
            propensity=float(level[k]),
            unconditional=float(np.sign(level[k] - mean) * np.sqrt(between[k])),
            unconditional_se=unconditional_error(found, np.asarray(codes == k, bool)),
            conditional=float(np.sqrt(within[k])),
            conditional_se=conditional_error(found, np.asarray(codes == k, bool), alike),
        )
        for k in np.flatnonzero(firms > 0).tolist()
    )
    alone = fit_response({name: one}, responded, weight, found.stratum, found.firms)
    return VariablePartial(
        variable=name,
        unconditional=float(np.sqrt(kept * between.sum())),
        conditional=float(np.sqrt(kept * within.sum())),
        # The part of a variable is S of a model with it alone, and R holds the double of that.
        se=indicator_error(alone) / 2,
        categories=rows,
    )


def _alike(name: str, columns: Mapping[str, Coded], weight: Floats) -> Callable[[Floats], Floats]:
    """What gives of values (m,) their mean (m,) over the firms alike in all variables but this one."""
    others = {other: column for other, column in columns.items() if other != name}
    cell = patterns_of(others).pattern if others else np.zeros(len(weight), np.intp)
    cells = int(cell.max()) + 1
    size = sums_by(cell, weight, cells)
    return lambda values: np.asarray((sums_by(cell, weight * values, cells) / size)[cell], float)
