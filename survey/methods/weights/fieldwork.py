"""What weights are made of: the sampled firms with what the frame knows of them, and how each of them ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.errors import BadWeight, DuplicateUnit, WrongShape
from survey.methods.extract import Coded
from survey.methods.weights.dispositions import PLACE, Outcomes, outcome_numbers
from survey.methods.weights.merging import CERTAIN, Places
from survey.terms import Disposition

LEAST_RESPONDENTS = 2
"""Respondents that weights need in all."""


@dataclass(frozen=True, eq=False, kw_only=True)
class FrameTotals:
    """What the frame holds of the whole population, firms of all strata: counts by category of each categorical
    variable, and totals of numeric ones. A variable with gaps in the frame has no total and is left out."""

    counts: Mapping[str, Mapping[str, float]]
    totals: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, kw_only=True)
class Fieldwork:
    """Every sampled firm (m) of a wave, in any order.

    strata         (H,) labels of the strata, `places` their industry and size
    stratum        (m,) stratum number
    design_weight  (m,) inverse inclusion probability
    disposition    (m,) `Disposition` codes
    respondents    (n,) row numbers of the firms that responded, in the order of the answers
    followed_up    (m,) firms that were drawn for a follow-up of silent ones and resolved by it; None = no follow-up
    second_phase   (m,) 0, or of the firms that were silent when a follow-up sample of them was drawn: 1 in it, 2 left;
                   None = no such sample (`follow_up.py`)
    categories     frame variables with labels (m,), `numbers` numeric ones (m,), nan = not in the frame
    frame          totals of these over the frame; None = the frame gives none
    """

    strata: tuple[str, ...]
    places: Places
    stratum: Ints
    design_weight: Floats
    disposition: NDArray[np.str_]
    respondents: Ints
    followed_up: Bools | None = None
    second_phase: Ints | None = None
    categories: Mapping[str, Coded] = field(default_factory=dict)
    numbers: Mapping[str, Floats] = field(default_factory=dict)
    frame: FrameTotals | None = None

    def __post_init__(self) -> None:
        if not self.stratum.shape == self.design_weight.shape == self.disposition.shape:
            raise WrongShape(self.disposition.shape, "Strata, weights and dispositions differ in length.")
        bad = np.flatnonzero(~(np.isfinite(self.design_weight) & (self.design_weight > 0)))
        if len(bad):
            raise BadWeight(
                int(bad[0]), f"The firm in row {bad[0]} has the design weight {self.design_weight[bad[0]]}."
            )
        # Asked for, since it refuses what is no disposition.
        assert len(self.outcome) == self.sampled
        # A firm that counted twice would take the weight of two.
        if np.count_nonzero(self.responded) < len(self.respondents):
            twice = self.respondents[pd.Series(self.respondents).duplicated()]
            raise DuplicateUnit(
                int(twice[0]), f"The firm in row {twice[0]} responded twice.", "Keep one response per firm."
            )

    @property
    def sampled(self) -> int:
        """Firms in the sample."""
        return len(self.stratum)

    @cached_property
    def outcome(self) -> Outcomes:
        """(m,) the places of the dispositions among all. Raises `UnknownStatus`."""
        return outcome_numbers(self.disposition)

    @property
    def can_be_weighed(self) -> bool:
        """Whether two firms responded, and one of them can answer for those that did not: firms of a take-all stratum
        in which nobody is missing stand for themselves alone."""
        # Who is known not to be eligible is missing from nothing.
        missing = ~self.responded & (self.outcome != PLACE[Disposition.NOT_ELIGIBLE])
        apart = np.zeros(len(self.strata), bool)
        apart[self.stratum[missing | (self.design_weight > CERTAIN)]] = True
        somebody = bool(apart[self.stratum[self.respondents]].any())
        return len(self.respondents) >= LEAST_RESPONDENTS and (somebody or not missing.any())

    @property
    def responded(self) -> Bools:
        """(m,) whether each sampled firm responded."""
        flags = np.zeros(self.sampled, bool)
        flags[self.respondents] = True
        return flags
