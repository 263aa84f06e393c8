"""How a sample of n units is shared among strata.

The exact share is n * a_h / sum(a), where the measure a_h is N_h (proportional), 1 (equal), N_h * S_h (Neyman 1934)
or X_h ** q (power, Bankier 1988). Take-all strata are fixed at N_h first. Then, until nothing changes: share the rest
over the free strata; if any exceeds N_h, fix all these at N_h; else, if any is below min(minimum, N_h), fix these
there. Should the minima then exceed what the capped strata left, they stand and the rest is shared out again.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from survey.methods.errors import DuplicateUnit, Infeasible, MissingValue, OutOfRange, WrongShape, known_value
from survey.terms import AllocationMethod

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Sums of a few hundred floats; far above what they lose, far below a hundredth of a unit.
ROUNDING_NOISE = 1e-9
LEAST = {"population": 0, "deviation": 0, "size_total": -np.inf, "take_all": 0}
"""The least that a stratum may state; the total of a size variable may be a loss."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strata:
    """What allocation needs to know of each stratum, in one order.

    `population` is N_h in units. `deviation` is S_h of the size variable with divisor N_h - 1, `size_total` its sum
    X_h; both may be absent where the method does not use them. `take_all` strata are sampled completely.
    """

    codes: tuple[str, ...]
    population: Floats
    deviation: Floats | None = None
    size_total: Floats | None = None
    take_all: Flags | None = None

    def __post_init__(self) -> None:
        for name in LEAST:
            values = getattr(self, name)
            if values is not None and len(values) != len(self.codes):
                raise WrongShape(name, f"'{name}' has {len(values)} values for {len(self.codes)} strata.")
            self._refuse_bad(name, values)
        if len(set(self.codes)) < len(self.codes):
            twice = next(code for code in self.codes if self.codes.count(code) > 1)
            raise DuplicateUnit(twice, f"Stratum '{twice}' is listed twice.", "List every stratum once.")

    def _refuse_bad(self, name: str, values: Floats | None) -> None:
        if values is None:
            return
        bad = ~np.isfinite(values) | (np.asarray(values) < LEAST[name])
        if bad.any():
            code = self.codes[int(np.argmax(bad))]
            raise OutOfRange(code, f"'{name}' of stratum '{code}' is not a number of {LEAST[name]:g} or more.")

    @property
    def complete(self) -> Flags:
        """Which strata are take-all."""
        return np.zeros(len(self.codes), bool) if self.take_all is None else np.asarray(self.take_all, bool)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """The sample size of each stratum: `exact` before rounding, `size` in whole units; both add up to n."""

    codes: tuple[str, ...]
    population: Floats
    exact: Floats
    size: Counts


def allocate(
    strata: Strata,
    method: AllocationMethod | str,
    total: float,
    *,
    minimum: float = 0,
    cap: bool = True,
    power: float = 0.5,
) -> Floats:
    """Exact (unrounded) sample size of each stratum, adding up to `total`.

    `minimum` units are taken from each stratum, or all where it has fewer. `cap` keeps n_h at most N_h. `power` is q of
    the power allocation, 0 to 1. Raises `Infeasible` where the minima exceed `total` or `total` the population, or
    where the measure of all free strata is 0.
    """
    measure = _measure(strata, method, power)
    lowest = np.minimum(minimum, strata.population)
    lowest[strata.complete] = strata.population[strata.complete]
    _refuse_infeasible(strata, total, lowest, cap)
    held = strata.complete
    shares = _share_with_limits(strata, measure, total, lowest, cap, held)
    # Raising small strata to their minimum can overspend; strata at their minimum are then held there
    # and the rest is shared anew. It ends, since each turn holds at least one more.
    while shares.sum() > total + ROUNDING_NOISE * total:
        held = held | (shares <= lowest)
        shares = _share_with_limits(strata, measure, total, lowest, cap, held)
    return shares


def _share_with_limits(strata: Strata, measure: Floats, total: float, lowest: Floats, cap: bool, held: Flags) -> Floats:
    """Fix-and-repeat rule of the module; strata `held` start fixed at their lowest size."""
    shares, free = lowest.copy(), ~held
    while free.any():
        shares[free] = _proportionate(strata, measure, free, total - shares[~free].sum())
        over = free & (shares > strata.population) if cap else np.zeros_like(free)
        # Caps before minima: what a full stratum cannot take may lift another above its minimum.
        fixed = over if over.any() else free & (shares < lowest)
        if not fixed.any():
            break
        shares[fixed] = (strata.population if over.any() else lowest)[fixed]
        free &= ~fixed
    return shares


