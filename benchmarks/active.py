"""What choosing whom to call is worth: `python -m benchmarks.active`.

In each scenario of `benchmarks.coverage`: half of each firm's chance to respond answers a letter, then 200 calls are
made in lists of 50, each with half that chance. The same samples, chances and luck are called at random and by the
product's lists. RMSE is that of two shares, a total and a ratio of all firms against the truth, in their targets (5
points, 10 %). About 0.3 s of processor time a round and scenario.
"""

import argparse
from collections.abc import Iterator

import numpy as np

from benchmarks.whole_path.calling import FIGURES, at_random, by_class, called, drawn, outcome_of, targets_of
from benchmarks.whole_path.fieldwork import SCENARIOS, Scenario
from benchmarks.whole_path.population import Population, made_population
from survey.methods.arrays import Floats

FRAME_SEED, SEED, ROUNDS = 1, 20261129, 200
WAYS = {"at random": at_random, "by class": by_class}
RESAMPLED = 1_000
WANTED = 0.85
HEAD = (
    "| scenario | RMSE at random | RMSE by class | ratio | severe | exports | total | ratio of totals | R at random |"
    " R by class | verdict |\n|---|---|---|---|---|---|---|---|---|---|---|"
)


def truth_of(population: Population, scenario: Scenario) -> Floats:
    """(F,) what the key figures are in the population of living firms."""
    alive = ~population.dead if scenario.dead else np.ones(len(population.stratum), bool)
    cost, revenue = population.cost[0, alive].sum(), population.revenue[0, alive].sum()
    return np.array(
        [population.severe[0, alive].mean(), population.exports[0, alive].mean(), cost, cost / revenue], float
    )


def studied(population: Population, scenario: Scenario, rounds: int, seed: int) -> tuple[Floats, Floats]:
    """Squared errors in targets (ways, rounds, F) and R-indicators (ways, rounds)."""
    truth = truth_of(population, scenario)
    squares, likeness = np.empty((len(WAYS), rounds, len(FIGURES))), np.empty((len(WAYS), rounds))
    for number in range(rounds):
        sample = drawn(population, scenario, np.random.default_rng([seed, number]))
        for place, way in enumerate(WAYS.values()):
            standing = called(population, scenario, sample, way, np.random.default_rng([seed, number, 1]))
            estimates, likeness[place, number] = outcome_of(population, scenario, sample, standing)
            squares[place, number] = ((estimates - truth) / targets_of(truth)) ** 2
    return squares, likeness


def lines(scenario: Scenario, squares: Floats, likeness: Floats) -> Iterator[str]:
    """A row of the table: RMSE, their ratio with its Monte Carlo error (bootstrap of rounds), ratios by figure, R."""
    rmse = np.sqrt(squares.mean(axis=(1, 2)))
    by_figure = np.sqrt(squares[1].mean(axis=0) / squares[0].mean(axis=0))
    error, apart = _error_of_ratio(squares), likeness[1] - likeness[0]
    of_r = float(apart.std(ddof=1) / np.sqrt(len(apart)))
    ratio = float(rmse[1] / rmse[0])
    verdict = "met" if ratio <= WANTED and apart.mean() >= 0 else "**missed**"
    figures = " | ".join(f"{one:.2f}" for one in by_figure)
    yield (
        f"| {scenario.title.lower()} | {rmse[0]:.2f} | {rmse[1]:.2f} | {ratio:.3f} ± {error:.3f} | {figures} |"
        f" {likeness[0].mean():.3f} | {likeness[1].mean():.3f} ({apart.mean():+.3f} ± {of_r:.3f}) | {verdict} |"
    )


def _error_of_ratio(squares: Floats) -> float:
    """Rounds are drawn again together for both ways, which share samples and luck."""
    rng, rounds = np.random.default_rng(1), squares.shape[1]
    of_round = squares.mean(axis=2)
    drawn_again = rng.integers(rounds, size=(RESAMPLED, rounds))
    means = of_round[:, drawn_again].mean(axis=2)
    return float(np.sqrt(means[1] / means[0]).std())


def main() -> None:
    parser = argparse.ArgumentParser(description="Calling by class against calling at random.")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--scenario", action="append", choices=sorted(SCENARIOS))
    given = parser.parse_args()
    population = made_population(FRAME_SEED)
    print(HEAD)
    for code in given.scenario or list(SCENARIOS):
        squares, likeness = studied(population, SCENARIOS[code], given.rounds, given.seed)
        print("\n".join(lines(SCENARIOS[code], squares, likeness)), flush=True)


if __name__ == "__main__":
    main()
