"""What a wave brought in, and its weights: design weight times the adjustment for nonresponse within strata."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from survey.methods.arrays import Floats, Ints
from survey.methods.errors import DuplicateUnit, EmptyDomain, WrongShape
from survey.methods.extract import Coded, Extract
from survey.methods.weights.weighting import NonresponseAdjustment, adjust_for_nonresponse, nearest_neighbours
from survey.terms import Disposition

LEAST_RESPONDENTS = 2
"""Respondents that a stratum needs to have a variance; one with fewer is merged with its neighbour."""


@dataclass(frozen=True, eq=False)
class Collected:
    """Every sampled firm of a wave with its outcome, and the answers of those that responded.

    strata         (H,) labels of the strata; `groups` lists them by industry in the order of size
    stratum        (m,) stratum number of each sampled firm
    design_weight  (m,) inverse inclusion probabilities
    disposition    (m,) `Disposition` codes
    domains        coded attributes of the sampled firms (m,)
    respondents    (n,) row numbers of the firms that responded, in the order of the answers
    items, values  coded and numeric answers (n,)
    """

    strata: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    stratum: Ints
    design_weight: Floats
    disposition: NDArray[np.str_]
    domains: Mapping[str, Coded]
    respondents: Ints
    items: Mapping[str, Coded] = field(default_factory=dict)
    values: Mapping[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not len(self.stratum) == len(self.design_weight) == len(self.disposition):
            raise WrongShape(len(self.disposition), "Strata, weights and dispositions differ in length.")
        twice = self.respondents[pd.Series(self.respondents).duplicated()]
        if len(twice):
            raise DuplicateUnit(
                int(twice[0]), f"The firm in row {twice[0]} responded twice.", "Keep one response per firm."
            )

    @property
    def sampled(self) -> int:
        """Firms in the sample."""
        return len(self.stratum)

    @property
    def answered(self) -> int:
        """Firms that responded."""
        return len(self.respondents)

    @property
    def stratum_labels(self) -> NDArray[np.str_]:
        """(m,) the stratum label of each sampled firm."""
        return np.asarray(self.strata, dtype=np.str_)[self.stratum]

    @property
    def responded(self) -> NDArray[np.bool_]:
        """(m,) whether each sampled firm responded."""
        flags = np.zeros(self.sampled, bool)
        flags[self.respondents] = True
        return flags


@dataclass(frozen=True, eq=False)
class Weighted:
    """The extract that estimators read, and how its weights came about."""

    extract: Extract
    adjustment: NonresponseAdjustment


def weigh(collected: Collected) -> Weighted:
    """Give every respondent its final weight; the firms of a class stand for all of the class that are eligible.

    Strata with fewer than two respondents are merged with the nearest size of the same industry (then of the nearest
    industry), which the adjustment reports. The merged classes are the strata of the variance, and N_h is the eligible
    weight of the class, so that standard errors carry the finite population correction. Raises `EmptyDomain` below two
    respondents in all.
    """
    if collected.answered < LEAST_RESPONDENTS:
        raise EmptyDomain(collected.answered, "Fewer than two firms responded.", "Wait for more responses.")
    eligible = (collected.disposition != Disposition.NOT_ELIGIBLE.value) | collected.responded
    adjustment = adjust_for_nonresponse(
        collected.design_weight,
        collected.responded,
        collected.stratum_labels,
        minimum=LEAST_RESPONDENTS,
        neighbours=nearest_neighbours(collected.groups),
        eligible=eligible.astype(float),
    )
    return Weighted(_extract(collected, adjustment), adjustment)


def _extract(collected: Collected, adjustment: NonresponseAdjustment) -> Extract:
    rows = collected.respondents
    strata = tuple(final.code for final in adjustment.classes)
    number = {code: position for position, code in enumerate(strata)}
    classes: Sequence[str] = adjustment.class_of_row
    return Extract(
        stratum=np.array([number[classes[row]] for row in rows.tolist()], np.intp),
        strata=strata,
        weight=adjustment.weight[rows],
        population=np.array([final.weight_eligible for final in adjustment.classes]),
        items=collected.items,
        values=collected.values,
        domains={name: Coded(column.codes[rows], column.labels) for name, column in collected.domains.items()},
    )
