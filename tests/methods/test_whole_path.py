"""A few rounds of the study of the whole path, with a fixed seed: frame, draw, response, weights, figures, intervals."""

import numpy as np
import pytest

from benchmarks.whole_path.by_kind import by_kind, module
from benchmarks.whole_path.fieldwork import SCENARIOS
from benchmarks.whole_path.figures import Row, rows_of_round, truths
from benchmarks.whole_path.page import page
from benchmarks.whole_path.population import FIRMS, SAMPLE, Population, made_population
from benchmarks.whole_path.tally import Tally, missed, tallies
from survey.methods.tables.table import Statistic

ROUNDS, SEED = 10, 3


@pytest.fixture(scope="module")
def population() -> Population:
    return made_population(1)


def rounds(population: Population, code: str) -> list[list[Row]]:
    return [rows_of_round(population, SCENARIOS[code], np.random.default_rng([SEED, k])) for k in range(ROUNDS)]


def found(population: Population, code: str) -> dict[tuple[str, str], Tally]:
    scenario = SCENARIOS[code]
    made = tallies(scenario, rounds(population, code), truths(population, scenario))
    return {(one.kind, one.domain): one for one in made}


def test_population_has_76_strata_and_a_sample_of_600(population: Population) -> None:
    assert (len(population.strata), len(population.stratum), population.drawn.sum()) == (76, FIRMS, SAMPLE)
    assert population.drawn.min() >= 2


def test_same_seed_gives_the_same_figures(population: Population) -> None:
    one, other = (rows_of_round(population, SCENARIOS["silent"], np.random.default_rng(1)) for _ in range(2))
    assert repr(one) == repr(other)


@pytest.mark.parametrize("code", [code for code, one in SCENARIOS.items() if not one.biased])
def test_intervals_of_all_firms_hold_the_truth_and_errors_are_those_of_the_spread(
    population: Population, code: str
) -> None:
    whole = [one for (_kind, domain), one in found(population, code).items() if not domain]
    assert np.mean([one.coverage for one in whole]) >= 0.85
    assert 0.75 < np.median([one.ratio for one in whole]) < 1.5


def test_tally_counts_intervals_that_hold_the_truth() -> None:
    rows = [[Row("mean", "", value, 1.0, value - 1, value + 1, True)] for value in (9.5, 10.5, 12.0, 10.0)]
    one = tallies(SCENARIOS["full"], rows, np.array([10.0]))[0]
    assert (one.coverage, one.cells) == (0.75, 4)
    assert one.bias == pytest.approx(0.05)
    assert one.error == pytest.approx(np.sqrt(3 * 0.25**2 + 0.75**2) / 4)
    assert one.met  # four rounds prove nothing
    assert not list(missed([one]))


def test_domains_count_where_they_are_reliable() -> None:
    rows = [
        [Row("mean", "size", 10.0, 1.0, 9.0, 11.0, k > 0), Row("mean", "size", 9, 1, 8, 9.5, k == 0)] for k in (0, 1)
    ]
    one = tallies(SCENARIOS["full"], rows, np.array([10.0, 10.0]))[0]
    assert (one.coverage, one.cells) == (0.5, 2)


def test_page_says_how_it_was_made_and_what_was_missed() -> None:
    rows = [[Row("mean", "", 1.0, 1.0, 2.0, 3.0, True)] for _ in range(400)]
    text = page(tallies(SCENARIOS["full"], rows, np.array([10.0])), 400, 7)
    assert "400 rounds per scenario, seed 7" in text
    assert "Missed: full response: mean, all firms." in text
    assert "| mean | all firms | 0.0 ± 1.1 |" in text


def test_summary_by_kind_leaves_out_what_the_answer_drives() -> None:
    rows = [[Row("mean", "", 10.0, 1.0, 9.0, 11.0 + k, True)] for k in range(4)]
    fair = tallies(SCENARIOS["full"], rows, np.array([11.5]))
    line = next(by_kind(fair + tallies(SCENARIOS["by_answer"], rows, np.array([20.0]))))
    assert (line.statistic, line.all_firms, line.lowest, line.domains) == (Statistic.MEAN, 0.75, 0.75, None)
    assert "        statistic=Statistic.MEAN,\n        all_firms=0.750," in module(fair, 4)
