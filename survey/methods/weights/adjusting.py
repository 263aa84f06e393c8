"""Nonresponse: the respondents of a class take over the weights of its eligible firms without an answer, none of them
more than a plan allows."""

from collections.abc import Mapping

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.errors import UnknownColumn
from survey.methods.nonresponse.propensity import propensity_classes
from survey.methods.weights.fieldwork import Fieldwork
from survey.methods.weights.follow_up import follow_up_factors
from survey.methods.weights.merging import MergedStrata
from survey.methods.weights.plan import WeightingPlan
from survey.methods.weights.trimming import Trimming, trimmed
from survey.methods.weights.weighting import ClassFactor
from survey.weighting_terms import Nonresponse

Groups = tuple[Ints, tuple[str, ...], Mapping[str, tuple[str, ...]]]
"""Class number of each firm, labels of the classes, the strata in each of them."""


def adjusted(
    fieldwork: Fieldwork, plan: WeightingPlan, share: Floats, merged: MergedStrata, homes: Ints, klass: Ints
) -> tuple[Floats, tuple[ClassFactor, ...], Trimming | None]:
    """(m,) weights of the respondents, 0 for the others, the classes of the adjustment, and what trimming did where the
    plan has a limit."""
    weight, answers = fieldwork.design_weight, fieldwork.responded
    if plan.nonresponse is Nonresponse.STRATA:
        groups = _by_stratum(fieldwork.strata, merged, homes, klass)
    else:
        groups = _by_propensity(fieldwork, plan, share, merged)
    group, labels, members = groups
    classes = class_factors(labels, members, group, weight, share, answers)
    factors = {one.code: one.factor for one in classes}
    factor = np.array([factors.get(label, 0.0) for label in labels])[group]
    if fieldwork.second_phase is not None:
        factor = follow_up_factors(weight, share, answers, fieldwork.second_phase, group, factor)
    found = np.where(answers, weight * factor, 0.0)
    if plan.largest_weight is None:
        return found, classes, None
    found[answers], trimming = trimmed(found[answers], group[answers], plan.largest_weight)
    return found, classes, trimming


def _by_propensity(fieldwork: Fieldwork, plan: WeightingPlan, share: Floats, merged: MergedStrata) -> Groups:
    names = plan.propensity or tuple(fieldwork.categories)
    columns = {name: fieldwork.categories[name] for name in names if name in fieldwork.categories}
    numbers = {name: fieldwork.numbers[name] for name in names if name in fieldwork.numbers}
    unknown = [name for name in names if name not in columns and name not in numbers]
    if unknown:
        raise UnknownColumn(unknown[0], f"The frame has no variable '{unknown[0]}' for the response model.")
    # Firms of closed strata answered all: in the model they would raise the propensity of others like them.
    used = np.asarray((share > 0) & ~merged.closed[fieldwork.stratum], bool)
    # Weighted by e, since a silent firm of unknown eligibility is a nonrespondent only in that part.
    weight = fieldwork.design_weight * share
    found = propensity_classes(columns, numbers, fieldwork.responded, weight, used, plan.propensity_classes)
    labels = ("closed", *(f"propensity {k}" for k in range(1, plan.propensity_classes + 1)))
    # Class 0 holds closed strata and firms out of scope: everybody in scope responded there, so its factor is 1.
    return np.where(used, found + 1, 0), labels, {}


def _by_stratum(strata: tuple[str, ...], merged: MergedStrata, homes: Ints, klass: Ints) -> Groups:
    members: dict[str, tuple[str, ...]] = {}
    for label, home in zip(strata, merged.home.tolist(), strict=True):
        members[strata[home]] = (*members.get(strata[home], ()), label)
    return klass, tuple(strata[h] for h in homes.tolist()), members


def class_factors(
    labels: tuple[str, ...],
    members: Mapping[str, tuple[str, ...]],
    group: Ints,
    weight: Floats,
    share: Floats,
    answers: Bools,
) -> tuple[ClassFactor, ...]:
    """The factor of each class that has an eligible firm: weight in scope over weight responding."""
    size = len(labels)
    base, responding = sums_by(group, weight * share, size), sums_by(group, weight * answers, size)
    eligible, respondents = sums_by(group, share > 0, size), sums_by(group, answers, size)
    return tuple(
        ClassFactor(
            code=labels[k],
            members=members.get(labels[k], ()),
            eligible=int(eligible[k]),
            respondents=int(respondents[k]),
            weight_eligible=float(base[k]),
            weight_responding=float(responding[k]),
            factor=float(base[k] / responding[k]),
        )
        # A class without a respondent has nobody who could carry a factor.
        for k in np.flatnonzero(responding > 0).tolist()
    )
