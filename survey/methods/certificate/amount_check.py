"""Worlds of a column cleared anew: whether all that is told comes out of them, and how far apart the rest lies."""

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.certificate.amount_figures import Amounts, AmountsTold, WithheldAmount

AT_ONCE = 64
"""Worlds that are added up together."""


class WorldCheck:
    """What is told of a column, to clear worlds against; `apart` (figures,) is how far the withheld ones lie from one
    another in those that gave it."""

    def __init__(self, amounts: Amounts, told: AmountsTold) -> None:
        self.amounts, self.told = amounts, told
        self.dominance, self.counting = amounts.dominance(told.column), amounts.counting(told.column)
        self.low = np.full(len(told.withheld), np.inf)
        self.high = np.full(len(told.withheld), -np.inf)

    def alike(self, values: Floats) -> Bools:
        """(W,) whether worlds in which firms reported these amounts (W, n) give all that is told and lead to the same
        decisions, cleared from nothing."""
        found = np.ones(len(values), bool)
        for start in range(0, len(values), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            found[part] = self._alike(values[part])
        return found

    def narrow(self) -> list[WithheldAmount]:
        """The withheld figures that lie closer in these worlds than they are to."""
        apart = self.high - self.low
        return [one for one, width in zip(self.told.withheld, apart, strict=True) if width < one.keeps * (1 - 1e-9)]

    def _alike(self, values: Floats) -> Bools:
        fine = self.dominance.alike(values)
        if not fine.any():
            return fine
        counted = self.counting.of_worlds(values[fine])
        numbers = self.amounts.numbers(list(self.told.asked.values()), {self.told.column: counted})
        told = np.ones(int(fine.sum()), bool)
        for one in self.told.told:
            told &= one.holds(numbers[one.asked.key])
        fine[fine] = told
        for k, open_ in enumerate(self.told.withheld if told.any() else ()):
            figures = numbers[open_.asked.key].estimate[told, open_.domain]
            self.low[k], self.high[k] = min(self.low[k], figures.min()), max(self.high[k], figures.max())
        return fine
