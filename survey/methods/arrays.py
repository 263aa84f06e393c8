"""The array types that the statistics room passes around, and the sum by group that numpy types as counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

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


@dataclass(frozen=True, eq=False)
class ColumnsSummed:
    """Numbers of rows, (n, k), that are added up by group, whatever the groups: all columns of a row together, since
    most of the time is spent on finding the place of its group."""

    table: Floats

    @classmethod
    def of(cls, columns: Sequence[Floats], rows: int) -> "ColumnsSummed":
        """Columns (n,) side by side."""
        table = np.empty((rows, len(columns)))
        for k, column in enumerate(columns):
            table[:, k] = column
        return cls(table)

    def by(self, group: Ints, groups: int, times: Floats | None = None) -> Floats:
        """(groups, k) sums by the number of the group of each row, each row `times` (n,) a factor of its own."""
        # Column after column of a sparse indicator is row after row of the table, in the order of a plain sum.
        ones, starts = self._each
        factor = ones if times is None else times
        return np.asarray(sparse.csc_array((factor, group, starts), shape=(groups, len(ones))) @ self.table, float)

    @cached_property
    def _each(self) -> tuple[Floats, Ints]:
        rows = len(self.table)
        return np.ones(rows), np.arange(rows + 1, dtype=np.int32 if rows < 1 << 31 else np.int64)
