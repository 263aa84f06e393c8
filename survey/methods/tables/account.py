"""The account of how a wave was answered and weighted, for the method page and the release."""

from dataclasses import dataclass

import numpy as np

from survey.methods.collected import Collected, Weighted
from survey.methods.errors import MethodsError
from survey.methods.extract import Coded
from survey.methods.nonresponse.representativity import Representativity, representativity
from survey.methods.tables.response import outcomes, overall_response
from survey.methods.weights.eligibility import EligibleShare
from survey.methods.weights.response_rates import ResponseRates, response_rates_by_class


@dataclass(frozen=True, slots=True)
class ClassAccount:
    """A class of firms with its e and the response rates that this e gives; None where no firm of it is in scope."""

    share: EligibleShare
    rates: ResponseRates | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Response of all firms, plain and by design weight; of each class of eligibility; and how like the sample the
    respondents are (None where that cannot be said: everybody answered, or the model has no solution)."""

    plain: ResponseRates
    weighted: ResponseRates
    classes: tuple[ClassAccount, ...]
    likeness: Representativity | None


def account_of(collected: Collected, weighted: Weighted) -> Account:
    """The account; rates RR3 and RR4 take the same e as the weights."""
    found = weighted.weights.eligibility
    classes = Coded(found.class_of_row, tuple(one.label for one in found.classes))
    # One rule finds e in all classes of a survey.
    by_class = response_rates_by_class(
        outcomes(collected), classes, eligibility=found.share, rule=found.classes[0].rule
    )
    return Account(
        plain=overall_response(collected, eligibility=found),
        weighted=overall_response(collected, weighted=True, eligibility=found),
        classes=tuple(ClassAccount(one, by_class.get(one.label)) for one in found.classes),
        likeness=_likeness(collected, weighted),
    )


def _likeness(collected: Collected, weighted: Weighted) -> Representativity | None:
    """R-indicator of the firms in scope by the categories of the frame."""
    share = weighted.weights.eligibility.share
    # Firms known to be out of scope could not respond: among the silent they would look like nonresponse.
    used = np.flatnonzero(share > 0)
    columns = {name: Coded(one.codes[used], one.labels) for name, one in collected.fieldwork.categories.items()}
    if not columns:
        return None
    weight = (collected.design_weight * share)[used]
    try:
        return representativity(columns, collected.responded[used], weight, collected.stratum[used])
    except MethodsError:
        # The account is told beside the figures and must never keep them from being made.
        return None
