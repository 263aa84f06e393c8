"""Worlds of columns cleared anew: whether all that is told comes out of them, and how far apart the rest lies."""

from collections.abc import Mapping, Sequence

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.certificate.amount_figures import Amounts, AmountsTold, WithheldAmount

AT_ONCE = 64
"""Worlds that are added up together."""


class WorldCheck:
    """What is told of some columns, to clear worlds against; `low` and `high` (figures,) are between which withheld
    ones lie in those that gave it."""

    def __init__(self, amounts: Amounts, told: Sequence[AmountsTold]) -> None:
        self.amounts, self.told = amounts, told
        columns = [one.column for one in told]
        self.dominance, self.counting = amounts.dominance(columns), {one: amounts.counting(one) for one in columns}
        # By key: a ratio of two of the columns is told of both.
        self.asked = {asked.key: asked for one in told for asked in one.asked.values()}
        self.withheld = [(one.column, open_) for one in told for open_ in one.withheld]
        self.low = np.full(len(self.withheld), np.inf)
        self.high = np.full(len(self.withheld), -np.inf)

    def alike(self, values: Mapping[str, Floats]) -> Bools:
        """(W,) whether worlds in which firms reported these amounts, by column (W, n), give all that is told and lead
        to the same decisions, cleared from nothing."""
        found = np.ones(len(next(iter(values.values()))), bool)
        for start in range(0, len(found), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            found[part] = self._alike({column: one[part] for column, one in values.items()})
        return found

    def narrow(self, column: str) -> list[WithheldAmount]:
        """The withheld figures of a column that lie closer in these worlds than they are to."""
        apart = self.high - self.low
        return [
            one
            for (of, one), width in zip(self.withheld, apart, strict=True)
            if of == column and width < one.keeps * (1 - 1e-9)
        ]

    def _alike(self, values: Mapping[str, Floats]) -> Bools:
        fine = self.dominance.alike(values)
        if not fine.any():
            return fine
        counted = {column: self.counting[column].of_worlds(one[fine]) for column, one in values.items()}
        numbers = self.amounts.numbers(list(self.asked.values()), counted)
        told = np.ones(int(fine.sum()), bool)
        for each in self.told:
            for one in each.told:
                told &= one.holds(numbers[one.asked.key])
        fine[fine] = told
        for k, (_column, open_) in enumerate(self.withheld if told.any() else ()):
            figures = numbers[open_.asked.key].estimate[told, open_.domain]
            self.low[k], self.high[k] = min(self.low[k], figures.min()), max(self.high[k], figures.max())
        return fine
