"""The sampling design as one frozen value: strata, units, populations, weights, rules. Every estimator reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.calibrated.calibration import Calibration
from survey.methods.errors import (
    BadWeight,
    DuplicateUnit,
    EmptyStratum,
    MissingValue,
    PopulationTooSmall,
    PopulationVaries,
    WrongShape,
    known_value,
)
from survey.methods.estimates.lonely_strata import RULES, TAKE_ALL
from survey.methods.estimates.phases import Phases


@dataclass(frozen=True, eq=False, kw_only=True)
class Design:
    """A stratified one-stage sample of units (rows, or groups of rows such as one firm in several waves).

    stratum        (n,) stratum number of each row
    strata         (H,) stratum labels
    weight         (n,) final weights
    population     (H,) N_h, may be fractional; None = no finite population correction
    unit           (n,) unit number of each row, numbered through all strata
    lonely         what a stratum with one unit adds to a variance: fail, adjust, average, certainty, remove
    domain_lonely  a stratum with one unit in the domain is centred at the overall mean, not at its own
    calibration    the calibration that made the weights, None = none
    phases         two phases of sampling, which take the place of population and lonely rule; None = one phase
    """

    stratum: Ints
    strata: tuple[str, ...]
    weight: Floats
    population: Floats | None
    unit: Ints
    lonely: str = "fail"
    domain_lonely: bool = False
    calibration: Calibration | None = None
    phases: Phases | None = None

    @property
    def rows(self) -> int:
        return len(self.weight)

    @cached_property
    def rows_are_units(self) -> bool:
        """Whether every row is a unit of its own, numbered in the order of the rows."""
        # Then sums by unit are the rows themselves, and every estimate saves a pass.
        return bool((self.unit == np.arange(self.rows)).all())

    @cached_property
    def unit_stratum(self) -> Ints:
        """(U,) stratum of each unit."""
        stratum = np.zeros(int(self.unit.max()) + 1 if self.rows else 0, np.intp)
        stratum[self.unit] = self.stratum
        return stratum

    @cached_property
    def units(self) -> Ints:
        """(H,) n_h, units per stratum."""
        return np.bincount(self.unit_stratum, minlength=len(self.strata))

    @cached_property
    def left_out(self) -> Floats:
        """(H,) f_h = 1 - n_h/N_h, or 1 without population."""
        return sampled_fractions_left(self.units, self.population, self.strata)

    @property
    def certain(self) -> Bools:
        """(H,) strata without sampling error."""
        return self.phases.certain if self.phases else np.asarray(self.left_out < TAKE_ALL, bool)

    @property
    def degrees_of_freedom(self) -> int:
        """Units minus strata (that have any) of the full design; the same for every domain."""
        # Units minus strata, the usual rule of design-based inference (Korn and Graubard 1999); strata without a unit
        # cost none.
        return self.phases.df if self.phases else len(self.unit_stratum) - int((self.units > 0).sum())

    def domain_degrees_of_freedom(self, domain: Bools) -> int:
        """Rows `domain` (those that answered) minus strata that have any of them."""
        # Strata without a row of the domain tell nothing of its variance, so they cost no degree of freedom either.
        return int(domain.sum()) - len(np.unique(self.stratum[domain]))


def sampled_fractions_left(units: Ints, population: Floats | None, strata: Sequence[str]) -> Floats:
    """f_h = 1 - n_h/N_h (1 without population).

    Raises `PopulationTooSmall` where N_h < n_h, and `EmptyStratum` where nobody of a stratum with firms is here (unless
    nobody is here at all).
    """
    if population is None:
        return np.ones(len(units))
    empty = np.flatnonzero((units == 0) & (population > 0))
    if len(empty) and units.any():
        name = strata[int(empty[0])]
        raise EmptyStratum(name, f"Stratum '{name}' has {population[empty[0]]:g} units in the population, none here.")
    # Written as "not at least", so that nan is refused as well. Fractional N_h are estimates: the slack is rounding.
    small = np.flatnonzero(~(population >= units * (1 - 1e-9)))
    if len(small):
        h = int(small[0])
        raise PopulationTooSmall(strata[h], f"Stratum '{strata[h]}' has {units[h]} units but N_h = {population[h]}.")
    # Not below 0: within the slack above a fully taken stratum would have a negative variance.
    return np.maximum(1 - units / np.where(units > 0, population, 1.0), 0.0)


def make_design(
    weight: Sequence[float] | Floats,
    stratum: Sequence[Any] | NDArray[Any] | None = None,
    population: Sequence[float] | Floats | Mapping[str, float] | None = None,
    unit: Sequence[Any] | NDArray[Any] | None = None,
    identifier: Sequence[Any] | None = None,
    lonely: str = "fail",
    domain_lonely: bool = False,
    calibration: Calibration | None = None,
) -> Design:
    """A checked design from labels, one value per row.

    `stratum` None = one stratum. `population` is N_h on every row, or by stratum label (then every stratum named must
    be in the sample). `unit` None = every row is a unit, else rows of a stratum with the same value are one unit.
    `identifier` only proves that no unit is twice in the data. With a `calibration` its weights replace `weight`.
    """
    known_value(lonely, RULES, "The lonely-stratum rule")
    base = _weights(weight)
    codes, labels = _numbered(stratum, len(base), "stratum")
    _positive(base, labels, codes)
    _unique(identifier, len(base))
    sizes = _population(population, codes, labels)
    units = np.arange(len(base)) if unit is None else _units(unit, codes)
    final = base if calibration is None else calibration.weight
    if len(final) != len(base):
        raise WrongShape(len(final), f"The calibration has {len(final)} units, the design {len(base)}.")
    return Design(
        stratum=codes,
        strata=labels,
        weight=final,
        population=sizes,
        unit=units,
        lonely=lonely,
        domain_lonely=domain_lonely,
        calibration=calibration,
    )


def _numbered(values: Sequence[Any] | NDArray[Any] | None, rows: int, what: str) -> tuple[Ints, tuple[str, ...]]:
    if values is None:
        return np.zeros(rows, np.intp), ("all",)
    # Sorted, so that numbers of strata do not hang on the order of the rows.
    codes, labels = pd.factorize(pd.Series(list(values), dtype=object), sort=True)
    if len(codes) != rows:
        raise WrongShape(len(codes), f"{len(codes)} values of {what} for {rows} weights.")
    if (codes < 0).any():
        row = int(np.flatnonzero(codes < 0)[0])
        raise MissingValue(row, f"Row {row} has no {what}.")
    return codes.astype(np.intp), tuple(str(label) for label in labels)


def _weights(weight: Sequence[float] | Floats) -> Floats:
    try:
        return np.asarray(weight, dtype=float)
    except (TypeError, ValueError) as error:
        raise BadWeight(weight, f"A weight is not a number: {error}.") from error


def _positive(weight: Floats, strata: Sequence[str], stratum: Ints) -> None:
    bad = np.flatnonzero(~(np.isfinite(weight) & (weight > 0)))
    if len(bad):
        row = int(bad[0])
        where = strata[int(stratum[row])]
        raise BadWeight(float(weight[row]), f"Row {row} (stratum '{where}') has the weight {weight[row]}.")


def _unique(identifier: Sequence[Any] | None, rows: int) -> None:
    if identifier is None:
        return
    repeated = pd.Series(list(identifier), dtype=object)
    if len(repeated) != rows:
        raise WrongShape(len(repeated), f"{len(repeated)} identifiers for {rows} weights.")
    twice = repeated[repeated.duplicated()]
    if len(twice):
        raise DuplicateUnit(twice.iloc[0], f"The unit '{twice.iloc[0]}' occurs more than once.")


def _units(unit: Sequence[Any] | NDArray[Any], stratum: Ints) -> Ints:
    codes, labels = _numbered(unit, len(stratum), "unit")
    # The same label in two strata names two units (firm 1 of each), as `nest=TRUE` does in R's survey.
    joint = stratum.astype(np.int64) * len(labels) + codes
    units: Ints = np.unique(joint, return_inverse=True)[1].astype(np.intp)
    return units


def _population(
    population: Sequence[float] | Floats | Mapping[str, float] | None, stratum: Ints, strata: tuple[str, ...]
) -> Floats | None:
    if population is None:
        return None
    if isinstance(population, Mapping):
        return _by_label(population, strata)
    sizes = np.asarray(population, dtype=float)
    if sizes.shape != stratum.shape:
        raise WrongShape(sizes.shape, f"{sizes.shape} population sizes for {len(stratum)} rows.")
    if not np.isfinite(sizes).all():
        row = int(np.flatnonzero(~np.isfinite(sizes))[0])
        raise MissingValue(row, f"Row {row} has no population size.")
    by_stratum = np.zeros(len(strata))
    by_stratum[stratum] = sizes
    varying = np.flatnonzero(np.abs(by_stratum[stratum] - sizes) > 1e-9 * np.abs(sizes))
    if len(varying):
        name = strata[int(stratum[varying[0]])]
        raise PopulationVaries(name, f"Stratum '{name}' has more than one population size.")
    return by_stratum


def _by_label(population: Mapping[str, float], strata: tuple[str, ...]) -> Floats:
    empty = sorted(set(population) - set(strata))
    if empty:
        raise EmptyStratum(empty[0], f"Stratum '{empty[0]}' has nobody in the sample.")
    unknown = sorted(set(strata) - set(population))
    if unknown:
        raise MissingValue(unknown[0], f"Stratum '{unknown[0]}' has no population size.")
    return np.array([population[label] for label in strata], float)
