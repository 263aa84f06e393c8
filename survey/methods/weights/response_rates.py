"""How many of those asked answered: the rates of AAPOR.

Every rate is unweighted without `weight`, design-weighted with w, size-weighted with w times a size known for all
sampled firms. Formulas: AAPOR Standard Definitions.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from survey.methods.errors import BadWeight, EmptyDomain, OutOfRange, WrongShape
from survey.methods.extract import Coded
from survey.methods.labels import text_labels
from survey.methods.weights.dispositions import KNOWN_ELIGIBLE, PLACE, UNKNOWN, Outcomes, is_unknown, outcome_numbers
from survey.terms import Disposition
from survey.weighting_terms import EligibilityRule

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRates:
    """The six AAPOR rates (0 to 1), the e that RR3 and RR4 use with its origin, and the cases behind them.

    `cases` holds the count, or the sum of weights, of each disposition. RR1 is the minimum rate, RR2 counts partial
    answers, RR3 and RR4 take the share e of the unknown as eligible, RR5 and RR6 none of them. While every case is
    still unknown, RR5 and RR6 are 0.
    """

    cases: Mapping[Disposition, float]
    e: float
    e_rule: EligibilityRule
    rr1: float
    rr2: float
    rr3: float
    rr4: float
    rr5: float
    rr6: float


def response_rates(
    disposition: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    eligibility: ArrayLike | None = None,
    rule: EligibilityRule = EligibilityRule.STATED,
) -> ResponseRates:
    """AAPOR RR1 to RR6 of cases with one `Disposition` code each.

    `eligibility` gives e, one number or one for each case (then e is their mean over the unknown cases), found by
    `rule`; without it e is the eligible share of the (weighted) cases of known eligibility, and 1 where none is known.
    Raises `UnknownStatus` for a code that is no disposition, `EmptyDomain` without an eligible case.
    """
    codes = outcome_numbers(disposition)
    weights = _weights(weight, len(codes))
    cases = {kind: float(weights[codes == place].sum()) for kind, place in PLACE.items()}
    eligible = sum(cases[kind] for kind in KNOWN_ELIGIBLE)
    unknown = sum(cases[kind] for kind in UNKNOWN)
    given = None if eligibility is None else _mean_share(eligibility, codes, weights)
    e, origin = _eligible_share(given, eligible, cases[Disposition.NOT_ELIGIBLE], rule)
    complete = cases[Disposition.COMPLETE]
    answered = complete + cases[Disposition.PARTIAL]
    if eligible + unknown <= 0:
        raise EmptyDomain("disposition", "No case is eligible or of unknown eligibility.")
    # AAPOR pairs the rates by base: all unknown cases eligible (RR1, RR2), the share e (RR3, RR4), none (RR5, RR6).
    bases = (eligible + unknown, eligible + e * unknown, eligible)
    rates = [part / base if base > 0 else 0.0 for base in bases for part in (complete, answered)]
    named = dict(zip(("rr1", "rr2", "rr3", "rr4", "rr5", "rr6"), rates, strict=True))
    return ResponseRates(cases=cases, e=e, e_rule=origin, **named)


def response_rates_by_class(
    disposition: ArrayLike,
    classes: ArrayLike | Coded,
    *,
    weight: ArrayLike | None = None,
    eligibility: ArrayLike | None = None,
    rule: EligibilityRule = EligibilityRule.STATED,
) -> dict[str, ResponseRates]:
    """AAPOR rates of each class (stratum, industry, size), in the order of the class codes, or of the labels of a coded
    column.

    Unless `eligibility` is given (one number, or one for each case), e is estimated within each class. A class whose
    cases are all known to be not eligible has no rate and is left out.
    """
    codes, column = outcome_numbers(disposition), classes if isinstance(classes, Coded) else _coded(classes)
    _same_length(codes, column.codes, "classes")
    weights = _weights(weight, len(codes))
    # Classes of ineligible cases alone have no base: a rate of 0 would be wrong for them.
    number = np.bincount(column.codes[codes != PLACE[Disposition.NOT_ELIGIBLE]], minlength=len(column.labels))
    shares = None if eligibility is None else np.broadcast_to(np.asarray(eligibility, float), codes.shape)
    return {
        label: response_rates(
            codes[rows], weight=weights[rows], eligibility=None if shares is None else shares[rows], rule=rule
        )
        for label, rows in ((column.labels[place], column.codes == place) for place in np.flatnonzero(number).tolist())
    }


def _coded(classes: ArrayLike) -> Coded:
    labels, codes = np.unique(text_labels(classes, "class"), return_inverse=True)
    return Coded(codes, tuple(labels.tolist()))


def _mean_share(shares: ArrayLike, codes: Outcomes, weights: Floats) -> float:
    """Mean of e over the cases of unknown eligibility; without such a case over all."""
    values = np.asarray(shares, float)
    if values.ndim == 0:
        return float(values)
    _same_length(codes, values, "eligibility")
    wrong = values[~((values >= 0) & (values <= 1))]
    if len(wrong):
        raise OutOfRange(float(wrong[0]), f"The eligible share e = {wrong[0]} is not between 0 and 1.")
    silent = is_unknown(codes)
    # The mean over those that e is used for: weighted, since each brings w e to the base.
    used = weights * silent if (weights * silent).any() else weights
    # Rounding of the division may give 1 + 2e-16, which the check below would refuse.
    return min(float(used @ values / used.sum()), 1.0)


def _eligible_share(
    stated: float | None, eligible: float, not_eligible: float, rule: EligibilityRule
) -> tuple[float, EligibilityRule]:
    if stated is None:
        known = eligible + not_eligible
        # 1 where nobody is known, the cautious choice: the lower the share, the higher the rate.
        return (eligible / known if known > 0 else 1.0), EligibilityRule.KNOWN_CASES
    if not 0 <= stated <= 1:
        raise OutOfRange(stated, f"The eligible share e = {stated} is not between 0 and 1.")
    return stated, rule


def _weights(weight: ArrayLike | None, count: int) -> Floats:
    if count == 0:
        raise EmptyDomain("cases", "There is no case.")
    weights = np.ones(count) if weight is None else np.asarray(weight, float)
    _same_length(np.empty(count), weights, "weight")
    # 0 is allowed: a firm without employees has no part in a rate by size.
    if not (np.isfinite(weights) & (weights >= 0)).all() or weights.sum() <= 0:
        raise BadWeight("weight", "A weight is missing, infinite or negative, or all are 0.")
    return weights


def _same_length(first: NDArray[np.generic], second: NDArray[np.generic], name: str) -> None:
    if len(first) != len(second):
        raise WrongShape(name, f"'{name}' has {len(second)} values for {len(first)} cases.")
