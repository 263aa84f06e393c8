"""What a wave brought in, and its weights by the choices of the analysis plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from survey.instrument.plan.weighting import RECOMMENDED, Weighting
from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.asking import lacking, state_name
from survey.methods.extract import Coded, Extract
from survey.methods.imputation.filled import Filled
from survey.methods.weights.chosen import INDUSTRY, SIZE, crossed, weighting_plan
from survey.methods.weights.fieldwork import Fieldwork, FrameTotals
from survey.methods.weights.final import Weights
from survey.methods.weights.merging import Places
from survey.methods.weights.numbers import PreparedNumber, prepared_numbers
from survey.methods.weights.spine import weigh_as


@dataclass(frozen=True, eq=False, kw_only=True)
class Collected:
    """Every sampled firm of a wave with its outcome, and the answers of those that responded.

    strata         (H,) labels of the strata, `places` where they stand in the orders of industry and size
    stratum        (m,) stratum number of each sampled firm
    design_weight  (m,) inverse inclusion probabilities
    disposition    (m,) `Disposition` codes
    domains        coded attributes of the sampled firms (m,)
    respondents    (n,) row numbers of the firms that responded, in the order of the answers
    items, values  coded and numeric answers (n,)
    numbers        numeric frame variables of the sampled firms (m,)
    frame          counts and totals of the whole frame; None = not known
    followed_up    (m,) silent firms that were drawn for a follow-up and resolved by it; None = no follow-up
    second_phase   (m,) which part of a follow-up sample of the silent each firm is in (`Fieldwork`); None = no such one
    identity       (m,) what tells each sampled firm in every wave, by which donors of values are served
    enterprise     (m,) number of the enterprise group of each sampled firm, -1 = of none; None = groups are not known
    consents       (m,) sampled firms that consent to be shown by themselves; None = none does
    """

    strata: tuple[str, ...]
    places: Places
    stratum: Ints
    design_weight: Floats
    disposition: NDArray[np.str_]
    domains: Mapping[str, Coded]
    respondents: Ints
    items: Mapping[str, Coded] = field(default_factory=dict)
    values: Mapping[str, Floats] = field(default_factory=dict)
    numbers: Mapping[str, Floats] = field(default_factory=dict)
    frame: FrameTotals | None = None
    followed_up: Bools | None = None
    second_phase: Ints | None = None
    identity: NDArray[np.str_] | None = None
    enterprise: Ints | None = None
    consents: Bools | None = None

    def __post_init__(self) -> None:
        # Asked for, since it checks lengths and codes when it is made: a wave with a fault must not be kept.
        assert self.fieldwork.sampled == self.sampled

    @property
    def sampled(self) -> int:
        """Firms in the sample."""
        return len(self.stratum)

    @property
    def answered(self) -> int:
        """Firms that responded."""
        return len(self.respondents)

    @property
    def answering(self) -> NDArray[np.str_]:
        """(n,) what tells each of the respondents; (0,) where it is not known."""
        return np.zeros(0, np.str_) if self.identity is None else self.identity[self.respondents]

    @property
    def firms(self) -> list[str]:
        """The same as a list."""
        firms: list[str] = self.answering.tolist()
        return firms

    @property
    def responded(self) -> Bools:
        """(m,) whether each sampled firm responded."""
        return self.fieldwork.responded

    @cached_property
    def fieldwork(self) -> Fieldwork:
        """What weights are made of. Raises `WrongShape`, `BadWeight`, `UnknownStatus` and `DuplicateUnit`."""
        categories = {name: self.domains[name] for name in (INDUSTRY, SIZE) if name in self.domains}
        return Fieldwork(
            strata=self.strata,
            places=self.places,
            stratum=self.stratum,
            design_weight=self.design_weight,
            disposition=self.disposition,
            respondents=self.respondents,
            followed_up=self.followed_up,
            second_phase=self.second_phase,
            categories=categories,
            numbers=self.numbers,
            frame=self.frame,
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class Weighted:
    """The extract that estimators read, how its weights came about, and what was done to numbers.

    `extract` holds numbers as they are estimated from, `reported` (r,) as the firms gave them.
    """

    extract: Extract
    weights: Weights
    numbers: Mapping[str, PreparedNumber] = field(default_factory=dict)
    reported: Mapping[str, Floats] = field(default_factory=dict)

    @property
    def filled(self) -> dict[str, Filled]:
        """The numeric items with filled gaps."""
        return {item: one.filled for item, one in self.numbers.items() if one.filled is not None}


def weigh(collected: Collected, weighting: Weighting = RECOMMENDED) -> Weighted:
    """Give every respondent its final weight and every number its value, as the plan chooses.

    Raises `EmptyDomain` below two respondents in all.
    """
    plan = weighting_plan(weighting, collected.fieldwork, collected.values)
    fieldwork = crossed(collected.fieldwork, weighting)
    weights = weigh_as(fieldwork, plan)
    extract = weights.extract(collected.items, collected.values, collected.domains)
    numbers = numbers_as_planned(collected, weights, extract, weighting, collected.values)
    values = {item: one.value for item, one in numbers.items()}
    return Weighted(extract=extract.but(values=values), weights=weights, numbers=numbers, reported=extract.values)


def numbers_as_planned(
    collected: Collected, weights: Weights, extract: Extract, weighting: Weighting, values: Mapping[str, Floats]
) -> dict[str, PreparedNumber]:
    """Numeric ``values`` (n,) of the respondents by item with gaps filled and large ones weighed down, as the plan
    chooses; ``extract`` says who was asked."""
    plan = weighting_plan(weighting, collected.fieldwork, values)
    # Where it is known who was asked, gaps of the others stay: they have no value to fill.
    asked = {
        item: lacking(extract, item)[: weights.respondents]
        for item in plan.filling
        if state_name(item) in extract.items
    }
    # Only who fills gaps asks for the codes, and as many as there are firms take a while to spell out.
    key = collected.firms or None if plan.filling else None
    return prepared_numbers(crossed(collected.fieldwork, weighting), weights, plan, values, key, asked)
