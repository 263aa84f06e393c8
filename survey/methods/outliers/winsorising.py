"""One-sided winsorisation: values above a cut-off count less, so that one firm does not carry a figure.

Kokic and Bell 1994, Journal of Official Statistics 10: in a stratum with weight w a value above K = mu + L/(w - 1)
becomes y/w + (1 - 1/w) K, that is, it stands for itself in full and for the others as K. Clark 1995 and the practice of
the ONS: with D = (y - mu)(w - 1) the L of least mean squared error of the total solves L = sum max(D - L, 0).
"""

from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.errors import OutOfRange, WrongShape
from survey.methods.estimates.design import Design
from survey.methods.estimates.linearisation import answered, numbers


@dataclass(frozen=True, eq=False, kw_only=True)
class Winsorised:
    """Values after winsorisation (n,), which were cut (n,), the cut-off of every row (n,; infinite for weight 1), L,
    and the weighted total taken off."""

    value: Floats
    cut: Bools
    cutoff: Floats
    limit: float
    taken_off: float

    def effect(self, design: Design, y: Floats, domain: Bools | None = None) -> "Effect":
        """What the cut did to the total and the mean of a domain, to stand beside the figure."""
        inside = answered(numbers(design, y), domain)
        weight = design.weight[inside]
        before, after = float(weight @ y[inside]), float(weight @ self.value[inside])
        size = float(weight.sum())
        return Effect(
            cut=int(self.cut[inside].sum()),
            total=after - before,
            mean=(after - before) / size if size > 0 else np.nan,
            relative=after / before - 1 if before else np.nan,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Values cut in a domain, and how its total and mean moved (in units, and relative to the figure before)."""

    cut: int
    total: float
    mean: float
    relative: float


def winsorise(design: Design, y: Floats, *, limit: float | None = None, expected: Floats | None = None) -> Winsorised:
    """Winsorise the large values of an item (nan = not answered); weights of 1 are never cut.

    `expected` (n,) is mu, what a value would be, such as the firm's last report; without it the mean of its stratum
    without its largest value. `limit` states L; without it the one of least mean squared error is found. Raises
    `OutOfRange` for a limit below 0.
    """
    values = numbers(design, y)
    inside = answered(values, None)
    mu = _means(values, design.stratum, len(design.strata), inside) if expected is None else expected
    if mu.shape != values.shape:
        raise WrongShape(mu.shape, f"{len(mu)} expected values for {len(values)} rows.")
    # What a firm adds for others. A weight of 1 stands for itself alone and is no estimate.
    over = np.maximum(design.weight - 1, 0.0)
    distance = np.where(inside, (np.where(inside, values, 0.0) - mu) * over, 0.0)
    found = best_limit(distance) if limit is None else limit
    if not found >= 0:
        raise OutOfRange(found, f"The limit {found} of winsorisation is below 0.")
    cutoff = np.where(over > 0, mu + found / np.where(over > 0, over, 1.0), np.inf)
    cut = inside & (values > cutoff)
    share = np.where(design.weight > 0, 1 / np.where(design.weight > 0, design.weight, 1.0), 1.0)
    kept = np.where(cut, share * values + (1 - share) * np.where(cut, cutoff, 0.0), values)
    return Winsorised(
        value=kept, cut=cut, cutoff=cutoff, limit=found, taken_off=float((design.weight * (values - kept))[cut].sum())
    )


def best_limit(distance: Floats) -> float:
    """L = sum max(D - L, 0): with the k largest above it L = (their sum)/(k + 1); 0 where none is above 0."""
    largest = np.sort(distance[distance > 0])[::-1]
    if not len(largest):
        return 0.0
    # With the k largest above L = sum_k (D - L): L = sum_k D / (k + 1), right where the next is not above.
    limits = np.cumsum(largest) / (np.arange(len(largest)) + 2)
    following = np.append(largest[1:], 0.0)
    return float(limits[int(np.argmax(limits >= following))])


def _means(values: Floats, stratum: Ints, strata: int, inside: Bools) -> Floats:
    """(n,) mean of the stratum without its largest value; with one value, that value."""
    h, y = stratum[inside], values[inside]
    count, total = sums_by(h, np.ones(len(h)), strata), sums_by(h, y, strata)
    largest = np.full(strata, -np.inf)
    np.maximum.at(largest, h, y)
    several = count > 1
    # Without the largest: an outlier would raise the very mean that it is measured by.
    total = np.where(several, total - np.where(several, largest, 0.0), total)
    mean = total / np.maximum(np.where(several, count - 1, count), 1)
    return np.asarray(mean[stratum], float)
