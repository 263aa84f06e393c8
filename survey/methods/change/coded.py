"""Covariances between two waves of figures of coded items, from sums by code and not from the scores of every firm.

A firm in both waves adds part (u - off)(u' - off') to a covariance (`wave`): u = w z is its weighted score, one number
for each code of the item, and off is what its calibration pattern, numeric auxiliaries and stratum take off it.
Multiplied out, the products are sums over firms by code, pattern and stratum, which serve all figures of an item.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from survey.methods.arrays import Bools, ColumnsSummed, Floats, Ints
from survey.methods.change.from_cells import SummedScore, explained_levels, places_by_name
from survey.methods.change.in_common import Against, Respondents, TakenOff
from survey.methods.change.wave import Overlap
from survey.methods.extract import Extract
from survey.methods.moments.sums import Moments
from survey.threads import of_each


@dataclass(frozen=True, eq=False, kw_only=True)
class CodedScore(SummedScore):
    """A figure of a coded item."""

    item: str


@dataclass(frozen=True, eq=False, kw_only=True)
class CodedWave:
    """Figures of coded items of one wave, of the firms `inside` (n,), with the moments of all their items."""

    extract: Extract
    inside: Bools
    moments: Moments
    scores: Sequence[CodedScore]

    @cached_property
    def respondents(self) -> Respondents:
        """The firms of the wave."""
        return Respondents(design=self.extract.design, inside=self.inside)

    @cached_property
    def off(self) -> TakenOff:
        """What is taken off the scores."""
        level, slope = explained_levels(self.moments, self.scores)
        return TakenOff(level=level, slope=slope, means=self.respondents.explained.means(self._sums, level, slope))

    @cached_property
    def _sums(self) -> Floats:
        """(k, H) sums of weighted scores by stratum."""
        strata, rows = len(self.extract.strata), np.flatnonzero(self.inside)
        stratum = self.extract.stratum[rows].astype(np.int32)
        weight = ColumnsSummed.of([self.respondents.spread[rows]], len(rows))
        by_item = places_by_name([one.item for one in self.scores])

        def added(item: str) -> Floats:
            sums = weight.crossed([(self.codes(item, rows), strata), (stratum, 1)], strata, self.width(item) * strata)
            return self.tables(by_item[item]) @ sums.reshape(-1, strata)[1:]

        found = np.empty((len(self.scores), strata))
        for places, sums in zip(by_item.values(), of_each(added, by_item, len(rows)), strict=True):
            found[places] = sums
        return found

    def codes(self, item: str, rows: Ints) -> Ints:
        """The code of each of these rows, -1 that of no answer."""
        return self.extract.items[item].codes[rows]

    def tables(self, places: Sequence[int]) -> Floats:
        """(k, K) scores by code at these places; that of no answer is 0."""
        return np.stack([self.scores[k].table for k in places])[:, :-1]

    def answers(self, places: Sequence[int]) -> Floats:
        """(k, K) 1 for each code that is an answer to the figure, 0 for the others."""
        return np.stack([self.scores[k].counts for k in places])[:, :-1].astype(float)

    def width(self, item: str) -> int:
        """The codes of an item, with that of no answer."""
        return len(self.extract.items[item].labels) + 1


def coded_overlap(later: CodedWave, earlier: CodedWave, overlap: Overlap) -> tuple[Floats, Ints]:
    """(k,) covariances of the figures of two waves, one by one, through the firms in common; and how many firms gave
    both."""
    count = len(later.scores)
    if not len(overlap) or not count:
        return np.zeros(count), np.zeros(count, np.intp)
    both = overlap.pairs(later.respondents, earlier.respondents)
    found, firms = both.taken_off(later.off, earlier.off), np.empty(count, np.intp)
    one, two, part = both.under_filter(later.respondents, earlier.respondents)
    against_two, against_one = Against.of(one, two, part), Against.of(two, one, part)
    shared = one.inside & two.inside
    of_both = ColumnsSummed.of([part * one.spread * two.spread * shared, shared.astype(float)], len(part))
    items = zip((score.item for score in later.scores), (score.item for score in earlier.scores), strict=True)
    by_items = places_by_name(list(items))

    def added(pair: tuple[str, str]) -> tuple[Floats, Floats]:
        (item, other), places = pair, by_items[pair]
        first, second = later.codes(item, one.rows), earlier.codes(other, two.rows)
        tables, tables_before = later.tables(places), earlier.tables(places)
        rows, columns = later.width(item), earlier.width(other)
        sums = of_both.crossed([(first, columns), (second, 1)], columns + 1, rows * columns).reshape(rows, columns, 2)
        # Sums of part u u' by the codes of both items, and the firms that gave them.
        products, gave = np.moveaxis(sums[1:, 1:], -1, 0)
        against = against_two.coded(earlier.off.part(places), first, tables)
        against += against_one.coded(later.off.part(places), second, tables_before)
        return (
            ((tables @ products) * tables_before).sum(axis=1) - against,
            ((later.answers(places) @ gave) * earlier.answers(places)).sum(axis=1).round(),
        )

    for places, (covariances, gave) in zip(by_items.values(), of_each(added, by_items, len(part)), strict=True):
        found[places] += covariances
        firms[places] = gave
    return found, firms
