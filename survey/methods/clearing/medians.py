"""Medians that are nobody's answer: the mean of the five firms around the place where the median lies.

A median is one firm's answer, and the ends of its interval are two more. The mean of five neighbours in the order of
size estimates the same and is none of theirs.
"""

from dataclasses import dataclass, field

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.clearing.cube import Cube, Grouping
from survey.methods.extract import Extract
from survey.methods.tables.domain import Domain
from survey.methods.tables.table import Cell

NEIGHBOURS = 5


@dataclass(frozen=True, eq=False, kw_only=True)
class Neighbours:
    """The answers of a wave to its numeric items, sorted within each domain; each item is sorted once a grouping."""

    extract: Extract
    cube: Cube
    made: dict[tuple[str, Grouping], tuple[Floats, Floats]] = field(default_factory=dict)

    def soften(self, cell: Cell, item: str, domain: Domain) -> Cell:
        """The cell of a quantile with means of neighbours in place of its estimate and of the ends of its interval."""
        answers = self._answers(item, domain)
        ends = (None if end is None else mean_around(answers, end) for end in (cell.ci_low, cell.ci_high))
        assert cell.estimate is not None
        return cell.but(
            estimate=mean_around(answers, cell.estimate), **dict(zip(("ci_low", "ci_high"), ends, strict=True))
        )

    def _answers(self, item: str, domain: Domain) -> Floats:
        """The answers of one domain in the order of their size."""
        grouping = tuple(variable for variable, _value in domain)
        if (item, grouping) not in self.made:
            values, place = self.extract.value(item), self.cube.places[grouping]
            given = np.flatnonzero((place >= 0) & ~np.isnan(values))
            order = given[np.lexsort((values[given], place[given]))]
            self.made[item, grouping] = place[order].astype(float), values[order]
        domains, answers = self.made[item, grouping]
        start, end = np.searchsorted(domains, [self.cube.number[domain], self.cube.number[domain] + 1])
        return answers[start:end]


def mean_around(answers: Floats, value: float) -> float:
    """The mean of the five of the sorted ``answers`` about the first that is not below ``value``; of fewer, of all."""
    place = int(np.searchsorted(answers, value * (1 - 1e-12) if value > 0 else value))
    # At the ends of the order still five: the mean of fewer comes close to one firm's answer.
    start = max(min(place - NEIGHBOURS // 2, len(answers) - NEIGHBOURS), 0)
    return float(answers[start : start + NEIGHBOURS].mean())
