"""How far collection has come: counts of cases by group, and rates of response, plain, by design and by size."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from survey.methods.errors import EmptyDomain
from survey.methods.weights.response_rates import ResponseRates, response_rates

FLAGS = ("sampled", "written_to", "started", "submitted", "returned", "refused", "out_of_scope")
"""Columns of 0 and 1 for each case that are counted; see `GroupProgress`."""
SPEEDER = 1 / 3
"""Part of the median time below which a filling-in is called fast (Greszki, Meyer and Schoen 2015 try .3 to .5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupProgress:
    """Cases of a group: drawn, written to, begun, submitted and counting, sent back, refused, out of scope.

    ``planned`` is how many were expected to answer; ``rr1`` the least rate of AAPOR, None where all are out of scope.
    """

    name: str
    sampled: int
    written_to: int
    started: int
    submitted: int
    returned: int
    refused: int
    out_of_scope: int
    planned: float
    rr1: float | None

    @property
    def share(self) -> float:
        """Submitted of the planned, in per cent, at most 100 for a bar."""
        return min(100.0, 100 * self.submitted / self.planned) if self.planned else 0.0


def progress_by(cases: pd.DataFrame, group: str | None, *, expected: float) -> list[GroupProgress]:
    """One row for each value of the column ``group`` (sorted), or one for all cases.

    ``cases`` has `FLAGS` and ``disposition``; ``expected`` is the share of the drawn firms that was to answer.
    """
    parts = [("", cases)] if group is None else [(str(name), rows) for name, rows in cases.groupby(group, sort=True)]
    return [_progress(name, rows, expected) for name, rows in parts]


def _progress(name: str, rows: pd.DataFrame, expected: float) -> GroupProgress:
    counts: Mapping[str, int] = {flag: int(rows[flag].sum()) for flag in FLAGS}
    rates = _rates(rows, None)
    return GroupProgress(name=name, planned=expected * len(rows), rr1=None if rates is None else rates.rr1, **counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The six rates of AAPOR without weights, by design weight, and by design weight times employees; None without a
    case in scope, and by size where the list knows of no employee."""

    plain: ResponseRates | None
    design: ResponseRates | None
    size: ResponseRates | None


def rates_of(cases: pd.DataFrame) -> Rates:
    """``cases`` has ``disposition``, ``weight`` and ``employees``."""
    by_size = cases["weight"] * cases["employees"]
    return Rates(plain=_rates(cases, None), design=_rates(cases, cases["weight"]), size=_rates(cases, by_size))


def _rates(cases: pd.DataFrame, weight: pd.Series | None) -> ResponseRates | None:
    if cases.empty or (weight is not None and weight.sum() <= 0):
        return None
    try:
        return response_rates(cases["disposition"], weight=weight)
    except EmptyDomain:
        return None


def speeders(seconds: pd.Series) -> int:
    """How many took less than a third of the median time; 0 without a time."""
    return int((seconds < SPEEDER * seconds.median()).sum()) if len(seconds) else 0
