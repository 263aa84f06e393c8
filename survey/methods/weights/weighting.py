"""From the sampling design to the weight of a respondent: design weight and adjustment for nonresponse.

Weighting-class adjustment (Kalton and Flores-Cervantes 2003): in class c the respondents' weights are multiplied by
sum(w, eligible) / sum(w, respondents). A class with too few respondents is first merged with its stated neighbour.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from survey.methods.errors import (
    BadWeight,
    EmptyStratum,
    MissingValue,
    OutOfRange,
    UnknownStatus,
    WrongShape,
)
from survey.methods.labels import text_labels

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def design_weights(probability: ArrayLike) -> Floats:
    """1 / inclusion probability. Raises `OutOfRange` for a probability outside (0, 1]."""
    values = np.asarray(probability, float)
    bad = ~((values > 0) & (values <= 1))
    if bad.any():
        row = int(np.argmax(bad))
        raise OutOfRange(row, f"The inclusion probability {values[row]} of row {row} is not in (0, 1].")
    return np.asarray(1.0 / values, float)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Class `code` had `respondents`, fewer than the minimum, and joined the class of its neighbour `into`."""

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
class NonresponseAdjustment:
    """Adjusted `weight` per row (0 for nonrespondents), the final class of each row, the classes and every merge."""

    weight: Floats
    class_of_row: tuple[str, ...]
    classes: tuple[ClassFactor, ...]
    merges: tuple[Merge, ...]

    @property
    def factors(self) -> dict[str, float]:
        """Factor of every original class."""
        return {member: final.factor for final in self.classes for member in final.members}


def adjust_for_nonresponse(
    weight: ArrayLike,
    responded: ArrayLike,
    classes: ArrayLike,
    *,
    minimum: int = 1,
    neighbours: Mapping[str, Sequence[str]] | None = None,
    eligible: ArrayLike | None = None,
) -> NonresponseAdjustment:
    """Spread the weights of eligible nonrespondents over the respondents of their class.

    `minimum` respondents are needed per class; a class with fewer is merged, fewest first, with the first of its stated
    `neighbours` that is not yet in its own class. `eligible` is 1, 0 for a firm known not to be eligible (it keeps
    nothing and gives nothing), or the share e for one of unknown eligibility. The weights add up to
    sum(weight * eligible). Raises `EmptyStratum` when a class is too small and no neighbour is left.
    """
    labels = text_labels(classes, "class")
    weights, answers = checked_weights(weight, len(labels)), _answers(responded, len(labels))
    shares = np.ones(len(labels)) if eligible is None else np.asarray(eligible, float)
    _refuse_bad_shares(shares, answers)
    # Firms known to be out of scope neither need a respondent in their class nor keep it alive.
    codes, index = np.unique(labels[shares > 0], return_inverse=True)
    counts = np.bincount(index, answers[shares > 0]).astype(int).tolist()
    home, merges = merge_small_classes(dict(zip(codes.tolist(), counts, strict=True)), minimum, neighbours or {})
    finals, final = np.unique(np.array([home.get(code, code) for code in labels.tolist()]), return_inverse=True)
    report = _class_factors(finals.tolist(), final, home, weights, shares, answers)
    factor = np.array([report[code].factor if code in report else 0.0 for code in finals.tolist()])
    adjusted = np.where(answers, weights * factor[final], 0.0)
    return NonresponseAdjustment(
        weight=adjusted,
        class_of_row=tuple(finals[final].tolist()),
        classes=tuple(report.values()),
        merges=tuple(merges),
    )


def _class_factors(
    finals: Sequence[str],
    final: NDArray[np.intp],
    home: Mapping[str, str],
    weights: Floats,
    shares: Floats,
    answers: Flags,
) -> dict[str, ClassFactor]:
    """The factor of each final class that has an eligible firm."""
    base, responding = np.bincount(final, weights * shares), np.bincount(final, weights * answers)
    eligible, respondents = np.bincount(final, shares > 0), np.bincount(final, answers)
    return {
        code: ClassFactor(
            code=code,
            members=tuple(sorted(name for name, into in home.items() if into == code)),
            eligible=int(eligible[k]),
            respondents=int(respondents[k]),
            weight_eligible=float(base[k]),
            weight_responding=float(responding[k]),
            factor=float(base[k] / responding[k]),
        )
        for k, code in enumerate(finals)
        if eligible[k]
    }


def merge_small_classes(
    respondents: Mapping[str, int], minimum: int, neighbours: Mapping[str, Sequence[str]]
) -> tuple[dict[str, str], list[Merge]]:
    """The final class of every original class (named after the member that took the others in), and the merges."""
    home = {code: code for code in respondents}
    counts = dict(respondents)
    merges: list[Merge] = []
    needed = max(minimum, 1)
    # Fewest first, and the code for ties: the same strata merge whatever the order of the rows.
    while small := sorted((count, code) for code, count in counts.items() if count < needed):
        count, code = small[0]
        into = _free_neighbour(code, home, neighbours, count, needed)
        for member in [name for name in home if home[name] == code]:
            home[member] = into
        counts[into] += counts.pop(code)
        merges.append(Merge(code=code, into=into, respondents=count))
    return home, merges


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


def nearest_neighbours(groups: Iterable[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Neighbours of classes in ordered groups (sizes within an industry): nearest in the own group first.

    After its own group a class looks at the same place in the nearest groups, then at the places beside it. Of two
    equally near the earlier one wins.
    """
    place = {code: (g, k) for g, group in enumerate(groups) for k, code in enumerate(group)}

    def distance(code: str, other: str) -> tuple[bool, int, int, tuple[int, int]]:
        (g, k), (h, m) = place[code], place[other]
        return g != h, abs(k - m), abs(g - h), (h, m)

    return {code: tuple(sorted((o for o in place if o != code), key=lambda o: distance(code, o))) for code in place}


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
    if len(weights) == 0:
        raise BadWeight("weight", "There is no weight.")
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


def _answers(responded: ArrayLike, count: int) -> Flags:
    values = np.asarray(responded)
    if values.shape != (count,):
        raise WrongShape(values.shape, f"{values.size} response flags for {count} units.")
    if not np.isin(values, [0, 1]).all():
        raise UnknownStatus("responded", "Whether a firm responded is neither 0 nor 1.")
    return values.astype(bool)


def _refuse_bad_shares(shares: Floats, answers: Flags) -> None:
    if shares.shape != answers.shape:
        raise WrongShape(shares.shape, f"{shares.size} eligibility shares for {answers.size} units.")
    if np.isnan(shares).any():
        raise MissingValue("eligible", "The eligibility of a firm is missing.")
    if ((shares < 0) | (shares > 1)).any():
        raise OutOfRange("eligible", "An eligibility share is outside 0 to 1.")
    if (shares[answers] != 1).any():
        raise UnknownStatus("eligible", "A respondent is not marked as eligible.",
                            "Leave responses of firms that are not eligible out, or mark them eligible.")  # fmt: skip
