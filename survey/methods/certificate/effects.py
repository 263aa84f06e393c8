"""What each firm adds to a figure: every figure of a certificate is a ratio of two sums over firms."""

from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.estimates.statistics import Asked, CodedStatistic, NumericStatistic
from survey.methods.extract import Extract


@dataclass(frozen=True, eq=False, kw_only=True)
class Effects:
    """(n,) of the rows of an extract: a figure of a domain is sum of `above` / sum of `below`, or the sum of `above`
    where `below` is None; `counts` are the firms that it rests on."""

    above: Floats
    below: Floats | None
    counts: Bools


def effects_of(extract: Extract, asked: Asked) -> Effects | None:
    """What firms add to this statistic; None for those that are no ratio of sums (quantiles, indices)."""
    if isinstance(asked, CodedStatistic):
        return _coded(extract, asked)
    return _numeric(extract, asked) if isinstance(asked, NumericStatistic) else None


def _coded(extract: Extract, asked: CodedStatistic) -> Effects:
    column = extract.item(asked.item)
    # The last place serves the code -1, no answer, which is outside every base.
    points = np.append(asked.by_label(column.labels), np.nan)[column.codes]
    counts = ~np.isnan(points) & extract.in_scope
    weight = np.where(counts, extract.weight, 0.0)
    return Effects(above=weight * np.where(counts, points, 0.0), below=None if asked.total else weight, counts=counts)


def _numeric(extract: Extract, asked: NumericStatistic) -> Effects:
    above = extract.values[asked.item]
    below = extract.values[asked.denominator] if asked.denominator else np.ones(extract.rows)
    counts = ~np.isnan(above) & ~np.isnan(below) & extract.in_scope
    lower = None if asked.total else extract.weight * np.where(counts, below, 0.0)
    return Effects(above=extract.weight * np.where(counts, above, 0.0), below=lower, counts=counts)
