"""Cells: the observed crossing of strata, calibration patterns and domain variables, through which one pass goes.

A cell number is a mixed-radix number of (stratum, pattern, domain code + 1, ...). Sums by cell are then added up to
(domain value, stratum) by a sparse indicator. Domain variables share a crossing as long as it stays small.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from scipy import sparse

from survey.methods.arrays import Floats, Ints

# A full crossing of all variables would be mostly cells without anybody.
MOST_CELLS = 1 << 16
"""Possible cells beyond which domain variables are split into several crossings."""
MOST_COUNTED = 1 << 22
"""Possible cells up to which the observed ones are found by counting instead of sorting."""


@dataclass(frozen=True, eq=False, kw_only=True)
class DomainCells:
    """The rows of one domain variable (or of everybody) in a crossing: its cells, in the order of their domain value,
    with their stratum and calibration pattern. `rows` is its place on the domain axis of all tables."""

    rows: slice
    cells: Ints
    domain: Ints
    stratum: Ints
    pattern: Ints
    strata: int
    patterns: int

    def by_stratum(self, table: Floats) -> Floats:
        """Sums by cell of this block (`cells`, k) added up to (domain value, stratum, k)."""
        return self._added(self._to_stratum, table, self.strata)

    def by_pattern(self, table: Floats) -> Floats:
        """Sums by cell of this block (`cells`, k) added up to (domain value, pattern, k)."""
        return self._added(self._to_pattern, table, self.patterns)

    @cached_property
    def spans(self) -> list[slice]:
        """The cells of each domain value."""
        values = np.arange(self.rows.stop - self.rows.start + 1)
        return [slice(start, end) for start, end in pairwise(np.searchsorted(self.domain, values).tolist())]

    def _added(self, indicator: sparse.csr_array, table: Floats, size: int) -> Floats:
        return np.asarray(indicator @ table, float).reshape(self.rows.stop - self.rows.start, size, -1)

    @cached_property
    def _to_stratum(self) -> sparse.csr_array:
        return self._indicator(self.stratum, self.strata)

    @cached_property
    def _to_pattern(self) -> sparse.csr_array:
        return self._indicator(self.pattern, self.patterns)

    def _indicator(self, position: Ints, size: int) -> sparse.csr_array:
        m = len(self.cells)
        shape = ((self.rows.stop - self.rows.start) * size, m)
        return sparse.csr_array((np.ones(m), (self.domain * size + position, np.arange(m))), shape=shape)


@dataclass(frozen=True, eq=False, kw_only=True)
class CrossedCells:
    """Observed cells (`keys`, sorted) of strata x patterns x some domain variables; the first carries everybody.

    variables  (position on the domain axis, number of labels) of each variable crossed
    """

    strata: int
    patterns: int
    variables: tuple[tuple[int, int], ...]
    keys: Ints
    first: bool

    @cached_property
    def blocks(self) -> list[DomainCells]:
        """The blocks of rows that this crossing gives."""
        # The last variable runs fastest, so it is taken off first.
        rest, codes = self.keys, []
        for _, labels in reversed(self.variables):
            codes.append(rest % (labels + 1) - 1)
            rest = rest // (labels + 1)
        stratum, pattern = rest // self.patterns, rest % self.patterns
        everybody = [self._block(0, 1, np.zeros(len(rest), np.intp), stratum, pattern)] if self.first else []
        return everybody + [
            self._block(start, labels, code, stratum, pattern)
            for (start, labels), code in zip(self.variables, reversed(codes), strict=True)
        ]

    def by_stratum(self, table: Floats) -> Floats:
        """Sums by cell (`keys`, k) added up to (domain rows of all blocks, stratum, k)."""
        return np.asarray(self._to_stratum @ table, float).reshape(-1, self.strata, table.shape[1])

    @cached_property
    def _to_stratum(self) -> sparse.csr_array:
        first = self.blocks[0].rows.start if self.blocks else 0
        places = [(block.domain + block.rows.start - first) * self.strata + block.stratum for block in self.blocks]
        place = np.concatenate(places) if places else np.zeros(0, np.intp)
        cells = np.concatenate([block.cells for block in self.blocks]) if places else place
        rows = sum(block.rows.stop - block.rows.start for block in self.blocks)
        return sparse.csr_array((np.ones(len(place)), (place, cells)), shape=(rows * self.strata, len(self.keys)))

    def _block(self, start: int, labels: int, code: Ints, stratum: Ints, pattern: Ints) -> DomainCells:
        # Cells without a value of the variable (-1) sort first and are left off.
        cells = np.argsort(code, kind="stable")[int((code < 0).sum()) :]
        rows = slice(start, start + labels)
        return DomainCells(
            rows=rows,
            cells=cells,
            domain=code[cells],
            stratum=stratum[cells],
            pattern=pattern[cells],
            strata=self.strata,
            patterns=self.patterns,
        )

    def joined(self, other: "CrossedCells") -> "CrossedCells":
        """The crossing of two parts of the data together."""
        # A part has the cells that it met alone; sums can only be added cell by cell.
        keys = np.union1d(self.keys, other.keys)
        return CrossedCells(
            strata=self.strata, patterns=self.patterns, variables=self.variables, keys=keys, first=self.first
        )

    def placed(self, table: Floats, whole: "CrossedCells") -> Floats:
        """Sums by cell of this part at their places among the cells of the whole."""
        spread = np.zeros((len(whole.keys), *table.shape[1:]))
        spread[np.searchsorted(whole.keys, self.keys)] = table
        return spread


def crossings(
    stratum: Ints,
    strata: int,
    pattern: Ints | None,
    patterns: int,
    domains: Sequence[Ints],
    labels: Sequence[int],
    everybody: bool = True,
) -> Iterator[tuple[CrossedCells, Ints]]:
    """All domain variables in few crossings, each with the cell of every row; `everybody` stands first if wanted."""
    starts = np.cumsum([int(everybody), *labels]).tolist()
    for members in _members(strata * patterns, labels):
        number = stratum.astype(np.int64)
        if pattern is not None:
            number = number * patterns + pattern
        for variable in members:
            # In place, on the copy that astype made: there are as many numbers as firms.
            number *= labels[variable] + 1
            number += domains[variable]
            number += 1
        possible = strata * patterns * int(np.prod([labels[variable] + 1 for variable in members], dtype=np.int64))
        keys, cell = observed(number, possible)
        variables = tuple((starts[variable], labels[variable]) for variable in members)
        yield (
            CrossedCells(
                strata=strata,
                patterns=patterns,
                variables=variables,
                keys=keys,
                first=everybody and (not members or members[0] == 0),
            ),
            cell,
        )


def _members(groups: int, labels: Sequence[int]) -> Iterator[tuple[int, ...]]:
    members: tuple[int, ...] = ()
    crossed = groups
    # In their order, so that rows of the domain axis stay where the caller expects them.
    for variable, size in enumerate(labels):
        if members and crossed * (size + 1) > MOST_CELLS:
            yield members
            members, crossed = (), groups
        members, crossed = (*members, variable), crossed * (size + 1)
    yield members


def observed(number: Ints, possible: int) -> tuple[Ints, Ints]:
    """The numbers (0 to `possible` - 1) that occur, ascending, and the place of each row's among them."""
    # Counting takes time linear in the rows, sorting does not; it needs a number for every possible cell, though.
    if possible > MOST_COUNTED:
        keys, cell = np.unique(number, return_inverse=True)
        return keys, cell
    present = np.bincount(number, minlength=possible) > 0
    return np.flatnonzero(present), (np.cumsum(present) - 1)[number]
