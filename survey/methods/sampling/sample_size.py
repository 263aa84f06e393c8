"""The smallest stratified sample that meets precision targets for several variables in several domains (Bethel 1989).

Minimise sum(cost_h n_h) subject to CV_t <= target_t for every target t, and min(minimum, N_h) <= n_h <= N_h, where
CV^2 = sum over the domain's strata of N_h^2 S_h^2 (1/(r n_h) - 1/N_h) / (sum of N_h M_h)^2 and r is the share of the
drawn units that answer (1 unless given), taken as a second phase at random within the stratum. In log n both sides are
convex, so that the local solution of SLSQP is the global one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize

from survey.methods.errors import MissingValue, NotConverged, OutOfRange, UnknownColumn, WrongShape

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

TOLERANCE = 1e-6
"""Part of a unit and of a target: closer the solver does not come, and nobody asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumMoments:
    """Per stratum the population N_h, and the mean M_h and standard deviation S_h of each variable (from the frame or
    an earlier wave; the divisor of S_h is the caller's choice)."""

    codes: tuple[str, ...]
    population: Floats
    mean: Mapping[str, Floats]
    deviation: Mapping[str, Floats]

    def __post_init__(self) -> None:
        for name, values in (("population", self.population), *self.mean.items(), *self.deviation.items()):
            if np.shape(values) != (len(self.codes),):
                raise WrongShape(name, f"'{name}' has {np.size(values)} values for {len(self.codes)} strata.")
            if not np.isfinite(values).all():
                raise MissingValue(name, f"'{name}' is missing in a stratum.")
        for name, values in self.deviation.items():
            self._refuse_below(values >= 0, f"The standard deviation of '{name}' is negative")
        self._refuse_below(self.population > 0, "The population is not above 0")

    def _refuse_below(self, good: Flags, problem: str) -> None:
        if not good.all():
            code = self.codes[int(np.argmin(good))]
            raise OutOfRange(code, f"{problem} in stratum '{code}'.", "Correct it, or leave the stratum out.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CvTarget:
    """The mean (or total) of `variable` over the strata `members` (all, if None) shall have at most this `cv`."""

    variable: str
    cv: float
    members: frozenset[str] | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallestSample:
    """The solution: `exact` and rounded-up `size` per stratum, and the CV that `exact` reaches for each target."""

    codes: tuple[str, ...]
    exact: Floats
    size: NDArray[np.int64]
    targets: tuple[CvTarget, ...]
    cvs: tuple[float, ...]

    @property
    def total(self) -> float:
        """Sum of the exact sizes."""
        return float(self.exact.sum())


def smallest_sample(
    strata: StratumMoments,
    targets: Sequence[CvTarget],
    *,
    minimum: float | Floats = 2,
    cost: ArrayLike | None = None,
    response: float = 1.0,
) -> SmallestSample:
    """Sizes n_h that meet all `targets` at the least cost (default: the fewest units), of which `response` answer.

    `minimum` is one number of units for all strata or one per stratum; a stratum with fewer units is taken whole.

    The solver's own verdict is not relied on: its solution is mended to meet every target, then checked, and
    `NotConverged` names the worst target if one is still missed. Raises `OutOfRange` for a target that is not positive
    or a variable whose total is 0.
    """
    _refuse_response(response)
    demands = np.array([_demand(strata, target) for target in targets]).reshape(len(targets), len(strata.codes))
    demands = demands / response
    # Above 0, since the programme is one of log n.
    low = np.maximum(np.minimum(minimum, strata.population), min(1e-6, strata.population.min(initial=1.0)))
    costs = np.ones(len(strata.codes)) if cost is None else np.asarray(cost, float)
    if costs.shape != low.shape or not (costs > 0).all():
        raise OutOfRange("cost", "Every stratum needs one positive cost.")
    start = np.clip(_start(demands), low, strata.population)
    solved = minimize(
        lambda x: float(costs @ np.exp(x)),
        np.log(_raised_where_missed(start, demands, strata.population)),
        jac=lambda x: costs * np.exp(x),
        method="SLSQP",
        bounds=list(zip(np.log(low), np.log(strata.population), strict=True)),
        constraints=[
            {"type": "ineq", "fun": lambda x: 1 - demands @ np.exp(-x), "jac": lambda x: demands * np.exp(-x)}
        ],
        options={"maxiter": 500, "ftol": 1e-10},
    )
    exact = _raised_where_missed(np.clip(np.exp(solved.x), low, strata.population), demands, strata.population)
    cvs = tuple(achieved_cv(strata, exact, target, response) for target in targets)
    _refuse_missed(targets, cvs)
    return SmallestSample(
        codes=strata.codes,
        exact=exact,
        # What the solver leaves above a whole number is no unit more.
        size=np.ceil(exact - TOLERANCE).astype(np.int64),
        targets=tuple(targets),
        cvs=cvs,
    )


def achieved_cv(strata: StratumMoments, size: Floats, target: CvTarget, response: float = 1.0) -> float:
    """CV of the target's mean under the sizes `size`, of which the share `response` answers."""
    inside, spread, total = _parts(strata, target)
    population = strata.population
    variance = (inside * spread * (1 / (response * np.asarray(size, float)) - 1 / population)).sum()
    return float(np.sqrt(max(variance, 0.0)) / abs(total))


def _refuse_response(response: float) -> None:
    if not 0 < response <= 1:
        raise OutOfRange(response, f"A share of answering units of {response} is not above 0 and at most 1.")


def _parts(strata: StratumMoments, target: CvTarget) -> tuple[Floats, Floats, float]:
    """Membership (0 or 1) and N^2 S^2 of every stratum, and the total of the variable over the members."""
    if target.variable not in strata.mean or target.variable not in strata.deviation:
        raise UnknownColumn(target.variable, f"The strata have no mean and deviation of '{target.variable}'.")
    members = set(strata.codes) if target.members is None else set(target.members)
    if strangers := members - set(strata.codes):
        raise UnknownColumn(sorted(strangers), f"Target '{target.label or target.variable}' names unknown strata.")
    inside = np.array([code in members for code in strata.codes], float)
    spread = strata.population**2 * np.asarray(strata.deviation[target.variable], float) ** 2
    return inside, spread, float((inside * strata.population * strata.mean[target.variable]).sum())


def _demand(strata: StratumMoments, target: CvTarget) -> Floats:
    """a_h such that the target is met when sum(a_h / n_h) <= 1."""
    inside, spread, total = _parts(strata, target)
    if not target.cv > 0 or total == 0:
        raise OutOfRange(target, f"A CV of {target.cv} of '{target.variable}' with total {total:g} cannot be reached.",
                         "Ask for a positive CV of a variable whose total is not 0.")  # fmt: skip
    # CV^2 T^2 = sum N^2 S^2 (1/n - 1/N): what does not hang on n goes to the other side.
    allowed = (target.cv * total) ** 2 + (inside * spread / strata.population).sum()
    return np.asarray(inside * spread / allowed, float)


def _start(demands: Floats) -> Floats:
    """For each stratum the most that any target alone would ask for (Neyman allocation)."""
    roots = np.sqrt(demands)
    # For one target sum a_h/n_h = 1 at the least sum n_h gives n_h = sqrt(a_h) sum sqrt(a).
    return np.asarray((roots * roots.sum(axis=1, keepdims=True)).max(axis=0, initial=0.0), float)


def _raised_where_missed(size: Floats, demands: Floats, population: Floats) -> Floats:
    """Raise the strata of every missed target that are not taken whole in proportion until it is met (a census meets
    all)."""
    for _ in range(200):
        excess = (demands / size).sum(axis=1)
        if (excess <= 1).all():
            break
        worst = int(np.argmax(excess))
        parts, can_grow = demands[worst] / size, (demands[worst] > 0) & (size < population)
        # What strata taken whole leave of 1 has to do for the others: with them in it the factor would never get there.
        room = 1 - parts[~can_grow].sum()
        # n_h times a factor divides a_h/n_h by it; 1e-12 more, so that rounding leaves nothing above 1.
        factor = parts[can_grow].sum() / room * (1 + 1e-12) if room > 0 else np.inf
        size = np.where(can_grow, np.minimum(size * factor, population), size)
    return size


def _refuse_missed(targets: Sequence[CvTarget], cvs: Sequence[float]) -> None:
    missed = [(cv / target.cv, target) for target, cv in zip(targets, cvs, strict=True)]
    worst, target = max(missed, key=lambda pair: pair[0], default=(0.0, None))
    if target is not None and worst > 1 + TOLERANCE:
        raise NotConverged(target, f"The CV of '{target.label or target.variable}' is {worst:.4f} times its target.")
