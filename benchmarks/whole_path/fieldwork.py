"""A wave in the field: which firms are drawn, which respond, and how the others end, in six scenarios."""

from dataclasses import dataclass, replace

import numpy as np

from benchmarks.whole_path.population import INDUSTRIES, SIZES, Population
from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.extract import Coded
from survey.methods.sampling.selection import select_by_random_number
from survey.methods.weights.eligibility import EligibilityChoice
from survey.methods.weights.fieldwork import Fieldwork, FrameTotals
from survey.methods.weights.plan import WeightingPlan
from survey.terms import Disposition
from survey.weighting_terms import EligibilityRule

ROTATED = 0.25
"""Part of the sample that the second wave replaces."""
FOLLOWED_UP = 0.10
"""Part of the silent firms of which a follow-up finds out whether they still exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """How the firms of a wave end.

    rates      chance to respond by size class, from micro to large
    by_answer  factors of the chance to respond of firms without and with the severe mark
    dead       whether the frame holds dead firms, and whether they are `silent` or known to be closed
    limited    whether strata, factors and weights have limits, those of the plan of the demonstration
    biased     whether the answer itself drives response, so that no interval need cover
    """

    code: str
    title: str
    rates: tuple[float, float, float, float]
    by_answer: tuple[float, float] = (1.0, 1.0)
    dead: bool = False
    silent: bool = False
    limited: bool = False

    @property
    def biased(self) -> bool:
        return self.by_answer[0] != self.by_answer[1]

    @property
    def plan(self) -> WeightingPlan:
        """The weights as the product makes them by default; silent dead firms need a follow-up."""
        rule = EligibilityRule.FOLLOW_UP if self.silent else EligibilityRule.KNOWN_CASES
        plan = WeightingPlan(eligibility=EligibilityChoice(rule=rule))
        if not self.limited:
            return plan
        return replace(plan, least_respondents=10, largest_factor=2.0, largest_weight=6.0)


SCENARIOS = {
    one.code: one
    for one in (
        Scenario(code="full", title="Full response", rates=(1.0, 1.0, 1.0, 1.0)),
        Scenario(code="by_size", title="Response by size", rates=(0.50, 0.60, 0.75, 0.95)),
        Scenario(code="by_answer", title="Response by answer", rates=(0.80, 0.80, 0.80, 0.80), by_answer=(0.75, 1.0)),
        Scenario(code="take_all", title="Take-all nonresponse", rates=(0.90, 0.90, 0.90, 0.60)),
        Scenario(code="marked", title="Dead firms marked", rates=(0.70, 0.70, 0.75, 0.85), dead=True),
        Scenario(code="silent", title="Dead firms silent", rates=(0.70, 0.70, 0.75, 0.85), dead=True, silent=True),
    )
}


@dataclass(frozen=True, eq=False)
class Wave:
    """The fieldwork of a wave, and the firms (rows of the population) that were drawn."""

    fieldwork: Fieldwork
    firms: Ints

    @property
    def respondents(self) -> Ints:
        """(n,) the firms that responded."""
        return self.firms[self.fieldwork.respondents]


def two_waves(population: Population, scenario: Scenario, rng: np.random.Generator) -> tuple[Wave, Wave]:
    """Both waves along the same permanent random numbers, the second one a quarter of its sample further on."""
    numbers = rng.random(len(population.stratum))
    waves = [_wave(population, scenario, k, numbers, rng) for k in (0, 1)]
    return waves[0], waves[1]


def _wave(population: Population, scenario: Scenario, wave: int, numbers: Floats, rng: np.random.Generator) -> Wave:
    labels = np.array(population.strata)
    counts = np.bincount(population.stratum, minlength=len(labels))
    sizes = dict(zip(population.strata, population.drawn.tolist(), strict=True))
    rotated = wave * ROTATED * population.drawn / counts
    start = dict(zip(population.strata, rotated.tolist(), strict=True))
    chosen = select_by_random_number(labels[population.stratum], numbers, sizes, start=start)
    firms = np.flatnonzero(chosen.chosen)
    dead = population.dead[firms] & scenario.dead
    responded = rng.random(len(firms)) < _chance(population, scenario, wave, firms)
    responded &= ~dead
    outcome, followed_up = _outcomes(scenario, responded, dead, rng)
    return Wave(_fieldwork(population, firms, 1 / chosen.probability[firms], outcome, responded, followed_up), firms)


def _chance(population: Population, scenario: Scenario, wave: int, firms: Ints) -> Floats:
    by_answer = np.array(scenario.by_answer)[population.severe[wave, firms].astype(int)]
    return np.asarray(np.array(scenario.rates)[population.size[firms]] * by_answer, float)


def _outcomes(
    scenario: Scenario, responded: Bools, dead: Bools, rng: np.random.Generator
) -> tuple[np.ndarray, Bools | None]:
    known = np.where(dead, Disposition.NOT_ELIGIBLE.value, Disposition.REFUSAL.value)
    outcome = np.where(responded, Disposition.COMPLETE.value, known)
    if not scenario.silent:
        return outcome, None
    silent = np.flatnonzero(~responded)
    followed_up = np.zeros(len(outcome), bool)
    followed_up[rng.choice(silent, round(FOLLOWED_UP * len(silent)), replace=False)] = True
    unknown = ~responded & ~followed_up
    return np.where(unknown, Disposition.UNKNOWN_IF_ELIGIBLE.value, outcome), followed_up


def _fieldwork(
    population: Population,
    firms: Ints,
    weight: Floats,
    outcome: np.ndarray,
    responded: Bools,
    followed_up: Bools | None,
) -> Fieldwork:
    columns = {"industry": (population.industry, INDUSTRIES), "size": (population.size, SIZES)}
    counts = {
        name: dict(zip(labels, np.bincount(codes, minlength=len(labels)).tolist(), strict=True))
        for name, (codes, labels) in columns.items()
    }
    numbers = {"employees": population.employees, "revenue": population.frame_revenue}
    return Fieldwork(
        strata=population.strata,
        places=population.places,
        stratum=population.stratum[firms],
        design_weight=weight,
        disposition=outcome,
        respondents=np.flatnonzero(responded),
        followed_up=followed_up,
        categories={name: Coded(codes[firms], labels) for name, (codes, labels) in columns.items()},
        numbers={name: values[firms] for name, values in numbers.items()},
        frame=FrameTotals(counts=counts, totals={name: float(one.sum()) for name, one in numbers.items()}),
    )
