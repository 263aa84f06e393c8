"""A wave that is called after: who answers by letter, who when called, and what is estimated in the end."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from benchmarks.whole_path.fieldwork import FOLLOWED_UP, Scenario, _chance, _fieldwork
from benchmarks.whole_path.population import Population
from survey.methods.active.calling import plan_calls
from survey.methods.active.classes import CallingRule
from survey.methods.active.weighed import Contacts, calls_from
from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.estimates.statistics import NumericStatistic, share_of
from survey.methods.extract import Coded, Extract
from survey.methods.moments.index import Linear, linearised
from survey.methods.nonresponse.representativity import representativity
from survey.methods.sampling.selection import select_by_random_number
from survey.methods.weights.fieldwork import Fieldwork
from survey.methods.weights.final import Weights
from survey.methods.weights.plan import WeightingPlan
from survey.methods.weights.spine import weigh_as
from survey.terms import Disposition

BY_LETTER = 0.5
"""Part of its chance to respond with which a firm answers before anybody calls."""
BY_CALL = 0.5
"""The same of each call."""
CALLS, LIST = 200, 50
POINTS, CV = 0.05 / 1.96, 0.10 / 1.96
"""Targets of the standard error: a share within 5 points in 95 %, an amount within 10 % of itself."""
BASE = ("no", "yes")
FIGURES: tuple[Linear, ...] = (
    share_of("severe", ["yes"], BASE),
    share_of("exports", ["yes"], BASE),
    NumericStatistic(item="cost", name="total", total=True),
    NumericStatistic(item="cost", name="ratio", denominator="revenue"),
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Field:
    """A sample in the field: the firms (m,) with weight and random number, which are dead, and their chances; ``luck``
    (m, calls) decides each call, whoever makes it, and ``asked`` (m,) who is asked whether it exists."""

    firms: Ints
    weight: Floats
    number: Floats
    dead: Bools
    chance: Floats
    by_letter: Bools
    luck: Floats
    asked: Floats


@dataclass(eq=False, kw_only=True)
class Standing:
    """How far the calls are: who answered and how often each was called (m,)."""

    answered: Bools
    calls: Ints = field(default_factory=lambda: np.zeros(0, int))


Way = Callable[[Population, Scenario, Field, Standing, int, np.random.Generator], Ints]


def drawn(population: Population, scenario: Scenario, rng: np.random.Generator) -> Field:
    """A sample, with all that chance decides of it."""
    number = rng.random(len(population.stratum))
    sizes = dict(zip(population.strata, population.drawn.tolist(), strict=True))
    chosen = select_by_random_number(np.array(population.strata)[population.stratum], number, sizes)
    firms = np.flatnonzero(chosen.chosen)
    dead = population.dead[firms] & scenario.dead
    chance = np.where(dead, 0.0, _chance(population, scenario, 0, firms))
    return Field(
        firms=firms,
        weight=1 / chosen.probability[firms],
        number=number[firms],
        dead=dead,
        chance=chance,
        by_letter=rng.random(len(firms)) < BY_LETTER * chance,
        luck=rng.random((len(firms), CALLS)),
        asked=rng.random(len(firms)),
    )


def called(population: Population, scenario: Scenario, sample: Field, way: Way, rng: np.random.Generator) -> Standing:
    """The wave after all calls, list by list."""
    standing = Standing(answered=sample.by_letter.copy(), calls=np.zeros(len(sample.firms), int))
    for size in [LIST] * (CALLS // LIST):
        rows = way(population, scenario, sample, standing, size, rng)
        got = sample.luck[rows, standing.calls[rows]] < BY_CALL * sample.chance[rows]
        standing.calls[rows] += 1
        standing.answered[rows[got]] = True
    return standing


def open_firms(scenario: Scenario, sample: Field, standing: Standing) -> Bools:
    """(m,) who may be called: not those that answered, nor those known to be dead."""
    return ~standing.answered & ~(sample.dead & (not scenario.silent))


def at_random(
    population: Population, scenario: Scenario, sample: Field, standing: Standing, size: int, rng: np.random.Generator
) -> Ints:
    """Whoever chance says, those called least first."""
    rows = np.flatnonzero(open_firms(scenario, sample, standing))
    return rows[np.lexsort((rng.random(len(rows)), standing.calls[rows]))][:size]


def by_class(
    population: Population, scenario: Scenario, sample: Field, standing: Standing, size: int, rng: np.random.Generator
) -> Ints:
    """The list that the product makes."""
    fieldwork = fieldwork_of(population, scenario, sample, standing, settled=False)
    weights = weigh_as(fieldwork, WeightingPlan())
    contacts = Contacts(
        open=open_firms(scenario, sample, standing),
        calls=standing.calls,
        number=sample.number,
        minutes=np.zeros(0),
        caller=np.zeros(0, np.intp),
    )
    firms, classes, rows = calls_from(fieldwork, weights, _scores(population, sample, fieldwork, weights), contacts)
    planned = plan_calls(firms, classes, replace(CallingRule(), size=size), rng)
    return rows[[call.row for call in planned.calls]]


def fieldwork_of(
    population: Population, scenario: Scenario, sample: Field, standing: Standing, *, settled: bool
) -> Fieldwork:
    """The fieldwork as the office knows it; ``settled``: after a follow-up of silent firms, where some are dead."""
    silent = np.flatnonzero(~standing.answered)
    followed = np.zeros(len(sample.firms), bool)
    if scenario.silent and settled:
        followed[silent[np.argsort(sample.asked[silent])][: round(FOLLOWED_UP * len(silent))]] = True
    known = followed if scenario.silent else np.ones(len(followed), bool)
    unknown = Disposition.UNKNOWN_IF_ELIGIBLE if scenario.silent else Disposition.NON_CONTACT
    outcome = np.where(followed, Disposition.NON_CONTACT.value, unknown.value)
    outcome = np.where(sample.dead & known, Disposition.NOT_ELIGIBLE.value, outcome)
    outcome = np.where(standing.answered, Disposition.COMPLETE.value, outcome)
    marked = followed if scenario.silent and settled else None
    return _fieldwork(population, sample.firms, sample.weight, outcome, standing.answered, marked)


def outcome_of(population: Population, scenario: Scenario, sample: Field, standing: Standing) -> tuple[Floats, float]:
    """Estimates of the key figures (F,) and the R-indicator less its bias, when calling has ended."""
    fieldwork = fieldwork_of(population, scenario, sample, standing, settled=True)
    extract = _extract(population, sample, fieldwork, weigh_as(fieldwork, scenario.plan))
    inside = fieldwork.disposition != Disposition.NOT_ELIGIBLE.value
    columns = {name: Coded(one.codes[inside], one.labels) for name, one in fieldwork.categories.items()}
    likeness = representativity(columns, standing.answered[inside], sample.weight[inside], fieldwork.stratum[inside])
    return np.array([linearised(extract, one).estimate for one in FIGURES]), likeness.r_adjusted


def targets_of(truth: Floats) -> Floats:
    """(F,) standard errors aimed at."""
    return np.array([POINTS, POINTS, CV * truth[2], CV * truth[3]])


def _scores(population: Population, sample: Field, fieldwork: Fieldwork, weights: Weights) -> Floats:
    linear = [linearised(_extract(population, sample, fieldwork, weights), one) for one in FIGURES]
    targets = targets_of(np.array([one.estimate for one in linear]))
    return np.column_stack([one.score / target for one, target in zip(linear, targets, strict=True)])


def _extract(population: Population, sample: Field, fieldwork: Fieldwork, weights: Weights) -> Extract:
    firms = sample.firms[fieldwork.respondents]
    items = {name: Coded(getattr(population, name)[0, firms].astype(np.int8), BASE) for name in ("severe", "exports")}
    values = {name: getattr(population, name)[0, firms] for name in ("cost", "revenue")}
    return weights.extract(items, values, fieldwork.categories)
