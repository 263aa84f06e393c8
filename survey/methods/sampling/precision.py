"""What a sample is expected to tell before it is drawn: errors by domain, and the sizes for errors that are wanted.

The frame knows employees and revenue of every firm. Of a share it knows nothing, so that one of 50 % stands for the
worst. Answers are expected from the same part of each stratum; calibration afterwards lowers the errors of what goes
with size, so that those here are on the safe side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.methods.arrays import Floats
from survey.methods.sampling.sample_size import CvTarget, SmallestSample, StratumMoments, achieved_cv, smallest_sample

SHARE = "share"
"""The name of a share of 50 %: mean 0.5, and a variance of 1/4 N / (N - 1)."""
AMOUNTS = ("employees", "revenue")
NORMAL_95 = 1.959963984540054
"""Of the 95 % limits of a normal distribution: before the draw nobody knows of degrees of freedom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDomain:
    """Strata that a figure is about: ``group`` says by what they were put together, ``code`` which of it they are."""

    group: str
    code: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is expected of a domain: of ``population`` units ``drawn`` are asked and ``answers`` answer.

    ``half_width`` of the 95 % interval of a share of 50 %, as a share; ``cvs`` by the names of `AMOUNTS`, as shares,
    NaN where the frame has a total of 0.
    """

    domain: PlannedDomain
    population: float
    drawn: float
    answers: float
    half_width: float
    cvs: Mapping[str, float]


def frame_moments(frame: pd.DataFrame, stratum: pd.Series) -> StratumMoments:
    """N_h, means and deviations (divisor N_h - 1) of a share of 50 % and of the `AMOUNTS` of each stratum, sorted."""
    groups = frame.groupby(stratum.to_numpy(), sort=True)
    counts = groups.size()
    population = counts.to_numpy(float)
    mean = {name: groups[name].mean().to_numpy(float) for name in AMOUNTS}
    # A stratum of one unit has no spread, and drawing it leaves no error.
    deviation = {name: groups[name].std(ddof=1).fillna(0.0).to_numpy(float) for name in AMOUNTS}
    mean[SHARE] = np.full(len(population), 0.5)
    deviation[SHARE] = 0.5 * np.sqrt(population / np.maximum(population - 1, 1))
    return StratumMoments(codes=tuple(map(str, counts.index)), population=population, mean=mean, deviation=deviation)


def expected_errors(
    strata: StratumMoments, size: Floats, domains: Sequence[PlannedDomain], *, response: float = 1.0
) -> list[Expected]:
    """One row per domain, in their order; ``size`` has the units drawn of each stratum, in the order of ``strata``."""
    found = []
    for domain in domains:
        inside = np.array([code in domain.members for code in strata.codes])
        cvs = {name: _cv(strata, size, name, domain, response) for name in (SHARE, *AMOUNTS)}
        drawn = float(size[inside].sum())
        found.append(
            Expected(
                domain=domain,
                population=float(strata.population[inside].sum()),
                drawn=drawn,
                answers=drawn * response,
                # The CV is of a mean of 0.5, so that half of it is the error in the unit of the share.
                half_width=NORMAL_95 * 0.5 * cvs.pop(SHARE),
                cvs=cvs,
            )
        )
    return found


def _cv(strata: StratumMoments, size: Floats, name: str, domain: PlannedDomain, response: float) -> float:
    inside = np.array([code in domain.members for code in strata.codes])
    # A total of 0 has no relative error.
    if not (inside * strata.population * strata.mean[name]).sum():
        return float("nan")
    return achieved_cv(strata, size, CvTarget(variable=name, cv=1.0, members=domain.members), response)


def share_half_width(population: float, drawn: float, response: float = 1.0) -> float | None:
    """Half width of the 95 % interval of a share of 50 % in one stratum; None where nobody answers."""
    if drawn <= 0 or response <= 0:
        return None
    # V = N/(N-1) p(1-p) (1/n - 1/N) for p = 1/2 (Cochran 1977, section 3.2).
    spread = 0.25 * population / max(population - 1, 1)
    return float(NORMAL_95 * np.sqrt(max(0.0, spread * (1 / (response * drawn) - 1 / population))))


def half_width_target(half_width: float, domain: PlannedDomain) -> CvTarget:
    """The CV that gives a share of 50 % of the domain an interval of ``half_width`` to each side."""
    return CvTarget(
        variable=SHARE, cv=half_width / NORMAL_95 / 0.5, members=domain.members, label=f"{domain.group} {domain.code}"
    )


def cv_target(variable: str, cv: float, domain: PlannedDomain) -> CvTarget:
    """The CV that is wanted of the mean, or total, of one of the `AMOUNTS` in the domain, as a share."""
    return CvTarget(
        variable=variable, cv=cv, members=domain.members, label=f"{variable} {domain.group} {domain.code}".strip()
    )


def has_total(strata: StratumMoments, target: CvTarget) -> bool:
    """Whether the frame has any of the variable where the target is about: of nothing there is no relative error."""
    members = strata.codes if target.members is None else target.members
    inside = np.isin(strata.codes, list(members))
    return bool((strata.population * strata.mean[target.variable])[inside].sum())


def sizes_for(
    strata: StratumMoments, targets: Sequence[CvTarget], *, minimum: int, take_all: Sequence[str], response: float
) -> SmallestSample:
    """The fewest units that meet the targets, with strata ``take_all`` whole. Raises as `smallest_sample` does."""
    whole = np.isin(strata.codes, list(take_all))
    least = np.where(whole, strata.population, float(minimum))
    return smallest_sample(strata, targets, minimum=least, response=response)
