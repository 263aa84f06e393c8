"""What is estimated of every sample, as a results page estimates it, and what is true of the whole frame."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.whole_path.fieldwork import Scenario, Wave, two_waves
from benchmarks.whole_path.population import INDUSTRIES, SIZES, Population
from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.change.figures import changes
from survey.methods.change.wave import Overlap
from survey.methods.estimates.estimation import Estimate
from survey.methods.estimates.intervals import IntervalRule
from survey.methods.estimates.quantiles import distribution, smallest_reaching
from survey.methods.estimates.statistics import Asked, CodedStatistic, NumericStatistic, QuantileStatistic, share_of
from survey.methods.estimates.statistics import count as count_of
from survey.methods.extract import Coded, Extract
from survey.methods.tables.filtering import Filter
from survey.methods.tables.quality import grade_cell
from survey.methods.tables.table import Cell
from survey.methods.tables.table import Statistic as Kind
from survey.methods.weights.absent import Carried
from survey.methods.weights.fieldwork import Fieldwork
from survey.methods.weights.final import Weights
from survey.methods.weights.spine import weigh_as
from survey.terms import CellStatus
from tests.methods.tabulating import tabulate

BASE = ("no", "yes")


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic with the kind that it is reported and graded as."""

    kind: str
    graded: Kind
    asked: Asked


FIGURES = (
    Figure("share", Kind.SHARE, share_of("severe", ["yes"], BASE)),
    Figure("share", Kind.SHARE, share_of("exports", ["yes"], BASE)),
    Figure("mean", Kind.MEAN, NumericStatistic(item="cost", name="mean")),
    Figure("total", Kind.TOTAL, NumericStatistic(item="cost", name="total", total=True)),
    Figure("ratio", Kind.RATIO, NumericStatistic(item="cost", name="ratio", denominator="revenue")),
    Figure("median", Kind.QUANTILE, QuantileStatistic("cost")),
    Figure("firms in scope", Kind.COUNT, count_of("exists", ["yes"], BASE)),
)
CHANGES = tuple(one for one in FIGURES[:5])
DOMAINS = ("size", "industry")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of one sample: what it is of ("" = all firms), its estimate, error and limits, whether it is graded
    reliable."""

    kind: str
    domain: str
    estimate: float
    se: float
    low: float
    high: float
    reliable: bool


def rows_of_round(population: Population, scenario: Scenario, rng: np.random.Generator) -> list[Row]:
    """All figures of one sample and its second wave, in the order of `truths`."""
    waves = two_waves(population, scenario, rng)
    weights = [weigh_as(wave.fieldwork, scenario.plan) for wave in waves]
    extracts = [_extract(population, k, waves[k], weights[k]) for k in (0, 1)]
    chosen = _figures(scenario)
    estimates = tabulate(extracts[0], [one.asked for one in chosen], DOMAINS, IntervalRule(by_domain=True))
    graded = {one.asked.key: one for one in chosen}
    absent = _Absent(waves[0].fieldwork, weights[0])
    rows = [_row(graded[row.key], row, absent) for row in estimates]
    return rows + list(_changes(waves, extracts))


def _figures(scenario: Scenario) -> tuple[Figure, ...]:
    """The number of firms in scope is only a figure where some are not: else the frame says it exactly."""
    return FIGURES if scenario.dead else FIGURES[:-1]


def _extract(population: Population, wave: int, field: Wave, weights: Weights) -> Extract:
    firms = field.respondents
    items = {
        "severe": _marked(population.severe[wave, firms]),
        "exports": _marked(population.exports[wave, firms]),
        "exists": Coded(np.ones(len(firms), np.int8), BASE),
    }
    values = {"cost": population.cost[wave, firms], "revenue": population.revenue[wave, firms]}
    return weights.extract(items, values, field.fieldwork.categories)


def _marked(mark: Bools) -> Coded:
    return Coded(mark.astype(np.int8), BASE)


@dataclass(frozen=True, eq=False)
class _Absent:
    """What certainty firms carry of a domain that did not respond; of all firms the calibration makes up for them."""

    fieldwork: Fieldwork
    weights: Weights

    def of(self, row: Estimate) -> float | None:
        if not row.domain:
            return None
        column = self.fieldwork.categories[row.domain]
        inside = np.asarray(column.codes == column.labels.index(row.domain_value), bool)
        return Carried.of(self.fieldwork, self.weights.eligibility.share).absent(inside)


def _row(figure: Figure, row: Estimate, absent: _Absent) -> Row:
    amount = isinstance(figure.asked, NumericStatistic)
    cell = Cell(
        n=row.n,
        estimate=None if np.isnan(row.estimate) else row.estimate,
        cv=None if np.isnan(row.cv) else row.cv,
        ci_low=row.ci_low,
        ci_high=row.ci_high,
        df=row.df,
        n_eff=None if np.isnan(row.n_eff) else row.n_eff,
        enumerated=bool(abs(row.population - row.n) < 1e-6),
        se=row.se,
        n_chance=round(row.n_chance) if amount else None,
        absent=absent.of(row) if amount else None,
    )
    reliable = grade_cell(cell, figure.graded).status is CellStatus.SHOWN
    return Row(figure.kind, row.domain, row.estimate, row.se, row.ci_low, row.ci_high, reliable)


def _changes(waves: tuple[Wave, Wave], extracts: list[Extract]) -> Iterator[Row]:
    _, later, earlier = np.intersect1d(waves[1].respondents, waves[0].respondents, return_indices=True)
    overlap = Overlap(later, earlier)
    before, now = (Filter(extract=one, domain=()) for one in extracts)
    asked = [figure.asked for figure in CHANGES if isinstance(figure.asked, CodedStatistic | NumericStatistic)]
    found = changes(now, before, [(one, one) for one in asked], overlap)
    for figure, row in zip(CHANGES, found, strict=True):
        limits = (row.estimate, row.se, row.ci_low, row.ci_high) if row else (np.nan,) * 4
        yield Row(f"change of {figure.kind}", "", *limits, True)


def truths(population: Population, scenario: Scenario) -> Floats:
    """(F,) the true values of the rows of a round."""
    alive = ~population.dead if scenario.dead else np.ones(len(population.stratum), bool)
    masks = [alive]
    for codes, labels in ((population.size, SIZES), (population.industry, INDUSTRIES)):
        masks += [alive & (codes == k) for k in range(len(labels))]
    levels = [_truth(population, 0, one.asked, mask) for one in _figures(scenario) for mask in masks]
    changes = [_truth(population, 1, one.asked, alive) - _truth(population, 0, one.asked, alive) for one in CHANGES]
    return np.array(levels + changes)


def _truth(population: Population, wave: int, asked: Asked, inside: Bools) -> float:
    values = {"cost": population.cost[wave], "revenue": population.revenue[wave]}
    marks = {"severe": population.severe[wave], "exports": population.exports[wave], "exists": np.ones(len(inside))}
    if isinstance(asked, QuantileStatistic):
        ordered = np.sort(values[asked.item][inside])
        return smallest_reaching(*distribution(ordered, np.ones(len(ordered))), asked.p)
    one: Floats | Ints | Bools = (values | marks)[asked.item][inside]
    assert isinstance(asked, CodedStatistic | NumericStatistic)
    if isinstance(asked, NumericStatistic) and asked.denominator:
        return float(one.sum() / values[asked.denominator][inside].sum())
    return float(one.sum() if asked.total else one.mean())
