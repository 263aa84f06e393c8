"""Labels that every unit must have: its stratum, its class."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from survey.methods.errors import MissingValue


def text_labels(values: ArrayLike, what: str) -> NDArray[np.str_]:
    """One label per unit as text; raises `MissingValue` for a unit without a `what`."""
    labels = values if isinstance(values, np.ndarray) else np.asarray(values, object)
    missing = np.flatnonzero(pd.isna(labels))
    if len(missing):
        raise MissingValue(int(missing[0]), f"Row {missing[0]} has no {what}.")
    return np.asarray(labels.astype(str))
