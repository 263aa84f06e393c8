"""What the figures of many samples say together: how often intervals hold the truth, and how far off estimates are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.whole_path.fieldwork import Scenario
from benchmarks.whole_path.figures import Row
from survey.methods.arrays import Bools, Floats

ROUNDING = 1e-9
"""An interval that misses the truth by less than this part of it was missed by rounding."""

AT_95 = 0.95 * 0.05
"""Variance of one interval that holds with 95 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A kind of figure in one scenario, of all firms or of the domains graded reliable.

    coverage, error  share of the intervals that hold the truth, and its Monte Carlo error
    bias             mean of the estimates over the truth less 1; of changes their distance over their own spread
    ratio            mean standard error over the spread of the estimates
    cells, estimates  intervals that were counted, of so many estimates
    target           the lowest and highest coverage aimed at, None = none
    """

    scenario: str
    kind: str
    domain: str
    coverage: float
    error: float
    bias: float
    ratio: float
    cells: int
    estimates: int
    target: tuple[float, float] | None

    @property
    def met(self) -> bool:
        """Whether the target lies within two Monte Carlo errors of the coverage."""
        if self.target is None or not self.cells:
            return True
        low, high = self.target
        return low - 2 * self.error <= self.coverage <= high + 2 * self.error


def tallies(scenario: Scenario, rounds: Sequence[Sequence[Row]], truth: Floats) -> list[Tally]:
    """One tally per kind and domain variable, in the order of the figures."""
    names = list(dict.fromkeys((row.kind, row.domain) for row in rounds[0]))
    return [_tally(scenario, kind, domain, rounds, truth) for kind, domain in names]


def _tally(scenario: Scenario, kind: str, domain: str, rounds: Sequence[Sequence[Row]], truth: Floats) -> Tally:
    places = [k for k, row in enumerate(rounds[0]) if (row.kind, row.domain) == (kind, domain)]
    true = truth[places]
    estimate, se, low, high, reliable = (
        np.array([[getattr(one[k], name) for k in places] for one in rounds], float)
        for name in ("estimate", "se", "low", "high", "reliable")
    )
    slack = ROUNDING * np.abs(true)
    held = np.asarray((low <= true + slack) & (true - slack <= high), bool)
    counted = np.asarray((reliable > 0) | (not domain), bool)
    bias, ratio = _precision(kind, estimate, se, true, counted)
    coverage, error = _coverage(held, counted)
    return Tally(
        scenario=scenario.code,
        kind=kind,
        domain=domain,
        coverage=coverage,
        error=error,
        bias=bias,
        ratio=ratio,
        cells=int(counted.sum()),
        estimates=int((~np.isnan(estimate)).sum()),
        target=_target(scenario, domain),
    )


def _coverage(held: Bools, counted: Bools) -> tuple[float, float]:
    """Share of the counted intervals that hold, with the error of a mean of rounds: those of one round depend on one
    another. The error is not below that of independent intervals of 95 %, so that few rounds prove nothing."""
    if not counted.any():
        return np.nan, np.nan
    share = float(held[counted].mean())
    per_round = (np.where(counted, held - share, 0.0)).sum(axis=1)
    return share, float(max(np.sqrt((per_round**2).sum()), np.sqrt(AT_95 * counted.sum())) / counted.sum())


def _precision(kind: str, estimate: Floats, se: Floats, true: Floats, counted: Bools) -> tuple[float, float]:
    """Means over the figures that vary and were counted in at least half of the rounds."""
    spread = np.nanstd(estimate, axis=0)
    usual = (counted.mean(axis=0) >= 0.5) & (spread > 1e-6 * np.abs(true))
    if not usual.any():
        return np.nan, np.nan
    distance = np.nanmean(estimate, axis=0) - true
    scale = spread if kind.startswith("change") else true
    return float((distance / scale)[usual].mean()), float((np.nanmean(se, axis=0) / spread)[usual].mean())


def _target(scenario: Scenario, domain: str) -> tuple[float, float] | None:
    if scenario.biased:
        return None
    if domain or scenario.silent:  # e rests on a follow-up of a few firms: at least 90 % is what such a wave can do
        return 0.90, 1.0
    return 0.93, 0.97


def missed(found: Sequence[Tally]) -> Iterator[Tally]:
    """The tallies that miss their target by more than the Monte Carlo error explains."""
    return (one for one in found if not one.met)
