"""The array types that the statistics room passes around, and the sum by group that numpy types as counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import _sparsetools

from survey.methods.errors import OutOfRange

Floats = NDArray[np.float64]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]
Rows = slice | Bools | Ints
Number = TypeVar("Number", bound=np.generic)


def sums_by(group: Ints, values: Floats | Bools, groups: int) -> Floats:
    """(groups,) sums of `values` (n,) by the number of their group."""
    # numpy's stubs type weighted counts as integers.
    return np.asarray(np.bincount(group, values, groups), np.float64)


def followed(column: NDArray[Number], value: float, more: int) -> NDArray[Number]:
    """(n + more,) the column (n,) with a value for so many more rows; without any the same array, which is then held
    and kept once."""
    return np.append(column, np.full(more, value, column.dtype)) if more else column


ROWS_AT_ONCE = 1 << 16
"""Rows that are added up at once: their keys and columns stay in the processor's cache."""
MOST_NUMBERS = 1 << 18
"""Sums of a pass that stay in the processor's cache."""
ROWS_FOR_A_PLACE = 8
"""Rows for each place of a crossing of several columns of codes, at least."""
Name = TypeVar("Name")
Crossing = Sequence[tuple[Ints, int]]
"""Columns (n,), each with a factor: the group of a row is the sum of their products."""


def taken_together(widths: Mapping[Name, int], cells: int, rows: int, numbers: int) -> list[list[Name]]:
    """Columns of codes, by their names with the width of each, in groups that are crossed with the cells in one pass
    over the rows (`ColumnsSummed.by_codes`): most of its time goes into finding the place of a row and adding its
    numbers, however many columns tell the place.

    Sums of a column have the same digits only beside the same others: these groups are for sums that are made of all
    columns at once and kept.
    """
    # Fewer places than rows, else adding up the crossing costs more than making it, and few enough for the cache.
    most = min(MOST_NUMBERS // numbers, rows // ROWS_FOR_A_PLACE)
    groups: list[list[Name]] = []
    places = most + 1
    for name, width in widths.items():
        places *= width
        if places > most:
            groups.append([])
            places = cells * width
        groups[-1].append(name)
    return groups


@dataclass(frozen=True, eq=False)
class ColumnsSummed:
    """Numbers of rows, (n, k), that are added up by group, whatever the groups: all columns of a row together, since
    most of the time is spent on finding the place of its group."""

    table: Floats

    @classmethod
    def of(cls, columns: Sequence[Floats], rows: int) -> "ColumnsSummed":
        """Columns (n,) side by side."""
        table = np.empty((rows, len(columns)))
        # Some rows of all columns before the next ones: whole columns would go through memory once for each.
        for start in range(0, rows, ROWS_AT_ONCE):
            part = slice(start, start + ROWS_AT_ONCE)
            for k, column in enumerate(columns):
                table[part, k] = column[part]
        return cls(table)

    def by(self, group: Ints, groups: int, times: Floats | None = None) -> Floats:
        """(groups, k) sums by the number of the group of each row, each row `times` (n,) a factor of its own."""
        return self.crossed([(group, 1)], 0, groups, times)

    def crossed(self, crossing: Crossing, first: int, groups: int, times: Floats | None = None) -> Floats:
        """The same where the group of a row is `first` and what it has of a crossing."""
        # A batch must be longer than the table that it is added to, else adding costs more than counting.
        rows, batch = len(self.table), max(ROWS_AT_ONCE, 4 * groups)
        ones, starts = np.ones(min(batch, rows)), np.arange(min(batch, rows) + 1, dtype=np.int32)

        def added(part: slice) -> Floats:
            key = np.full(part.stop - part.start, first, np.int32)
            for column, factor in crossing:
                key += (column[part] if factor == 1 else column[part] * np.int32(factor)).astype(np.int32, copy=False)
            # Column after column of a sparse indicator is row after row of the table, in the order of a plain sum.
            factors = ones[: len(key)] if times is None else np.ascontiguousarray(times[part], float)
            return _indicated(factors, key, starts[: len(key) + 1], groups, self.table[part])

        # Of few rows the empty table would cost as much as the sums.
        found = added(slice(0, min(batch, rows)))
        for start in range(batch, rows, batch):
            found += added(slice(start, min(start + batch, rows)))
        return found

    def by_codes(self, columns: Sequence[tuple[Ints, int]], cell: Ints, cells: int) -> list[Floats]:
        """Of each column of codes (n,) with its width, -1 being the first of its codes, the sums (cells, width, k) by
        cell and code; in one pass, by the cells crossed with all codes."""
        crossing: list[tuple[Ints, int]] = []
        factor, first = 1, 0
        for codes, width in reversed(columns):
            crossing.insert(0, (codes, factor))
            first += factor
            factor *= width
        shape = cells, *(width for _codes, width in columns), self.table.shape[1]
        sums = self.crossed([(cell, factor), *crossing], first, cells * factor).reshape(shape)
        if len(columns) == 1:
            return [sums]
        axes = range(1, len(columns) + 1)
        return [sums.sum(axis=tuple(other for other in axes if other != own)) for own in axes]


def _indicated(
    factors: Floats, key: NDArray[np.int32], starts: NDArray[np.int32], groups: int, table: Floats
) -> Floats:
    """(groups, k) sums of the rows of a table (n, k), each times its factor (n,), by the number of its group.

    This is ``csc_array((factors, key, starts), shape=(groups, n)) @ table`` of SciPy without making that array, which
    takes longer than the sums of some thousand firms; a page asks for a thousand of them. Raises `OutOfRange` for a
    group that there is not: SciPy's loop itself would write elsewhere.
    """
    found = np.zeros((groups, table.shape[1]))
    if len(key) and (key.min() < 0 or key.max() >= groups):
        raise OutOfRange(int(key.max()), f"There are {groups} groups.")
    _sparsetools.csc_matvecs(groups, len(key), table.shape[1], starts, key, factors, table.ravel(), found.ravel())
    return found
