"""Whether the rules of dominance come to the same decisions in other worlds of a column, or of several.

What is withheld rests on the frame and the response, and of amounts on three things alone: in which groups few have
most of them, where two have more than a rung allows, and whether the parts that a shown whole leaves may be told
together. Where all three are as they were every companion is chosen as it was, so that the rules need not be run to
their end in each world.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.clearing.behind import Behind, Units, behind_each
from survey.methods.clearing.clearing import Clearing
from survey.methods.clearing.cube import Cube
from survey.methods.clearing.decisions import (
    Decision,
    concentration,
    decide,
    dominated,
    dominated_together,
)
from survey.methods.clearing.steps import MOST_HEAVY
from survey.methods.clearing.subjects import FIRMS_THEMSELVES, Subject
from survey.methods.extract import Extract
from survey.methods.protection.disclosure import DisclosureRule


@dataclass(frozen=True, eq=False, kw_only=True)
class Dominance:
    """What decides of the amounts of some columns, as they were reported."""

    reported: Extract
    subjects: Mapping[str, Subject]
    truth: Mapping[str, Decision]
    most: Mapping[str, float]
    cube: Cube
    units: Units
    rule: DisclosureRule
    columns: tuple[str, ...]

    @classmethod
    def of(
        cls,
        clearing: Clearing,
        reported: Extract,
        subjects: Mapping[str, Subject],
        units: Units,
        columns: Sequence[str],
    ) -> "Dominance":
        """Of all that is told of the columns."""
        own = {code: one for code, one in subjects.items() if set(columns) & set(one.amounts)}
        rule = clearing.estimates.prepared.parameters.protection
        everybody = {FIRMS_THEMSELVES: subjects[FIRMS_THEMSELVES]}
        return cls(
            reported=reported,
            subjects=own,
            # By clearing alone: which companions a rung withholds as well rests on weights.
            truth=decide(reported, {**everybody, **own}, clearing.cube, units, rule) if own else {},
            most={code: clearing.decisions[code].most for code in own},
            cube=clearing.cube,
            units=units,
            rule=rule,
            columns=tuple(columns),
        )

    def alike(self, values: Mapping[str, Floats]) -> Bools:
        """(W,) whether all is decided as in truth where firms reported these amounts, by column (W, n)."""
        worlds = len(next(iter(values.values())))
        found = np.ones(worlds, bool)
        # The truth goes along as one of them, so that it is added up in the same way.
        all_ = {name: np.concatenate([self.reported.values[name][None, :], one]) for name, one in values.items()}
        for code, subject in self.subjects.items():
            for one in self._decided(subject, self.truth[code], self.most[code], all_):
                found &= (one[1:] == one[:1]).reshape(worlds, -1).all(axis=1)
        return found

    def _decided(self, subject: Subject, truth: Decision, most: float, values: Mapping[str, Floats]) -> list[Bools]:
        amounts = [self._behind(subject, name, values) for name in subject.amounts]
        first = amounts[0]
        # Where too few answered, or two count for most of them, it is withheld whatever they have.
        counts = (first.units >= self.rule.threshold) & (truth.heaviest <= MOST_HEAVY) & (first.guarded > 0)
        few = np.logical_or.reduce([dominated(one, self.rule) for one in amounts]) & counts
        large = np.max([concentration(one) for one in amounts], axis=0) > most
        left = [
            np.logical_or.reduce([dominated_together(one, domains, self.rule) for one in amounts])
            for domains in truth.remainders
        ]
        return [few, large, *left]

    def _behind(self, subject: Subject, name: str, values: Mapping[str, Floats]) -> Behind:
        shape = next(iter(values.values())).shape
        amounts = values[name] if name in values else np.broadcast_to(self.reported.values[name], shape)
        size = np.abs(np.nan_to_num(amounts))
        return behind_each(self.cube, self.units, subject.answered, size, size * np.abs(self.reported.weight))
