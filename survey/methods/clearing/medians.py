"""Medians that are nobody's answer: the mean of the five firms around the place where the median lies.

A median is one firm's answer, and the ends of its interval are two more. The mean of five neighbours in the order of
size estimates the same and is none of theirs. Local units of a firm, and firms of an enterprise group, are one of five.
"""

from dataclasses import dataclass, field

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.clearing.cube import Cube, Grouping
from survey.methods.extract import Extract
from survey.methods.tables.domain import Domain
from survey.methods.tables.table import Cell

NEIGHBOURS = 5


@dataclass(frozen=True, eq=False, kw_only=True)
class Neighbours:
    """The answers of a wave to its numeric items, sorted within each domain; each item is sorted once a grouping.
    ``unit`` (n,) numbers the rows of the extract, alike where they count as one; None where each is one."""

    extract: Extract
    cube: Cube
    unit: Ints | None = None
    made: dict[tuple[str, Grouping], tuple[Floats, Floats, Ints]] = field(default_factory=dict)

    def soften(self, cell: Cell, item: str, domain: Domain) -> Cell:
        """The cell of a quantile with means of neighbours in place of its estimate and of the ends of its interval."""
        answers, unit = self.answers(item, domain)
        ends = (None if end is None else mean_around(answers, end, unit) for end in (cell.ci_low, cell.ci_high))
        assert cell.estimate is not None
        return cell.but(
            estimate=mean_around(answers, cell.estimate, unit), **dict(zip(("ci_low", "ci_high"), ends, strict=True))
        )

    def answers(self, item: str, domain: Domain) -> tuple[Floats, Ints]:
        """The answers of one domain in the order of their size, and whose they are."""
        grouping = tuple(variable for variable, _value in domain)
        if (item, grouping) not in self.made:
            values, place = self.extract.value(item), self.cube.places[grouping]
            given = np.flatnonzero((place >= 0) & ~np.isnan(values))
            order = given[np.lexsort((values[given], place[given]))]
            whose = order if self.unit is None else self.unit[order]
            self.made[item, grouping] = place[order].astype(float), values[order], whose
        domains, answers, unit = self.made[item, grouping]
        start, end = np.searchsorted(domains, [self.cube.number[domain], self.cube.number[domain] + 1])
        return answers[start:end], unit[start:end]


def mean_around(answers: Floats, value: float, unit: Ints | None = None) -> float:
    """The mean of the five of the sorted ``answers`` about the first that is not below ``value``; of fewer, of all.

    Where rows of one ``unit`` count as one, of so many rows as it takes for five units, each with the mean of its own.
    """
    place = int(np.searchsorted(answers, value * (1 - 1e-12) if value > 0 else value))
    whose = np.arange(len(answers)) if unit is None else unit
    near = _around(place, NEIGHBOURS, len(answers))
    for rows in range(NEIGHBOURS + 1, len(answers) + 1):
        if len(np.unique(whose[near])) >= NEIGHBOURS:
            break
        near = _around(place, rows, len(answers))
    of = np.unique(whose[near], return_inverse=True)[1]
    return float((np.bincount(of, weights=answers[near]) / np.bincount(of)).mean())


def _around(place: int, rows: int, of: int) -> slice:
    # At the ends of the order still so many: the mean of fewer comes close to one firm's answer.
    start = max(min(place - rows // 2, of - rows), 0)
    return slice(start, start + rows)
