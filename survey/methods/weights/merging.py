"""Which strata answer for one another: those with too few answers, or with a factor far above that of all, join a
neighbour, certainty firms never do.

Merging keeps the size first (the same size of the nearest industry, then the nearest size), because money grows with
size, or the industry first, as the survey chooses. A take-all stratum in which nobody is missing is closed: its
firms stand for themselves with weight 1, so it never joins nor takes in another. Where a single firm responded outside
the closed strata it stands for all others alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.errors import WrongShape
from survey.methods.weights.weighting import FactorLimit, Merge, merge_small_classes
from survey.weighting_terms import MergingOrder

# Weights are 1 / probability, and a probability of 1 may have come from a division.
CERTAIN = 1 + 1e-9
"""Design weights up to this are those of firms taken with certainty."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where each of H strata stands: the places (H,) of its industry and of its size in their orders."""

    industry: Ints
    size: Ints

    def __post_init__(self) -> None:
        if self.industry.shape != self.size.shape:
            raise WrongShape(self.size.shape, f"{len(self.size)} sizes for {len(self.industry)} industries of strata.")

    def neighbours(self, stratum: int, order: MergingOrder) -> list[int]:
        """All other strata, the nearest first; of two equally near the earlier industry, then the earlier size."""
        industry = np.abs(self.industry - self.industry[stratum])
        size = np.abs(self.size - self.size[stratum])
        kept, let_go = (size, industry) if order is MergingOrder.SIZE_FIRST else (industry, size)
        # lexsort takes its last key first: what is kept, then what is let go, then the ties.
        nearest = np.lexsort((self.size, self.industry, let_go, kept))
        return [h for h in nearest.tolist() if h != stratum]


@dataclass(frozen=True, eq=False, kw_only=True)
class MergedStrata:
    """The final class (H,) of every stratum, named by the number of the stratum that took the others in, the merges
    in their order, and the strata (H,) that were closed."""

    home: Ints
    merges: tuple[Merge, ...]
    closed: Bools


def merge_strata(
    strata: Sequence[str],
    places: Places,
    respondents: Ints,
    missing: Floats,
    take_all: Bools,
    *,
    least: int = 2,
    order: MergingOrder = MergingOrder.SIZE_FIRST,
    stated: Mapping[str, Sequence[str]] | None = None,
    responding: Floats | None = None,
    largest_factor: float | None = None,
) -> MergedStrata:
    """Merge strata with fewer than `least` respondents, fewest first; with `responding` (H,), the weight of these, also
    those whose factor is above `largest_factor` times that of all open strata.

    `missing` (H,) is the weight of eligible firms without an answer. `stated` names neighbours that go before those of
    the order. Strata without an eligible firm are left alone. Where fewer than `least` responded outside the closed
    strata all others become one class. Raises `EmptyStratum` where nobody responded outside them and firms are missing.
    """
    # Firms taken with certainty, none of them missing, stand for themselves: no silent firm may raise their weight.
    closed = np.asarray(take_all & (missing <= 0), bool)
    open_strata = np.flatnonzero(~closed & ((respondents > 0) | (missing > 0))).tolist()
    counts = {strata[h]: int(respondents[h]) for h in open_strata}
    least = min(least, max(sum(counts.values()), 1))
    limit = None
    if largest_factor is not None and responding is not None:
        limit = FactorLimit(
            eligible={strata[h]: float(responding[h] + missing[h]) for h in open_strata},
            responding={strata[h]: float(responding[h]) for h in open_strata},
            times=largest_factor,
        )
    # Classes only grow, so a stratum that is large enough is asked for a neighbour only where its factor may rise.
    asked = [h for h in open_strata if limit is not None or respondents[h] < least]
    chosen = {strata[h]: _named(strata, places.neighbours(h, order), (stated or {}).get(strata[h], ())) for h in asked}
    found, merges = merge_small_classes(counts, least, chosen, limit)
    number = {label: h for h, label in enumerate(strata)}
    home = np.array([number[found.get(label, label)] for label in strata], np.intp)
    return MergedStrata(home=home, merges=tuple(merges), closed=closed)


def _named(strata: Sequence[str], nearest: Sequence[int], stated: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*stated, *(strata[h] for h in nearest)]))
