"""Calibration of weights to population totals: post-stratification, raking, linear (GREG), bounded logit.

w = g * w0 with g = F(x'lambda) and sum w x = totals (Deville and Sarndal 1992). Solved by Newton steps on the
totals; a pseudo-inverse stands in for the dependence between margins. Convergence is judged by the totals.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.special import expit

from survey.methods.arrays import Floats, Ints, Rows
from survey.methods.calibrated.auxiliaries import Auxiliaries
from survey.methods.errors import BadWeight, MissingValue, NotConverged, OutOfRange, WrongShape, known_value

Distance = Callable[[Floats], tuple[Floats, Floats]]
Bounds = tuple[float, float]

SOLVED = 1e-13
"""Relative distance from every total at which the iteration stops."""
CLOSEST = 1 - 1e-6
"""The highest lower bound of a unit, and as far above 1 the lowest upper one: a logit needs some way on either side."""
LEAST_LEFT = 0.1
"""The smallest part 1 - h of a score that its own fit is taken to leave, so that no residual counts without limit."""
ACCEPTED = 1e-10
"""Relative distance beyond which the result is not a calibration: at the limit of the digits of the data."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Calibration:
    """A solved calibration: what was calibrated (`base_weight`), to what (`auxiliaries`), the factors g and bounds.

    `leverage` (n,) is h of each unit where variances are to be corrected for it, None = they are not.
    """

    method: str
    auxiliaries: Auxiliaries
    base_weight: Floats
    g: Floats
    worst_margin: str
    worst_distance: float
    bounds: Bounds | None = None
    leverage: Floats | None = None

    @property
    def weight(self) -> Floats:
        """The calibrated weights g * w0; the linear method may make some negative."""
        return self.g * self.base_weight

    @property
    def inflation(self) -> Floats:
        """(n,) 1/(1 - h)^2, by which squared residuals count more in a variance; 1 where they are not corrected."""
        if self.leverage is None:
            return np.ones(len(self.g))
        return np.asarray(1 / np.maximum(1 - self.leverage, LEAST_LEFT) ** 2, float)

    # Every table and every change reads them; kept with the wave, so that no worker makes them again.
    @cached_property
    def spread_weight(self) -> Floats:
        """(n,) the weights of squared residuals: w times the root of their inflation, or w as they are."""
        return self.weight if self.leverage is None else np.asarray(self.weight * np.sqrt(self.inflation), float)

    def with_leverage(self, klass: Ints, classes: int) -> "Calibration":
        """The same with variances that make up for residuals which a fit drew towards 0.

        h = w0 d'(X'W0X)^-1 d is the part of a unit's score that the fit takes up (HC3 of MacKinnon and White 1985), d
        the distance of its x from their mean in its `klass` (n,), since deviations within classes count.
        """
        within = self.auxiliaries.quadratic_within(self._inverse, self.base_weight, klass, classes)
        return replace(self, leverage=np.clip(self.base_weight * within, 0.0, 1.0))

    def coefficients(self, products: Floats) -> Floats:
        """Least-squares coefficients on x, weighted by w0, from the products X'W0 z: (p,) or (p, k)."""
        return self._inverse @ products

    @cached_property
    def _inverse(self) -> Floats:
        """(p, p) of X'W0X: every score is fitted by it."""
        # By w0, also where factors stand at a bound. A fit without the firms at a bound, the derivative of the
        # solution, took numbers of firms in scope for nearly certain where most firms stand at one (docs/methods.md,
        # 8).
        return generalised_inverse(self.auxiliaries.gram(self.base_weight))

    def residual(self, z: Floats) -> Floats:
        """z minus its least-squares fit on x, weighted by the base weights: (n,) or (n, k)."""
        columns = z.reshape(len(z), -1)
        products = np.column_stack([self.auxiliaries.sums(self.base_weight * column) for column in columns.T])
        fitted = self.auxiliaries.fitted(self.coefficients(products))
        return z - fitted.reshape(z.shape)

    def part(self, rows: Rows) -> "Calibration":
        return replace(
            self,
            auxiliaries=self.auxiliaries.part(rows),
            base_weight=self.base_weight[rows],
            g=self.g[rows],
            leverage=None if self.leverage is None else self.leverage[rows],
        )


def _linear(t: Floats) -> tuple[Floats, Floats]:
    return 1 + t, np.ones_like(t)


def _exponential(t: Floats) -> tuple[Floats, Floats]:
    # exp(709) is the last that a double holds, and distances are squared; a step that far is halved anyway.
    g = np.exp(np.minimum(t, 300.0))
    return g, g


def _logit(low: Floats, high: Floats) -> Distance:
    # Deville and Särndal 1992, their A and case 6: F(0) = 1 and F'(0) = 1, as in every method of theirs, so that all
    # agree to first order.
    slope = (high - low) / ((1 - low) * (high - 1))
    start = np.log((1 - low) / (high - 1))

    def distance(t: Floats) -> tuple[Floats, Floats]:
        share = expit(slope * t + start)
        return low + (high - low) * share, slope * (high - low) * share * (1 - share)

    return distance


def _truncated(distance: Distance) -> Callable[[Floats, Floats], Distance]:
    def bounded(low: Floats, high: Floats) -> Distance:
        def inside(t: Floats) -> tuple[Floats, Floats]:
            g, slope = distance(t)
            # At a bound the factor does not move: its slope is 0, and the others share what is missing (their case 7).
            return np.clip(g, low, high), np.where((g > low) & (g < high), slope, 0.0)

        return inside

    return bounded


