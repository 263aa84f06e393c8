"""What stands beside a figure: the share of all firms, the two levels of a change, what dominance rules need."""

from dataclasses import dataclass

import numpy as np

from survey.instrument.plan.plan import MOST_DOMINANT
from survey.methods.arrays import Floats, Ints, sums_by

EVERY = 64
"""Of so many amounts one is looked at to find about where the largest begin; and so many times as many are looked at as
all groups together keep."""


@dataclass(frozen=True, slots=True)
class Contributions:
    """What the dominance rules need of a quantity: its total over the firms and the largest amounts, descending."""

    total: float
    largest: tuple[float, ...]

    def join(self, other: "Contributions") -> "Contributions":
        """The same of two disjoint groups of firms together."""
        # As many as either kept: below its last kept amount nothing is known of a group, and rules look at the first
        # few alone.
        kept = max(len(self.largest), len(other.largest))
        return Contributions(self.total + other.total, tuple(sorted(self.largest + other.largest, reverse=True)[:kept]))


def contributions_by(
    values: Floats, weights: Floats, code: Ints, codes: int, *, kept: int = MOST_DOMINANT
) -> list[Contributions]:
    """Contributions of each group of firms, by the number of their group (n,), -1 for those of none: the weighted total
    of absolute values, and the largest unweighted ones."""
    amounts = np.abs(values)
    totals = sums_by(code.astype(np.intp) + 1, amounts * weights, codes + 1)[1:].tolist()
    # The largest of all groups are among the largest of all, but for groups of small firms: these are looked at alone.
    top = _from_the_largest(amounts, kept * codes)
    found = []
    for place, total in enumerate(totals):
        own = amounts[top[code[top] == place]]
        if len(own) < kept and len(top) < len(amounts):
            own = amounts[code == place]
        found.append(Contributions(total, _largest(own, kept)))
    return found


def _from_the_largest(amounts: Floats, wanted: int) -> Ints:
    """The places of all amounts from some size on, of some dozen times as many as are `wanted`."""
    few = amounts[::EVERY]
    if wanted >= len(few):
        return np.arange(len(amounts))
    # Whatever the size, all from there on are looked at: a part of the amounts tells it well enough.
    return np.flatnonzero(amounts >= np.partition(few, -wanted)[-wanted])


def _largest(amounts: Floats, kept: int) -> tuple[float, ...]:
    # Nobody asks for the order of those below the largest, which sorting all would take most of the time for.
    largest = np.partition(amounts, -kept)[-kept:] if len(amounts) > kept else amounts
    return tuple(np.sort(largest)[::-1].tolist())


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """The share of all firms beside that of those asked: firms that the route does not lead to the item count as not,
    and `n` takes them in. Of a cleared figure `band` is what is told in place of it."""

    estimate: float
    se: float | None
    ci_low: float | None
    ci_high: float | None
    n: int
    band: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The two figures that a change lies between, with the firms that each rests on."""

    before: float
    after: float
    n_before: int
    n_after: int
