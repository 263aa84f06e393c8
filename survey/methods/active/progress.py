"""How far collection has come: counts of cases by group, and rates of response, plain, by design and by size."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from survey.methods.errors import EmptyDomain
from survey.methods.weights.response_rates import ResponseRates, response_rates

FLAGS = ("written_to", "started", "submitted", "returned", "refused", "out_of_scope")
"""Columns that say what holds of all cases of a row; see `GroupProgress`."""
COUNTS = ("sampled", *FLAGS)
"""The counts of a `GroupProgress`, in the order in which they are told."""
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
        # More may answer than was expected, and a bar cannot be longer than its frame.
        return min(100.0, 100 * self.submitted / self.planned) if self.planned else 0.0


def progress_by(cases: pd.DataFrame, group: str | None, *, expected: float) -> list[GroupProgress]:
    """One row for each value of the column ``group`` (sorted), or one for all cases.

    A row of ``cases`` is a ``count`` of cases that stand alike: of one ``disposition``, and each of `FLAGS` holds of
    all of them or of none. ``expected`` is the share of the drawn firms that was to answer.
    """
    flags, count = cases[list(FLAGS)].to_numpy(bool), cases["count"].to_numpy(int)
    disposition = cases["disposition"].to_numpy(str)
    parts = {"": np.arange(len(cases))} if group is None else cases.groupby(group, sort=True).indices
    found = []
    for name, rows in parts.items():
        drawn, held = count[rows], dict(zip(FLAGS, (count[rows] @ flags[rows]).tolist(), strict=True))
        rates, sampled = _rates(disposition[rows], drawn), int(drawn.sum())
        rr1 = None if rates is None else rates.rr1
        found.append(GroupProgress(name=str(name), sampled=sampled, planned=expected * sampled, rr1=rr1, **held))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The six rates of AAPOR without weights, by design weight, and by design weight times employees; None without a
    case in scope, and by size where the list knows of no employee."""

    plain: ResponseRates | None
    design: ResponseRates | None
    size: ResponseRates | None


def rates_of(cases: pd.DataFrame) -> Rates:
    """``cases`` has ``disposition``, and over the ``count`` cases of a row the sums of their design weights
    (``weight``) and of these times their employees (``size``)."""
    disposition = cases["disposition"].to_numpy(str)
    plain, design, size = (_rates(disposition, cases[name].to_numpy(float)) for name in ("count", "weight", "size"))
    return Rates(plain=plain, design=design, size=size)


def _rates(disposition: NDArray[np.str_], weight: NDArray[Any]) -> ResponseRates | None:
    if weight.sum() <= 0:
        return None
    try:
        return response_rates(disposition, weight=weight)
    # All cases are out of scope: a rate of 0 would say that nobody answered who should have.
    except EmptyDomain:
        return None


def speeders(seconds: pd.Series) -> int:
    """How many took less than a third of the median time; 0 without a time."""
    return int((seconds < SPEEDER * seconds.median()).sum()) if len(seconds) else 0
