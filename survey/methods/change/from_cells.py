"""Covariances between two waves of figures that follow from sums, by the cells of their firms in common (`wave`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.change.in_common import Explained, Respondents, TakenOff
from survey.methods.change.shared_cells import SharedCells, SharedSums
from survey.methods.comparison.fits import explained_of
from survey.methods.moments.finest import Finest, indicator
from survey.methods.moments.sums import Moments, Source

Name = TypeVar("Name")


@dataclass(frozen=True, eq=False, kw_only=True)
class SummedScore:
    """A figure of an item or of a pair: its score by code, or by the basis of the pair, the last entry (0) that of no
    answer; which of the codes, or whether the pair, `counts` as an answer to it; its row on the domain axis of the
    moments."""

    item: Source
    table: Floats
    counts: Bools
    row: int


@dataclass(frozen=True, eq=False, kw_only=True)
class SummedWave:
    """Figures of one wave under a filter, with the moments of all that they are of, the wave in its finest cells, and
    which firms (n,) are `inside`."""

    respondents: Respondents
    moments: Moments
    finest: Finest
    scores: Sequence[SummedScore]

    def off(self, explained: Explained) -> TakenOff:
        """What is taken off the scores."""
        level, slope = explained_levels(self.moments, self.scores)
        return TakenOff(level=level, slope=slope, means=explained.means(self._sums, level, slope))

    @cached_property
    def _sums(self) -> Floats:
        """(k, H) sums of weighted scores by stratum."""
        inside = np.flatnonzero(self.respondents.inside[self.finest.first])
        stratum = self.respondents.design.stratum[self.finest.first[inside]]
        to_stratum = indicator(stratum, len(self.respondents.design.strata))
        by_source = {
            source: to_stratum @ self.finest.spread(source)[inside]
            for source in dict.fromkeys(one.item for one in self.scores)
        }
        return np.stack([by_source[one.item] @ one.table[:-1] for one in self.scores])

    def tables(self, places: Sequence[int]) -> Floats:
        """(k, K) scores by code at these places; that of no answer is 0."""
        return np.stack([self.scores[k].table for k in places])[:, :-1]

    def answers(self, places: Sequence[int]) -> Floats:
        """(k, A) 1 for each code that is an answer to the figure, 0 for the others."""
        return np.stack([self.scores[k].counts for k in places])[:, :-1].astype(float)


def overlap_from_cells(later: SummedWave, earlier: SummedWave, cells: SharedCells) -> tuple[Floats, Ints]:
    """(k,) covariances of the figures of two waves, one by one, through the firms in common; and how many firms gave
    both."""
    off, other = (wave.off(explained) for wave, explained in zip((later, earlier), cells.explained, strict=True))
    found = np.einsum("kf,kf->k", off.coefficients @ cells.products, other.coefficients)
    firms = np.empty(len(found), np.intp)
    here, there = later.respondents.inside[cells.later], earlier.respondents.inside[cells.earlier]
    both = np.flatnonzero(here & there)
    against_two = _Cells.of(earlier.respondents, cells.earlier, np.flatnonzero(here), cells.part)
    against_one = _Cells.of(later.respondents, cells.later, np.flatnonzero(there), cells.part)
    pairs = zip((one.item for one in later.scores), (one.item for one in earlier.scores), strict=True)
    for pair, places in places_by_name(list(pairs)).items():
        sums, tables, tables_before = cells.sums[pair], later.tables(places), earlier.tables(places)
        products = np.tensordot(cells.part[both], sums.products[both], 1)
        found[places] += ((tables @ products) * tables_before).sum(axis=1)
        found[places] -= against_two.taken(other.part(places), sums.later, tables)
        found[places] -= against_one.taken(off.part(places), sums.earlier, tables_before)
        firms[places] = _gave(sums, both, later.answers(places), earlier.answers(places))
    return np.asarray(found, float), firms


def _gave(sums: SharedSums, cells: Ints, now: Floats, before: Floats) -> Ints:
    return np.asarray(((now @ sums.gave[cells].sum(axis=0)) * before).sum(axis=1).round(), np.intp)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Cells:
    """The cells under the filter of one wave with the pattern and stratum that they have in the other, and the part of
    a product that counts there."""

    cells: Ints
    part: Floats
    pattern: Ints
    stratum: Ints

    @classmethod
    def of(cls, wave: Respondents, rows: Ints, cells: Ints, part: Floats) -> "_Cells":
        firms = rows[cells]
        return cls(
            cells=cells, part=part[cells], pattern=wave.pattern[firms], stratum=wave.design.stratum[firms]
        )  # fmt: skip

    def taken(self, off: TakenOff, sums: Floats, tables: Floats) -> Floats:
        """(k,) sums of part u off' of figures with these scores (k, K), from sums by cell (M, K, 2 + J)."""
        few = np.moveaxis(sums[self.cells] * self.part[:, None, None], 1, 0)
        return np.asarray((tables * off.times(few, self.pattern, self.stratum).T).sum(axis=1), float)


def explained_levels(moments: Moments, scores: Sequence["SummedScore"]) -> tuple[Floats, Floats]:
    """What calibration takes off k scores: by pattern (k, C), and of each numeric auxiliary (k, J)."""
    found = explained_of(moments, scores)
    if found is None:
        return np.zeros((len(scores), 1)), np.zeros((len(scores), 0))
    level, slope = (np.ascontiguousarray(each.T) for each in found)
    return level, slope


def places_by_name(names: Sequence[Name]) -> dict[Name, list[int]]:
    """The places of each name."""
    found: dict[Name, list[int]] = {}
    for place, name in enumerate(names):
        found.setdefault(name, []).append(place)
    return found