def _proportionate(strata: Strata, measure: Floats, free: Flags, rest: float) -> Floats:
    weight: Floats = measure[free]
    if weight.sum() > 0:
        return np.asarray(rest * weight / weight.sum(), float)
    if rest <= ROUNDING_NOISE:
        return np.zeros_like(weight)
    names = [code for code, is_free in zip(strata.codes, free, strict=True) if is_free]
    raise Infeasible(names, f"{rest:g} units remain, but the measure of strata {', '.join(names)} is 0.",
                     "Choose proportional allocation, or set a minimum per stratum.")  # fmt: skip


def _refuse_infeasible(strata: Strata, total: float, lowest: Floats, cap: bool) -> None:
    if not (np.isfinite(lowest).all() and (lowest >= 0).all()):
        raise OutOfRange(float(lowest.min()), "The minimum per stratum is not a number of 0 or more.")
    if not np.isfinite(total) or total <= 0:
        raise OutOfRange(total, f"The sample size {total} is not a positive number.")
    noise = ROUNDING_NOISE * total
    if lowest.sum() > total + noise:
        raise Infeasible(total, f"Take-all strata and minima need {lowest.sum():g} units, the sample has {total:g}.",
                         "Enlarge the sample, lower the minimum, or have fewer take-all strata.")  # fmt: skip
    if cap and total > strata.population.sum() + noise:
        raise Infeasible(total, f"The sample of {total:g} exceeds the population of {strata.population.sum():g}.",
                         "Ask for at most the population.")  # fmt: skip


def _neyman(strata: Strata, power: float) -> Floats:
    if strata.deviation is None:
        raise MissingValue("deviation", "Neyman allocation needs the standard deviation of a size variable.")
    return strata.population * strata.deviation


def _power(strata: Strata, power: float) -> Floats:
    if strata.size_total is None:
        raise MissingValue("size_total", "Power allocation needs the total of a size variable.")
    if not 0 <= power <= 1:
        raise OutOfRange(power, f"The power {power} is not between 0 and 1.")
    if (strata.size_total < 0).any():
        code = strata.codes[int(np.argmin(strata.size_total))]
        raise OutOfRange(code, f"The size variable of stratum '{code}' adds up to less than 0.",
                         "Choose a size that is never negative, or Neyman allocation.")  # fmt: skip
    # q = 1 serves the total, q = 0 all strata alike; between them small strata keep a figure (Bankier 1988).
    return np.asarray(strata.size_total**power, float)


MEASURES: dict[str, Callable[[Strata, float], Floats]] = {
    AllocationMethod.PROPORTIONAL: lambda strata, power: strata.population,
    AllocationMethod.EQUAL: lambda strata, power: np.ones(len(strata.codes)),
    AllocationMethod.NEYMAN: _neyman,
    AllocationMethod.POWER: _power,
}


def _measure(strata: Strata, method: AllocationMethod | str, power: float) -> Floats:
    measure: Floats = MEASURES[known_value(str(method), MEASURES, "The allocation method")](strata, power)
    # An empty stratum gets nothing, whatever size it states.
    return np.where(strata.population > 0, measure, 0.0)


def round_largest_remainder(exact: Floats) -> Counts:
    """Whole numbers with the sum of `exact` (which must be whole): floors, plus one for the largest remainders.

    Equal remainders go to the earlier entry. Each result is within 1 of its exact value, so whole limits still hold.
    """
    if not (np.isfinite(exact).all() and (exact >= 0).all()):
        raise OutOfRange("exact", "A share of the sample is missing or negative.")
    total = round(float(exact.sum()))
    if abs(exact.sum() - total) > 1e-6:
        raise OutOfRange(float(exact.sum()), f"The shares add up to {exact.sum():g}, which is not a whole number.")
    # 2.9999999999 is 3 that was divided.
    floors = np.floor(exact + ROUNDING_NOISE)
    remainder = np.maximum(exact - floors, 0.0)
    # Rounded, so that ties are ties on every machine and the earlier stratum gets the unit.
    extra = np.argsort(-np.round(remainder, 9), kind="stable")[: total - int(floors.sum())]
    floors[extra] += 1
    return floors.astype(np.int64)


def allocate_sample(
    strata: Strata,
    method: AllocationMethod | str,
    total: int,
    *,
    # One unit alone has no variance of its own.
    minimum: int = 2,
    power: float = 0.5,
) -> Allocation:
    """The sample of `total` units in whole units per stratum: at least `minimum`, at most N_h, take-all complete."""
    exact = allocate(strata, method, total, minimum=minimum, power=power)
    return Allocation(
        codes=strata.codes, population=strata.population, exact=exact, size=round_largest_remainder(exact)
    )
