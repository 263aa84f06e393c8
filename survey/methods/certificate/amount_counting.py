"""What an amount counts as in figures, where influential values are weighed down: by the rule of the plan, by cut-offs
that analysts stated, or as it is.

In a world in which firms reported other amounts the rule is run on these again: it finds its cut-offs anew, and where
they differ so do the figures, so that such a world is none of what was told.
"""

from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.outliers.decisions import cutoff_name, weighed_down
from survey.methods.outliers.winsorising import Winsorised, winsorise
from survey.methods.production import Prepared
from survey.methods.tables.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False, kw_only=True)
class Counting:
    """How the reported amounts of one column count. `by_rule` is what the rule of the plan made of them (None = it has
    none), with the `limit` that it states (None = the best one)."""

    prepared: Prepared
    column: str
    by_rule: Winsorised | None
    limit: float | None = None

    @classmethod
    def of(cls, prepared: Prepared, words: Vocabulary, column: str) -> "Counting":
        """As the plan of the survey and its analysts chose."""
        limits = {one.item: one.limit for one in words.plan.weighting.weighed_down}
        number = prepared.weighted.numbers.get(column)
        by_rule = None if number is None else number.winsorised
        return cls(prepared=prepared, column=column, by_rule=by_rule, limit=limits.get(column))

    def of_worlds(self, reported: Floats) -> Floats:
        """(W, n) what is estimated from, in worlds in which this was reported (W, n)."""
        if self.by_rule is None:
            return self._decided(reported)
        design = self.prepared.weighted.weights.design
        return self._decided(np.stack([winsorise(design, one, limit=self.limit).value for one in reported]))

    def of_levels(self, levels: Floats) -> Floats:
        """(K, n) what each level of each firm counts as where all others reported what they did."""
        if self.by_rule is None:
            return self._decided(levels)
        cutoff, weight = self.by_rule.cutoff, self.prepared.weighted.weights.design.weight
        return self._decided(weighed_down(levels, weight, np.where(np.isfinite(cutoff), cutoff, np.nan)))

    def _decided(self, values: Floats) -> Floats:
        cutoff = self.prepared.weighted.extract.values.get(cutoff_name(self.column))
        return values if cutoff is None else weighed_down(values, self.prepared.weighted.extract.weight, cutoff)
