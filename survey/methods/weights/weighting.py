"""The classes in which nonresponse is adjusted for, which of them are merged, and how unequal weights are.

Weighting-class adjustment (Kalton and Flores-Cervantes 2003): in class c the respondents' weights are multiplied by
sum(w, eligible) / sum(w, respondents) (`adjusting.class_factors`). A class with too few respondents, or with a factor
far above that of all, is first merged with its stated neighbour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from survey.methods.errors import (
    BadWeight,
    EmptyStratum,
    WrongShape,
)

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Class `code` had `respondents`, fewer than the minimum or with a factor above the limit, and joined the class of
    its neighbour `into`."""

    code: str
    into: str
    respondents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFactor:
    """One final class: the original classes in it, its firms, and factor = `weight_eligible` / `weight_responding`."""

    code: str
    members: tuple[str, ...]
    eligible: int
    respondents: int
    weight_eligible: float
    weight_responding: float
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorLimit:
    """No class is to have a factor above so many `times` (1 or more) that of all classes together.

    By it and not by itself: where few answer everywhere all factors are large, and merging would mend nothing.
    `eligible` and `responding` are weights of eligible firms and of respondents by original class.
    """

    eligible: Mapping[str, float]
    responding: Mapping[str, float]
    times: float

    def is_exceeded(self, members: Sequence[str]) -> bool:
        """Whether the factor of a class of these members is above the limit."""
        own, whole = self._weights(members), self._weights(list(self.eligible))
        # Multiplied out, since the weight of respondents may be 0; a hair more, since one class alone is the whole.
        return own[0] * whole[1] > self.times * whole[0] * own[1] * (1 + ROUNDING)

    def _weights(self, members: Sequence[str]) -> tuple[float, float]:
        return sum(self.eligible[one] for one in members), sum(self.responding[one] for one in members)


ROUNDING = 1e-9
"""By so much a factor is above a limit for other reasons than the last digits of sums."""


def merge_small_classes(
    respondents: Mapping[str, int],
    minimum: int,
    neighbours: Mapping[str, Sequence[str]],
    limit: FactorLimit | None = None,
) -> tuple[dict[str, str], list[Merge]]:
    """The final class of every original class (named after the member that took the others in), and the merges."""
    home = {code: code for code in respondents}
    counts = dict(respondents)
    merges: list[Merge] = []
    # A class without a respondent has nobody who could stand for the others.
    needed = max(minimum, 1)
    # Fewest first, and the code for ties: the same strata merge whatever the order of the rows.
    while unfit := sorted(
        (count, code) for code, count in counts.items() if _is_unfit(code, count, home, needed, limit)
    ):
        count, code = unfit[0]
        into = _free_neighbour(code, home, neighbours, count, needed)
        for member in [name for name in home if home[name] == code]:
            home[member] = into
        counts[into] += counts.pop(code)
        merges.append(Merge(code=code, into=into, respondents=count))
    return home, merges


def _is_unfit(code: str, count: int, home: Mapping[str, str], needed: int, limit: FactorLimit | None) -> bool:
    if count < needed:
        return True
    return limit is not None and limit.is_exceeded([name for name in home if home[name] == code])


def _free_neighbour(
    code: str, home: Mapping[str, str], neighbours: Mapping[str, Sequence[str]], count: int, needed: int
) -> str:
    # A class asks for neighbours of its own first, then those of the classes that it has taken in.
    members = [code, *(name for name in home if home[name] == code and name != code)]
    for member in members:
        for neighbour in neighbours.get(member, ()):
            if neighbour in home and home[neighbour] != code:
                return home[neighbour]
    raise EmptyStratum(code, f"Class '{code}' has {count} respondents, {needed} are needed, and no neighbour is left.",
                       "State a neighbour to merge it with, or lower the minimum.")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightDiagnostics:
    """How unequal weights are. `kish_deff` = n sum(w^2) / sum(w)^2 = 1 + cv^2 is the variance inflation they cause if
    unrelated to the answers, `n_eff` = n / kish_deff; `cv` has divisor n; `spread` is the largest over the smallest
    (nan where that is not positive); `negative` counts those that linear calibration brought to 0 or below."""

    n: int
    total: float
    smallest: float
    largest: float
    spread: float
    cv: float
    kish_deff: float
    n_eff: float
    negative: int = 0


def diagnose_weights(weight: ArrayLike, *, calibrated: bool = False) -> WeightDiagnostics:
    """Diagnostics of positive weights (leave nonrespondents out); `calibrated` ones may be negative, not their sum."""
    weights = checked_weights(weight, np.size(np.asarray(weight)), calibrated=calibrated)
    n, total = len(weights), float(weights.sum())
    if not total > 0:
        raise BadWeight(total, f"The weights add up to {total}.")
    deff = float(n * (weights**2).sum() / total**2)
    low, high = float(weights.min()), float(weights.max())
    spread, cv = high / low if low > 0 else np.nan, float(weights.std() / weights.mean())
    return WeightDiagnostics(
        n=n,
        total=total,
        smallest=low,
        largest=high,
        spread=spread,
        cv=cv,
        kish_deff=deff,
        n_eff=n / deff,
        negative=int((weights <= 0).sum()),
    )


def checked_weights(weight: ArrayLike, count: int, *, calibrated: bool = False) -> Floats:
    """`count` finite weights, positive unless `calibrated`, or `WrongShape` or `BadWeight` naming the first bad row."""
    weights = np.asarray(weight, float)
    if weights.shape != (count,):
        raise WrongShape(weights.shape, f"{weights.size} weights for {count} units.")
    bad = ~(np.isfinite(weights) & (calibrated | (weights > 0)))
    if bad.any():
        row = int(np.argmax(bad))
        raise BadWeight(row, f"The weight {weights[row]} of row {row} is not a positive number.")
    return weights
