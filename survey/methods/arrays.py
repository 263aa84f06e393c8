"""The array types that the statistics room passes around, and the sum by group that numpy types as counts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]
Rows = slice | Bools | Ints


def sums_by(group: Ints, values: Floats | Bools, groups: int) -> Floats:
    """(groups,) sums of `values` (n,) by the number of their group."""
    # numpy's stubs type weighted counts as integers.
    return np.asarray(np.bincount(group, values, groups), np.float64)
