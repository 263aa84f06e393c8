"""The sampling design as one frozen value: strata, units, populations, weights, rules. Every estimator reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.calibrated.calibration import Calibration
from survey.methods.errors import (
    EmptyStratum,
    PopulationTooSmall,
)
from survey.methods.estimates.lonely_strata import TAKE_ALL
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
