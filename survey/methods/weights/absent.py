"""What the certainty firms that did not respond carry of a group: nobody was drawn who could stand for them."""

from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.weights.fieldwork import Fieldwork
from survey.methods.weights.merging import CERTAIN


@dataclass(frozen=True, eq=False, kw_only=True)
class Carried:
    """By size (employees, revenue; of the firms alone where the frame has neither) what each sampled firm stands for
    (m,), and the rows of firms `missing`: taken with certainty, in scope, and without a response."""

    sizes: tuple[Floats, ...]
    missing: Ints

    @classmethod
    def of(cls, fieldwork: Fieldwork, share: Floats) -> "Carried":
        """`share` (m,) is the eligible share of every firm."""
        weight = fieldwork.design_weight * share
        missing = ~fieldwork.responded & (fieldwork.design_weight <= CERTAIN)
        numbers = [np.nan_to_num(one) for one in fieldwork.numbers.values()] or [np.ones(len(weight))]
        return cls(sizes=tuple(weight * one for one in numbers), missing=np.flatnonzero(missing))

    def absent(self, inside: Bools) -> float:
        """The part of a group (m,) that its missing firms carry, of employees or of revenue, whichever is larger; 0 of
        nobody.

        Others of their size answer for these firms, but were not drawn to, and amounts of large firms differ: a
        calibration to the totals of the whole frame mends that for all firms, not within a group.
        """
        missing = self.missing[inside[self.missing]]
        parts = [(float(one[missing].sum()), float(one[inside].sum())) for one in self.sizes]
        return max((lost / whole for lost, whole in parts if whole > 0), default=0.0)
