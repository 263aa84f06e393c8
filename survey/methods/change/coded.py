"""Covariances between two waves of figures of coded items, from sums by code and not from the scores of every firm.

A firm in both waves adds part (u - off)(u' - off') to a covariance (`wave`): u = w z is its weighted score, one number
for each code of the item, and off is what its calibration pattern, numeric auxiliaries and stratum take off it.
Multiplied out, the products are sums over firms by code, pattern and stratum, which serve all figures of an item.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from scipy import sparse

from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.change.wave import Overlap
from survey.methods.comparison.fits import explained_of
from survey.methods.estimates.design import Design
from survey.methods.extract import Extract
from survey.methods.moments.sums import Moments

Name = TypeVar("Name")


@dataclass(frozen=True, eq=False, kw_only=True)
class CodedScore:
    """A figure of an item: its score by code, the last entry (0) that of no answer, which codes `counts` as an answer
    to it, and its row on the domain axis of the moments."""

    item: str
    table: Floats
    counts: Bools
    row: int


@dataclass(frozen=True, eq=False, kw_only=True)
class CodedWave:
    """Figures of coded items of one wave, of the firms `inside` (n,), with the moments of all their items."""

    extract: Extract
    inside: Bools
    moments: Moments
    scores: Sequence[CodedScore]

    @property
    def design(self) -> Design:
        return self.extract.design

    @cached_property
    def spread(self) -> Floats:
        """(n,) the weights of scores; residuals count more as they do in the variance."""
        calibration = self.design.calibration
        return self.design.weight if calibration is None else calibration.spread_weight

    @cached_property
    def pattern(self) -> Ints:
        """(n,) calibration patterns; one where weights are not calibrated."""
        calibration = self.design.calibration
        return np.zeros(self.extract.rows, np.intp) if calibration is None else calibration.auxiliaries.pattern

    @cached_property
    def numeric(self) -> Floats:
        """(n, J) numeric auxiliaries."""
        calibration = self.design.calibration
        return np.zeros((self.extract.rows, 0)) if calibration is None else calibration.auxiliaries.numeric

    @cached_property
    def explained(self) -> tuple[Floats, Floats]:
        """What auxiliaries explain of the scores: (k, C) by pattern, (k, J) for each numeric one."""
        found = explained_of(self.moments, self.scores)
        if found is None:
            return np.zeros((len(self.scores), 1)), np.zeros((len(self.scores), 0))
        return np.ascontiguousarray(found[0].T), np.ascontiguousarray(found[1].T)

    @cached_property
    def means(self) -> Floats:
        """(k, H) means of weighted residuals by stratum."""
        (level, slope), strata, patterns = self.explained, len(self.design.strata), self.explained[0].shape[1]
        place = self.design.stratum.astype(np.int64) * patterns + self.pattern
        by_pattern = sums_by(place, self.spread, strata * patterns).reshape(strata, patterns)
        numeric = [sums_by(self.design.stratum, self.spread * one, strata) for one in self.numeric.T]
        sums = self._sums - level @ by_pattern.T - slope @ np.array(numeric).reshape(len(numeric), strata)
        return np.asarray(sums / np.maximum(self.design.units, 1), float)

    @cached_property
    def _sums(self) -> Floats:
        """(k, H) sums of weighted scores by stratum."""
        strata, rows = len(self.design.strata), np.flatnonzero(self.inside)
        stratum, weight = self.design.stratum[rows], self.spread[rows]
        found = np.empty((len(self.scores), strata))
        for item, places in by_item(self.scores).items():
            sums = _sums_by_code(self.codes(item, rows), stratum, weight, (self.width(item), strata))
            found[places] = np.stack([self.scores[k].table for k in places]) @ sums
        return found

    def codes(self, item: str, rows: Ints) -> Ints:
        """The code of each of these rows, that of no answer the last."""
        codes = self.extract.items[item].codes[rows].astype(np.intp)
        codes[codes < 0] = self.width(item) - 1
        return codes

    def width(self, item: str) -> int:
        """The codes of an item, with that of no answer."""
        return len(self.extract.items[item].labels) + 1


@dataclass(frozen=True, eq=False, kw_only=True)
class _Common:
    """The firms in common as one wave knows them: their rows (m,), and which are under the filter there."""

    wave: CodedWave
    rows: Ints
    inside: Bools
    spread: Floats
    pattern: Ints
    stratum: Ints
    numeric: Floats

    @property
    def taken_off(self) -> sparse.csr_array:
        """(m, C + J + H) what a firm has of all that is taken off its score."""
        count, patterns = len(self.rows), self.wave.explained[0].shape[1]
        strata, firms = len(self.wave.design.strata), np.arange(len(self.rows))
        parts = [
            sparse.csr_array((self.spread, (firms, self.pattern)), shape=(count, patterns)),
            sparse.csr_array(self.numeric * self.spread[:, None]),
            sparse.csr_array((np.ones(count), (firms, self.stratum)), shape=(count, strata)),
        ]
        return sparse.csr_array(sparse.hstack(parts))

    @cached_property
    def coefficients(self) -> Floats:
        """(k, C + J + H) how much of each is taken off the scores."""
        return np.hstack([*self.wave.explained, self.wave.means])


def coded_overlap(later: CodedWave, earlier: CodedWave, overlap: Overlap) -> tuple[Floats, Ints]:
    """(k,) covariances of the figures of two waves, one by one, through the firms in common; and how many firms gave
    both."""
    count = len(later.scores)
    if not len(overlap) or not count:
        return np.zeros(count), np.zeros(count, np.intp)
    pairs = overlap.pairs(later.design, earlier.design)
    part = pairs.part[pairs.cell]
    one, two = _common(later, overlap.later), _common(earlier, overlap.earlier)
    both = one.taken_off.T @ sparse.csr_array(two.taken_off * part[:, None])
    found = np.einsum("kf,kf->k", one.coefficients @ both, two.coefficients)
    found -= _against_taken_off(one, two, part) + _against_taken_off(two, one, part)
    products, firms = _of_scores(one, two, part)
    return found + products, firms


def _common(wave: CodedWave, rows: Ints) -> _Common:
    return _Common(
        wave=wave,
        rows=rows,
        inside=wave.inside[rows],
        spread=wave.spread[rows],
        pattern=wave.pattern[rows],
        stratum=wave.design.stratum[rows],
        numeric=wave.numeric[rows],
    )


def _of_scores(one: _Common, two: _Common, part: Floats) -> tuple[Floats, Ints]:
    """(k,) sums of part u u', and the firms that gave both figures; by pairs of codes of both items."""
    some = np.flatnonzero(one.inside & two.inside)
    weight = (part * one.spread * two.spread)[some]
    sums, firms = np.empty(len(one.wave.scores)), np.empty(len(one.wave.scores), np.intp)
    items = zip((score.item for score in one.wave.scores), (score.item for score in two.wave.scores), strict=True)
    for (item, other), places in _grouped(list(items)).items():
        shape = one.wave.width(item), two.wave.width(other)
        place = one.wave.codes(item, one.rows[some]) * shape[1] + two.wave.codes(other, two.rows[some])
        weighted, counted = (np.bincount(place, each, shape[0] * shape[1]).reshape(shape) for each in (weight, None))
        for k in places:
            first, second = one.wave.scores[k], two.wave.scores[k]
            sums[k] = first.table @ weighted @ second.table
            firms[k] = counted[np.ix_(first.counts, second.counts)].sum()
    return sums, firms


