"""What analysts decided of influential values: single answers that count less from a stated cut-off on.

A value above its cut-off K becomes y/w + (1 - 1/w) K: it stands for itself in full, for the firms that its weight adds
as K (Kokic and Bell 1994, `winsorising.py`). Weights of 1 or less are never cut.
"""

from dataclasses import replace

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.extract import Extract
from survey.methods.outliers.winsorising import Effect

CUTOFF = "#cutoff"
"""Behind the name of an item: the column of the cut-offs of its single answers; no code of an item has the sign."""


def cutoff_name(item: str) -> str:
    """Name of the column of cut-offs of an item."""
    return f"{item}{CUTOFF}"


def with_decisions(extract: Extract) -> tuple[Extract, dict[str, Effect]]:
    """The extract with decided values weighed down, and by item what this did to total and mean of all firms."""
    values, effects = dict(extract.values), {}
    for name in [name for name in values if name.endswith(CUTOFF)]:
        item = name.removesuffix(CUTOFF)
        if item in values:
            before = values[item]
            values[item] = after = weighed_down(before, extract.weight, values[name])
            effects[item] = effect_of(before, after, extract.weight)
    return (replace(extract, values=values), effects) if effects else (extract, effects)


def weighed_down(values: Floats, weight: Floats, cutoff: Floats) -> Floats:
    """(n,) the values with those above their cut-off (nan = none) counting less."""
    cut = _cut(values, weight, cutoff)
    share = np.where(cut, 1 / np.where(cut, weight, 1.0), 1.0)
    return np.where(cut, share * values + (1 - share) * np.where(cut, cutoff, 0.0), values)


def effect_of(before: Floats, after: Floats, weight: Floats) -> Effect:
    """How the total and the mean of all firms moved."""
    given = ~np.isnan(before)
    was, now = (float(weight[given] @ one[given]) for one in (before, after))
    size = float(weight[given].sum())
    moved = now - was
    return Effect(
        cut=int((before != after)[given].sum()),
        total=moved,
        mean=moved / size if size > 0 else np.nan,
        relative=moved / was if was else np.nan,
    )


def _cut(values: Floats, weight: Floats, cutoff: Floats) -> Bools:
    # nan > nan is false, which is meant: no value or no cut-off, no cut.
    with np.errstate(invalid="ignore"):
        return np.asarray((values > cutoff) & (weight > 1), bool)
