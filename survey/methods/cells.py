"""Cells: the crossing of sampling groups with domain variables, through which one pass serves every table.

A cell number is a mixed-radix number of (group, domain code + 1, ...); sums by cell are then summed over the axes that
a table does not show. Domain variables are bundled as long as the crossing stays small.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Floats, Ints

MOST_CELLS = 1 << 16
"""Crossings beyond this many cells are split into several passes."""


@dataclass(frozen=True, eq=False)
class Bundle:
    """Domain variables crossed in one pass: positions, sizes (labels + 1 for "none"), cell of each row."""

    variables: tuple[int, ...]
    sizes: tuple[int, ...]
    cell: Ints

    def spread(self, sums: Floats, groups: int) -> Floats:
        """Sums by cell (cells * k,) as an array (group, domain, ..., k)."""
        return sums.reshape((groups, *self.sizes, -1))


def bundles(group: Ints, groups: int, domains: Sequence[Ints], sizes: Sequence[int]) -> list[Bundle]:
    """All domain variables in as few crossings as stay below `MOST_CELLS`; without domains one of groups alone."""
    return [_crossed(group, members, domains, sizes) for members in _members(groups, sizes)]


def _members(groups: int, sizes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    members: tuple[int, ...] = ()
    crossed = groups
    for variable, size in enumerate(sizes):
        if members and crossed * (size + 1) > MOST_CELLS:
            yield members
            members, crossed = (), groups
        members, crossed = (*members, variable), crossed * (size + 1)
    yield members


def _crossed(group: Ints, members: tuple[int, ...], domains: Sequence[Ints], sizes: Sequence[int]) -> Bundle:
    cell = group.astype(np.int64)
    for variable in members:
        cell *= sizes[variable] + 1
        cell += domains[variable]
        cell += 1
    return Bundle(members, tuple(sizes[variable] + 1 for variable in members), cell)


def domain_rows(spread: Floats, bundle: Bundle, first: bool) -> list[Floats]:
    """Tables (domain value, group, k) of each variable of a bundle; of the `first` also everybody (1, group, k)."""
    axes = range(1, len(bundle.sizes) + 1)
    rows = [spread.sum(axis=tuple(axes))[None]] if first else []
    for axis in axes:
        others = tuple(other for other in axes if other != axis)
        rows.append(np.moveaxis(spread.sum(axis=others), 1, 0)[1:])
    return rows