def _against_taken_off(one: _Common, two: _Common, part: Floats) -> Floats:
    """(k,) sums of part u off', u the weighted scores of the one wave and off' what is taken off in the other."""
    some = np.flatnonzero(one.inside)
    rows, pattern, stratum = one.rows[some], two.pattern[some], two.stratum[some]
    plain = (part * one.spread)[some]
    weight = plain * two.spread[some]
    numeric = (two.numeric[some] * weight[:, None]).T
    (level, slope), means = two.wave.explained, two.wave.means
    found = np.empty(len(one.wave.scores))
    for item, places in by_item(one.wave.scores).items():
        codes, width = one.wave.codes(item, rows), one.wave.width(item)
        # (K, C), (K, H) and (K, J): what the firms of a code have of each.
        by_pattern = _sums_by_code(codes, pattern, weight, (width, level.shape[1]))
        by_stratum = _sums_by_code(codes, stratum, plain, (width, means.shape[1]))
        by_number = np.array([np.bincount(codes, each, width) for each in numeric]).reshape(-1, width).T
        tables = np.stack([one.wave.scores[k].table for k in places])
        off = by_pattern @ level[places].T + by_stratum @ means[places].T + by_number @ slope[places].T
        found[places] = np.einsum("kc,ck->k", tables, off)
    return found


def _sums_by_code(codes: Ints, group: Ints, weight: Floats, shape: tuple[int, int]) -> Floats:
    """(K, G) sums of weights by code and group."""
    return np.asarray(np.bincount(codes * shape[1] + group, weight, shape[0] * shape[1]), float).reshape(shape)


def by_item(scores: Sequence[CodedScore]) -> dict[str, list[int]]:
    """The places of the scores of each item."""
    return _grouped([one.item for one in scores])


def _grouped(names: Sequence[Name]) -> dict[Name, list[int]]:
    found: dict[Name, list[int]] = {}
    for place, name in enumerate(names):
        found.setdefault(name, []).append(place)
    return found