UNBOUNDED: dict[str, Distance] = {"poststratify": _linear, "linear": _linear, "raking": _exponential}
BOUNDED: dict[str, Callable[[Floats, Floats], Distance]] = {
    "logit": _logit,
    "linear": _truncated(_linear),
    "raking": _truncated(_exponential),
}


def calibrate(
    auxiliaries: Auxiliaries,
    base_weight: Floats,
    method: str,
    bounds: Bounds | None = None,
    iterations: int = 200,
    *,
    least: Floats | None = None,
    most: Floats | None = None,
) -> Calibration:
    """Weights nearest to `base_weight` (in the distance of `method`) that meet every total.

    `method` is poststratify (one margin of cells), linear, raking or logit; `bounds` (L, U) hold the g-weights and
    are required by logit. `least` and `most` (n,) are weights that bounded methods do not go below and above, where the
    base weight is not beyond them itself. Raises `NotConverged` with the worst margin, `BadWeight`, `OutOfRange`.
    """
    if len(base_weight) != len(auxiliaries.pattern):
        raise WrongShape(len(base_weight), f"{len(base_weight)} weights for {len(auxiliaries.pattern)} units.")
    bad = np.flatnonzero(~(np.isfinite(base_weight) & (base_weight > 0)))
    if len(bad):
        raise BadWeight(float(base_weight[bad[0]]), f"Row {bad[0]} has the base weight {base_weight[bad[0]]}.")
    g = _solve(auxiliaries, base_weight, _distance(method, bounds, base_weight, least, most), iterations)
    far = _distances(auxiliaries, auxiliaries.sums(base_weight * g), base_weight)
    worst = int(np.argmax(np.abs(far)))
    name, distance = auxiliaries.names[worst], float(abs(far[worst]))
    # Written as "not within", so that nan is refused too.
    if not distance <= ACCEPTED:
        raise NotConverged(name, f"Calibration by {method} misses the margin '{name}' by {distance:.3g} of its total.")
    return Calibration(
        method=method,
        auxiliaries=auxiliaries,
        base_weight=base_weight,
        g=g,
        worst_margin=name,
        worst_distance=distance,
        bounds=bounds,
    )


def _distance(method: str, bounds: Bounds | None, base: Floats, least: Floats | None, most: Floats | None) -> Distance:
    known_value(method, {*UNBOUNDED, *BOUNDED}, "The calibration method")
    if bounds is None:
        if method not in UNBOUNDED:
            raise MissingValue(method, f"The method {method} needs bounds.", "Give bounds (L, U) with L < 1 < U.")
        return UNBOUNDED[method]
    if method not in BOUNDED:
        raise OutOfRange(bounds, f"The method {method} has no bounds.", "Leave them out, or use linear, raking, logit.")
    low, high = bounds
    if method == "logit" and not low < 1 < high:
        raise OutOfRange(bounds, f"The bounds {bounds} of the g-weights must lie on either side of 1.")
    floor = np.full(len(base), low)
    if least is not None:
        floor = np.maximum(floor, np.minimum(least / base, CLOSEST))
    ceiling = np.full(len(base), high)
    if most is not None:
        ceiling = np.minimum(ceiling, np.maximum(most / base, 2 - CLOSEST))
    return BOUNDED[method](floor, ceiling)


def _solve(x: Auxiliaries, base: Floats, distance: Distance, iterations: int) -> Floats:
    """g by damped Newton steps: a step that does not bring the totals nearer is halved."""
    # t = 0 is g = 1: from the design weights, the linear method is there after one step.
    t = np.zeros(len(base))
    g, slope = distance(t)
    far = _distances(x, x.sums(base * g), base)
    for _ in range(iterations):
        if np.abs(far).max() <= SOLVED:
            break
        towards = x.fitted(generalised_inverse(x.gram(base * slope)) @ (x.totals - x.sums(base * g)))
        # After 40 halvings the step is lost in the digits: nothing nearer can be reached in this direction.
        for size in 0.5 ** np.arange(40):
            trial_g, trial_slope = distance(t + size * towards)
            trial = _distances(x, x.sums(base * trial_g), base)
            if np.isfinite(trial).all() and np.linalg.norm(trial) < np.linalg.norm(far):
                break
        else:
            break
        t, g, slope, far = t + size * towards, trial_g, trial_slope, trial
    return g


def _distances(x: Auxiliaries, reached: Floats, base: Floats) -> Floats:
    """How far each total is missed, relative to the total, or for numeric ones to the spread they can have."""
    # A total of 0 is met but for rounding, which is judged by all firms.
    scale = np.where(x.totals == 0, base.sum(), np.abs(x.totals))
    categories = x.patterns.shape[1]
    # Numeric columns are centred, so their total may be 0: they are judged by one standard deviation per firm.
    scale[categories:] = np.maximum(scale[categories:], base.sum())
    return (x.totals - reached) / scale


def generalised_inverse(gram: Floats) -> Floats:
    """A generalised inverse of X'WX by eigenvalues, scaled to a unit diagonal first so that small cells count."""
    size = np.sqrt(np.diag(gram))
    size = np.where(size > 0, size, 1.0)
    # Below 1e-11 of the largest an eigenvalue is the dependence of the margins with its rounding, not a small cell.
    inverse: Floats = np.linalg.pinv(gram / np.outer(size, size), rcond=1e-11, hermitian=True)
    scaled_back: Floats = inverse / np.outer(size, size)
    return scaled_back
