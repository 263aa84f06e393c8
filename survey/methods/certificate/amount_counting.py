"""What an amount counts as in figures, where gaps are filled or influential values weighed down: by the rules of the
plan, by cut-offs that analysts stated, or as it is.

In a world in which firms reported other amounts the rules are run on these again: gaps are filled from them, cut-offs
found anew, and where figures differ by that such a world is none of what was told.
"""

from dataclasses import dataclass

import numpy as np

from survey.instrument.plan.weighting import Weighting
from survey.methods.arrays import Floats
from survey.methods.collected import numbers_as_planned
from survey.methods.imputation.filled import Filled
from survey.methods.outliers.decisions import cutoff_name, weighed_down
from survey.methods.outliers.winsorising import Winsorised, winsorise
from survey.methods.production import Prepared
from survey.methods.tables.vocabulary import Vocabulary
from survey.methods.weights.numbers import PreparedNumber


@dataclass(frozen=True, eq=False, kw_only=True)
class CountedWorlds:
    """What is estimated from in W worlds: `values` (W, n) of all rows of the extract, and what of them was filled in
    each world (None = nothing is filled in that column)."""

    values: Floats
    filled: tuple[Filled, ...] | None = None

    def those(self, chosen: slice) -> "CountedWorlds":
        """Some of the worlds."""
        return CountedWorlds(values=self.values[chosen], filled=self.filled and self.filled[chosen])


@dataclass(frozen=True, eq=False, kw_only=True)
class Counting:
    """How the reported amounts of one column count. `by_rule` is what the rule of the plan made of them (None = it has
    none), with the `limit` that it states (None = the best one); `filled` are its gaps as they were filled (None: none
    was), by the choices of the plan (`weighting`)."""

    prepared: Prepared
    column: str
    by_rule: Winsorised | None
    weighting: Weighting
    limit: float | None = None
    filled: Filled | None = None

    @classmethod
    def of(cls, prepared: Prepared, words: Vocabulary, column: str) -> "Counting":
        """As the plan of the survey and its analysts chose."""
        limits = {one.item: one.limit for one in words.plan.weighting.weighed_down}
        number = prepared.weighted.numbers.get(column)
        return cls(
            prepared=prepared,
            column=column,
            by_rule=None if number is None else number.winsorised,
            limit=limits.get(column),
            filled=None if number is None else number.filled,
            weighting=words.plan.weighting,
        )

    @property
    def truth(self) -> CountedWorlds:
        """What is estimated from, as one world."""
        values = self.prepared.extract.values[self.column][None, :]
        return CountedWorlds(values=values, filled=None if self.filled is None else (self.filled,))

    def of_worlds(self, reported: Floats) -> CountedWorlds:
        """What is estimated from, in worlds in which this was reported (W, n)."""
        if self.filled is not None:
            made = [self._as_planned(one) for one in reported]
            values = self._decided(np.stack([one.value for one in made]))
            return CountedWorlds(values=values, filled=tuple(one.filled for one in made if one.filled is not None))
        if self.by_rule is None:
            return CountedWorlds(values=self._decided(reported))
        design = self.prepared.weighted.weights.design
        return CountedWorlds(
            values=self._decided(np.stack([winsorise(design, one, limit=self.limit).value for one in reported]))
        )

    def _as_planned(self, reported: Floats) -> PreparedNumber:
        """The column filled and weighed down anew, by the code of production."""
        weights = self.prepared.weighted.weights
        values = {self.column: reported[: weights.respondents]}
        # Who was asked is known of the wave as it was weighed.
        extract = self.prepared.weighted.extract
        return numbers_as_planned(self.prepared.collected, weights, extract, self.weighting, values)[self.column]

    def of_levels(self, levels: Floats) -> Floats:
        """(K, n) what each level of each firm counts as where all others reported what they did."""
        if self.by_rule is None:
            return self._decided(levels)
        cutoff, weight = self.by_rule.cutoff, self.prepared.weighted.weights.design.weight
        return self._decided(weighed_down(levels, weight, np.where(np.isfinite(cutoff), cutoff, np.nan)))

    def _decided(self, values: Floats) -> Floats:
        cutoff = self.prepared.weighted.extract.values.get(cutoff_name(self.column))
        return values if cutoff is None else weighed_down(values, self.prepared.weighted.extract.weight, cutoff)
