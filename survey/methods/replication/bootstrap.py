"""Bootstrap intervals of means, totals and ratios of skew money, where the t interval is too short on one side.

Percentile limits are quantiles of the replicated estimates. Studentised ones divide each replicate's distance from the
estimate by its own standard error, and take quantiles of that times the standard error off the estimate (Rao and Wu
1988, 4; Efron and Tibshirani 1993, 12.5): they follow the skewness and are the better ones for means and totals.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.errors import OutOfRange, WrongShape
from survey.methods.replication.replicates import ReplicateDesign, counts_drawn, in_batches, weights_from_counts
from survey.terms import Labelled
from survey.terms import gettext_noop as _

# Of 50 values the 2.5 % quantile lies between the second and the third; with fewer it is hardly inside them.
LEAST_USABLE = 50
"""Replicates with an estimate that quantiles need."""


class BootstrapInterval(Labelled):
    """How limits are read from the replicates."""

    STUDENTISED = "studentised", _("Studentised bootstrap")
    PERCENTILE = "percentile", _("Percentile bootstrap")


@dataclass(frozen=True, slots=True, kw_only=True)
class BootstrapPlan:
    """Replicates to draw, how limits are read from them, and their confidence."""

    replicates: int = 1000
    interval: BootstrapInterval = BootstrapInterval.STUDENTISED
    confidence: float = 0.95

    def __post_init__(self) -> None:
        if self.replicates < LEAST_USABLE:
            raise OutOfRange(self.replicates, f"{self.replicates} replicates are too few for limits.",
                             "Take 1,000; 200 do for a first look.")  # fmt: skip
        if not 0 < self.confidence < 1:
            raise OutOfRange(self.confidence, f"The confidence level {self.confidence} is not between 0 and 1.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BootstrapEstimate:
    """An estimate, the standard error of its replicates, limits, rows in the domain that answered, and the replicates
    that had an estimate; limits are nan where fewer than 50 had, or the estimate has no error."""

    estimate: float
    se: float
    ci_low: float
    ci_high: float
    interval: BootstrapInterval
    n: int
    usable: int


@dataclass(frozen=True, eq=False, kw_only=True)
class Drawn:
    """Replicates that several figures share: how often each unit was drawn (B, n), the weights (B, n), and the stratum
    of each unit (n,)."""

    counts: Floats
    weights: Floats
    stratum: Ints

    @cached_property
    def by_stratum(self) -> list[tuple[Ints, Floats]]:
        """Of each stratum in turn its units and their counts, which lie together."""
        order = np.argsort(self.stratum, kind="stable")
        rows = np.split(order, np.cumsum(np.bincount(self.stratum))[:-1])
        return [(one, np.ascontiguousarray(self.counts[:, one])) for one in rows]


def draws(
    design: ReplicateDesign, replicates: int, rng: np.random.Generator, *, at_once: bool = False
) -> Iterator[Drawn]:
    """So many replicates, a batch at a time; `at_once` calibrates them all in one step, without bounds."""
    for size in in_batches(design, replicates):
        counts = counts_drawn(design, size, rng)
        weights = weights_from_counts(design, counts, at_once=at_once)
        yield Drawn(counts=counts, weights=weights, stratum=design.stratum)


def bootstrapped(
    design: ReplicateDesign,
    drawn: Iterable[Drawn],
    a: Floats,
    b: Floats | None = None,
    domain: Bools | None = None,
    plan: BootstrapPlan | None = None,
) -> BootstrapEstimate:
    """The total of a, or its ratio to b, from replicates that are drawn already."""
    plan = plan or BootstrapPlan()
    above, below, inside = _masked(design, a, b, domain)
    whole = _statistic(design.final_weight[None, :], above, below)[0]
    # The survey itself is the sample in which every unit stands once.
    once = Drawn(counts=np.ones((1, len(above))), weights=design.final_weight[None, :], stratum=design.stratum)
    error = float(_errors(design, once, above, below, whole[None])[0])
    found, errors = [], []
    for each in drawn:
        estimates = _statistic(each.weights, above, below)
        found.append(estimates)
        errors.append(_errors(design, each, above, below, estimates, resampled=True))
    replicated, own = np.concatenate(found), np.concatenate(errors)
    usable = np.isfinite(replicated)
    # About the estimate, as whoever works with exported replicate weights is told to take it.
    se = float(np.sqrt(np.mean((replicated[usable] - whole) ** 2))) if usable.any() else np.nan
    low, high = LIMITS[plan.interval](float(whole), error, replicated, own, plan.confidence)
    return BootstrapEstimate(
        estimate=float(whole),
        se=se,
        ci_low=low,
        ci_high=high,
        interval=plan.interval,
        n=int(inside.sum()),
        usable=int(usable.sum()),
    )


def _masked(
    design: ReplicateDesign, a: Floats, b: Floats | None, domain: Bools | None
) -> tuple[Floats, Floats | None, Bools]:
    if a.shape != design.weight.shape:
        raise WrongShape(a.shape, f"{a.shape} values for {len(design.weight)} units.")
    # A ratio is of firms that gave both amounts; one without the other would move it by who was silent.
    inside = ~np.isnan(a) if b is None else ~np.isnan(a + b)
    inside &= True if domain is None else domain
    return np.where(inside, a, 0.0), None if b is None else np.where(inside, b, 0.0), inside


def _statistic(weights: Floats, above: Floats, below: Floats | None) -> Floats:
    """(B,) totals, or ratios of totals; nan where the lower total is not above 0."""
    total = weights @ above
    if below is None:
        return np.asarray(total, float)
    base = weights @ below
    return np.asarray(np.divide(total, base, out=np.full(len(total), np.nan), where=base > 0), float)


def _errors(
    design: ReplicateDesign,
    drawn: Drawn,
    above: Floats,
    below: Floats | None,
    estimates: Floats,
    *,
    resampled: bool = False,
) -> Floats:
    """(B,) linearised standard errors; of a replicate from the units as often as they were drawn."""
    found = _from_products if design.calibration is None else _from_residuals
    squares, sums = found(design, drawn, above, below, estimates)
    n = design.units[: len(sums), None]
    left = design.left_out[: len(sums), None]
    # A replicate draws n - 1 of n (see `replicates`), so its own variance has n - 1 draws.
    draws = np.maximum(n - 1, 1) if resampled else n
    spread = squares - sums**2 / np.maximum(draws, 1)
    factor = n**2 / (draws * np.maximum(draws - 1, 1)) if resampled else n / np.maximum(n - 1, 1)
    # Rounding can bring a spread of equal scores a little below 0.
    variance = (np.where(n > 1, left * factor, 0.0) * np.maximum(spread, 0.0)).sum(axis=0)
    return np.asarray(np.sqrt(variance), float)


def _size(design: ReplicateDesign, drawn: Drawn, below: Floats | None) -> Floats:
    """(B,) what scores are divided by; nan where it is not above 0."""
    if below is None:
        return np.ones(len(drawn.counts))
    size = drawn.counts @ (design.final_weight * below)
    return np.asarray(np.where(size > 0, size, np.nan), float)


def _from_products(
    design: ReplicateDesign, drawn: Drawn, above: Floats, below: Floats | None, estimates: Floats
) -> tuple[Floats, Floats]:
    """(H, B) sums by stratum of u^2 and of u over the units as often as they were drawn, where u = w z.

    With z = (a - e b)/size both follow from sums of w a, w b, w^2 a^2, w^2 ab and w^2 b^2, so that no table of scores
    (B, n) is made. a is centred on the mean of the estimates, or squares would lose digits to one another.
    """
    w, size = design.final_weight, _size(design, drawn, below)
    lower = np.zeros(len(above)) if below is None else below
    usable = np.isfinite(estimates)
    centre = float(estimates[usable].mean()) if below is not None and usable.any() else 0.0
    a, b = w * (above - centre * lower), w * lower
    products = np.stack([a, b, a * a, a * b, b * b], axis=-1)
    found = np.stack([counts @ products[rows] for rows, counts in drawn.by_stratum])
    one_a, one_b, aa, ab, bb = np.moveaxis(found, -1, 0)
    e = np.zeros(len(size)) if below is None else estimates - centre
    return (aa - 2 * e * ab + e**2 * bb) / size**2, (one_a - e * one_b) / size


def _from_residuals(
    design: ReplicateDesign, drawn: Drawn, above: Floats, below: Floats | None, estimates: Floats
) -> tuple[Floats, Floats]:
    """The same of calibrated weights, whose scores are residuals."""
    assert design.calibration is not None
    lower = 0.0 if below is None else estimates[:, None] * below
    z = (above - lower) / _size(design, drawn, below)[:, None]
    z = np.broadcast_to(z, drawn.counts.shape)
    u = design.final_weight * design.calibration.residual(np.ascontiguousarray(z.T)).T
    by_stratum = sparse.csr_array((np.ones(len(above)), (design.stratum, np.arange(len(above)))))
    return by_stratum @ (drawn.counts * u**2).T, by_stratum @ (drawn.counts * u).T


def _percentile(estimate: float, error: float, found: Floats, own: Floats, level: float) -> tuple[float, float]:
    kept = found[np.isfinite(found)]
    if len(kept) < LEAST_USABLE or np.isnan(estimate):
        return np.nan, np.nan
    low, high = np.quantile(kept, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _studentised(estimate: float, error: float, found: Floats, own: Floats, level: float) -> tuple[float, float]:
    usable = np.isfinite(found) & (own > 0)
    if usable.sum() < LEAST_USABLE or np.isnan(estimate):
        return np.nan, np.nan
    # The quantiles change sides: where replicates lie far above the estimate, so may the estimate above the truth.
    low, high = np.quantile((found[usable] - estimate) / own[usable], [(1 - level) / 2, (1 + level) / 2])
    return float(estimate - high * error), float(estimate - low * error)


LIMITS: dict[BootstrapInterval, Callable[[float, float, Floats, Floats, float], tuple[float, float]]] = {
    BootstrapInterval.STUDENTISED: _studentised,
    BootstrapInterval.PERCENTILE: _percentile,
}
