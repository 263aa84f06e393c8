"""e, the eligible share of the firms of which nobody knows whether they are: by class, and the same everywhere.

Estimated from the cases that were resolved (CASRO: Council of American Survey Research Organizations 1982), from those
resolved by a follow-up of the silent ones only, or stated with a reason. Weights and response rates take the same e.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.errors import EmptyDomain, MissingValue, OutOfRange, UnknownStatus, WrongShape
from survey.methods.weights.dispositions import PLACE, is_unknown, outcome_numbers
from survey.terms import Disposition
from survey.weighting_terms import EligibilityClass, EligibilityRule

ALL_OTHERS = ""
"""The class in `stated` whose e holds for every class that is not named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityChoice:
    """How a survey finds e.

    `least_resolved` cases are needed in a class; one with fewer takes the e of all classes together. `stated` holds e
    by class ("" = every other), and must come with a `reason`, which is printed.
    """

    rule: EligibilityRule = EligibilityRule.KNOWN_CASES
    by: EligibilityClass = EligibilityClass.SIZE
    least_resolved: int = 10
    stated: Mapping[str, float] = field(default_factory=dict)
    reason: str = ""

    def __post_init__(self) -> None:
        if self.rule is EligibilityRule.STATED and not (self.stated and self.reason.strip()):
            raise MissingValue(self.reason, "A stated eligible share needs its value and a reason.",
                               "Give the share by class, and why it is better than an estimate.")  # fmt: skip
        for label, share in self.stated.items():
            if not 0 <= share <= 1:
                raise OutOfRange(share, f"The eligible share {share} of '{label}' is not between 0 and 1.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibleShare:
    """e of one class with its standard error (0 where stated), and the cases behind it.

    After a follow-up the error is that of the share of the firms still unknown, who are themselves a part of all.
    `resolved` counts the cases that e rests on and `unknown` those it is used for; `pooled` says that e is that of all
    classes together. `reason` is given where e was stated.
    """

    label: str
    e: float
    se: float
    resolved: int
    unknown: int
    rule: EligibilityRule
    pooled: bool = False
    reason: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Eligibility:
    """The share of every firm (m,): 1 eligible, 0 not, e if unknown; its class (m,), and the classes in their order."""

    share: Floats
    class_of_row: Ints
    classes: tuple[EligibleShare, ...]

    @property
    def by_class(self) -> dict[str, float]:
        """e of each class."""
        return {one.label: one.e for one in self.classes}


def eligibility(
    disposition: ArrayLike,
    weight: Floats,
    classes: Ints,
    labels: tuple[str, ...],
    choice: EligibilityChoice,
    *,
    responded: Bools | None = None,
    followed_up: Bools | None = None,
) -> Eligibility:
    """e of every class (numbers `classes` (m,) into `labels`), and the eligible share of every firm.

    A firm that responded is eligible whatever its disposition says. While nothing is resolved e is 1, as if every firm
    were eligible. Raises `EmptyDomain` where a follow-up is to give e and resolved nothing.
    """
    codes = outcome_numbers(disposition)
    if not codes.shape == weight.shape == classes.shape:
        raise WrongShape(codes.shape, f"{len(codes)} dispositions, {len(weight)} weights, {len(classes)} classes.")
    answered = np.zeros(len(codes), bool) if responded is None else responded
    # An answer settles the question: a disposition entered before it came is out of date.
    unknown = is_unknown(codes) & ~answered
    outside = (codes == PLACE[Disposition.NOT_ELIGIBLE]) & ~answered
    counted = _counted(choice, ~unknown, followed_up)
    found = tuple(_shares(weight, classes, labels, choice, unknown, outside, counted))
    e = np.array([one.e for one in found])
    share = np.where(unknown, e[classes], np.where(outside, 0.0, 1.0))
    return Eligibility(share=share, class_of_row=classes, classes=found)


def _counted(choice: EligibilityChoice, resolved: Bools, followed_up: Bools | None) -> Bools:
    if choice.rule is not EligibilityRule.FOLLOW_UP:
        return resolved
    counted = resolved & (np.zeros(len(resolved), bool) if followed_up is None else followed_up)
    if not counted.any():
        raise EmptyDomain("followed_up", "No case was resolved by a follow-up, so it gives no eligible share.",
                          "Follow up a random part of the silent firms, or choose another rule.")  # fmt: skip
    return counted


def _shares(
    weight: Floats,
    classes: Ints,
    labels: tuple[str, ...],
    choice: EligibilityChoice,
    unknown: Bools,
    outside: Bools,
    counted: Bools,
) -> list[EligibleShare]:
    size = len(labels)
    resolved = np.bincount(classes[counted], minlength=size)
    silent = np.bincount(classes[unknown], minlength=size)
    squares = np.bincount(classes[counted], weight[counted] ** 2, size)
    base = np.bincount(classes[counted], weight[counted], size)
    kept = np.bincount(classes[counted & ~outside], weight[counted & ~outside], size)
    # Kish: the squares give the effective number of cases, n_eff = sum(w)^2 / sum(w^2).
    overall = _estimate(float(kept.sum()), float(base.sum()), float(squares.sum()))
    # Classes that take the pooled e are one group: e is used for the silent firms of all of them together.
    of_whom = np.where(resolved < choice.least_resolved, silent[resolved < choice.least_resolved].sum(), silent)
    found = []
    for k, label in enumerate(labels):
        if choice.rule is EligibilityRule.STATED:
            found.append(_stated(label, int(silent[k]), choice))
            continue
        pooled = bool(resolved[k] < choice.least_resolved)
        e, se = overall if pooled else _estimate(float(kept[k]), float(base[k]), float(squares[k]))
        count = int(resolved.sum() if pooled else resolved[k])
        # The follow-up is a sample of the silent firms; those still unknown vary about e by themselves as well.
        if choice.rule is EligibilityRule.FOLLOW_UP and of_whom[k]:
            se = float(np.hypot(se, np.sqrt(e * (1 - e) / of_whom[k])))
        found.append(
            EligibleShare(
                label=label, e=e, se=se, resolved=count, unknown=int(silent[k]), rule=choice.rule, pooled=pooled
            )
        )
    return found


def _stated(label: str, unknown: int, choice: EligibilityChoice) -> EligibleShare:
    if label not in choice.stated and ALL_OTHERS not in choice.stated:
        raise UnknownStatus(label, f"No eligible share is stated for the class '{label}'.",
                            "State one for it, or one for every other class under ''.")  # fmt: skip
    e = choice.stated.get(label, choice.stated.get(ALL_OTHERS, 1.0))
    return EligibleShare(label=label, e=e, se=0.0, resolved=0, unknown=unknown, rule=choice.rule, reason=choice.reason)


def _estimate(eligible: float, base: float, squares: float) -> tuple[float, float]:
    """e and its standard error: binomial on Kish's effective number of cases less one, about the share with two cases
    more of each kind (Agresti and Coull 1998), since a few cases that are all eligible do not prove that all are."""
    if base <= 0:
        # Nothing is resolved yet: e = 1 gives the smallest response rate, which claims least (RR1 of AAPOR).
        return 1.0, 0.0
    e, size = min(eligible / base, 1.0), base**2 / squares
    middle = (e * size + 2) / (size + 4)
    return e, float(np.sqrt(middle * (1 - middle) / max(size - 1, 1.0)))
