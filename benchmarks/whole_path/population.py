"""A made frame of 3,000 firms with what they would answer in two waves: skew, with outliers, some of them dead."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.sampling.plan import plan_strata
from survey.methods.weights.merging import Places
from survey.terms import AllocationMethod, SizeClass

FIRMS, SAMPLE = 3_000, 600
INDUSTRIES = tuple("ABCDEFGHIJKLMNOPQRS")
SIZES = (SizeClass.MICRO.value, SizeClass.SMALL.value, SizeClass.MEDIUM.value, SizeClass.LARGE.value)
SHARE_OF_SIZE = (0.50, 0.32, 0.13, 0.05)
STAFF = ((1, 9), (10, 99), (100, 299), (300, 4_000))
DEAD = (0.14, 0.08, 0.04, 0.02)
"""Share of closed firms by size."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Population:
    """N firms in H strata: what the frame knows, what they would answer in two waves, and which are dead.

    `places` and `drawn` (H,) are those of the strata; `severe`, `exports`, `cost` and `revenue` are (2, N), one row per
    wave; `employees` and `frame_revenue` (N,) stand in the frame.
    """

    strata: tuple[str, ...]
    places: Places
    drawn: Ints
    stratum: Ints
    industry: Ints
    size: Ints
    employees: Floats
    frame_revenue: Floats
    dead: Bools
    severe: Bools
    exports: Bools
    cost: Floats
    revenue: Floats


def made_population(seed: int) -> Population:
    """The frame and its allocation of 600 firms by Neyman; the same for the same seed."""
    rng = np.random.default_rng(seed)
    industry, size = _cells(rng)
    employees = _employees(rng, size)
    revenue = _revenue(rng, industry, employees)
    plan = _plan(industry, size, revenue)
    strata = tuple((plan["industry_section"] + "-" + plan["size_class"]).tolist())
    number = {label: h for h, label in enumerate(strata)}
    labels = [f"{INDUSTRIES[i]}-{SIZES[s]}" for i, s in zip(industry.tolist(), size.tolist(), strict=True)]
    severe, exports, money, cost = _answers(rng, industry, size, revenue)
    places = Places(
        np.array([INDUSTRIES.index(one) for one in plan["industry_section"]]),
        np.array([SIZES.index(one) for one in plan["size_class"]]),
    )
    return Population(
        strata=strata,
        places=places,
        drawn=plan["sample_size"].to_numpy(int),
        stratum=np.array([number[label] for label in labels], np.intp),
        industry=industry,
        size=size,
        employees=employees,
        frame_revenue=revenue,
        dead=rng.random(FIRMS) < np.array(DEAD)[size],
        severe=severe,
        exports=exports,
        cost=cost,
        revenue=money,
    )


def _cells(rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Industry and size of each firm: every stratum has three firms, some industries are larger than others."""
    popular = rng.uniform(0.6, 1.8, len(INDUSTRIES))
    every = np.repeat(np.arange(len(INDUSTRIES) * len(SIZES)), 3)
    chance = np.outer(popular, SHARE_OF_SIZE).ravel()
    more = rng.choice(len(chance), FIRMS - len(every), p=chance / chance.sum())
    cell = np.concatenate([every, more])
    return cell // len(SIZES), cell % len(SIZES)


def _employees(rng: np.random.Generator, size: Ints) -> Floats:
    """Evenly spread on a logarithmic scale within the size class, with a long tail of large firms."""
    low, high = (np.array(side, float)[size] for side in zip(*STAFF, strict=True))
    return np.asarray(np.floor(low * (high / low) ** rng.beta(1.0, 1.4, len(size))), float)


def _revenue(rng: np.random.Generator, industry: Ints, employees: Floats) -> Floats:
    """Of the frame, in thousands; one firm in a hundred is six times as productive."""
    level = rng.uniform(60, 240, len(INDUSTRIES))[industry]
    outlier = np.where(rng.random(len(employees)) < 0.01, 6.0, 1.0)
    return np.asarray(level * employees * outlier * np.exp(rng.normal(0, 0.7, len(employees))), float)


def _answers(
    rng: np.random.Generator, industry: Ints, size: Ints, frame_revenue: Floats
) -> tuple[Bools, Bools, Floats, Floats]:
    """Of two waves: two marks, revenue and cost; a firm resembles itself from one wave to the next."""
    n = len(size)
    leaning = rng.normal(0, 0.5, len(INDUSTRIES))[industry] + 0.3 * (size - 1.5) - 0.6
    export = rng.normal(0, 0.5, len(INDUSTRIES))[industry] + 0.5 * (size - 1.5) - 1.9
    marks = [_two_waves(rng, logit, shift) for logit, shift in ((leaning, 0.3), (export, 0.1))]
    part = 0.04 * np.exp(rng.normal(0, 0.4, len(INDUSTRIES)))[industry] * np.exp(rng.normal(0, 0.5, n))
    revenue = frame_revenue * np.exp(rng.normal(0.03, 0.2, (2, n)))
    cost = revenue * part * np.exp(rng.normal(0, 0.25, (2, n))) * np.array([[1.0], [1.1]])
    return marks[0], marks[1], revenue, cost


def _two_waves(rng: np.random.Generator, logit: Floats, shift: float) -> Bools:
    """(2, N) marks with these log odds; 70 % of the firms keep what drove their mark."""
    first, again = rng.random(len(logit)), rng.random(len(logit))
    second = np.where(rng.random(len(logit)) < 0.7, first, again)
    odds = np.stack([logit, logit + shift])
    return np.asarray(np.stack([first, second]) < 1 / (1 + np.exp(-odds)), bool)


def _plan(industry: Ints, size: Ints, revenue: Floats) -> pd.DataFrame:
    """The strata with their sample sizes, as the product plans a sample; large firms are all taken."""
    frame = pd.DataFrame(
        {
            "industry_section": np.array(INDUSTRIES)[industry],
            "size_class": np.array(SIZES)[size],
            "revenue": revenue,
        }
    )
    return plan_strata(frame, size=SAMPLE, method=AllocationMethod.NEYMAN, minimum=2)
