"""What limits of strata, factors and weights do to errors: the same samples weighed with and without them.

`python -m benchmarks.whole_path.limits --rounds 400`: by scenario and kind of figure, of all firms and by domain, how
often intervals hold without and with the limits, and the root mean square error with them over that without.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.whole_path.fieldwork import SCENARIOS, Scenario
from benchmarks.whole_path.figures import Row, rows_of_round, truths
from benchmarks.whole_path.population import Population, made_population
from survey.methods.arrays import Floats

FRAME_SEED, SEED, ROUNDS = 1, 20261128, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Of one kind of figure in one scenario, "" = of all firms: how often intervals hold `without` and `with_limits`,
    and the `error` with limits over that without, as a mean over its figures."""

    scenario: str
    kind: str
    domain: str
    without: float
    with_limits: float
    error: float


def compared(population: Population, scenario: Scenario, rounds: int, seed: int) -> list[Compared]:
    """Each kind of figure, by the same samples and the same luck."""
    truth = truths(population, scenario)
    pair = [
        [rows_of_round(population, one, np.random.default_rng([seed, number])) for number in range(rounds)]
        for one in (scenario, replace(scenario, limited=True))
    ]
    names = dict.fromkeys((row.kind, row.domain) for row in pair[0][0])
    return [_compared(scenario, kind, domain, pair, truth) for kind, domain in names]


def _compared(
    scenario: Scenario, kind: str, domain: str, pair: Sequence[Sequence[Sequence[Row]]], truth: Floats
) -> Compared:
    places = [k for k, row in enumerate(pair[0][0]) if (row.kind, row.domain) == (kind, domain)]
    true, held, errors = truth[places], [], []
    for rounds in pair:
        estimate, low, high = (
            np.array([[getattr(one[k], name) for k in places] for one in rounds], float)
            for name in ("estimate", "low", "high")
        )
        # Figures that calibration gives back exactly are held whatever their interval.
        slack = 1e-9 * np.abs(true)
        held.append(float(((low <= true + slack) & (true - slack <= high))[~np.isnan(estimate)].mean()))
        errors.append(np.sqrt(np.nanmean((estimate - true) ** 2, axis=0)))
    varies = errors[0] > 1e-6 * np.abs(true)
    ratio = float((errors[1] / np.where(varies, errors[0], 1.0))[varies].mean()) if varies.any() else float("nan")
    return Compared(scenario=scenario.code, kind=kind, domain=domain, without=held[0], with_limits=held[1], error=ratio)


def lines(found: Sequence[Compared]) -> Iterator[str]:
    """A row for each."""
    yield f"{'scenario':10s} {'figure':24s} {'by':10s} {'without':>8s} {'with':>8s} {'error':>7s}"
    for one in found:
        held = f"{one.without:8.3f} {one.with_limits:8.3f}"
        yield f"{one.scenario:10s} {one.kind:24s} {one.domain or 'all firms':10s} {held} {one.error:7.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Errors with and without limits of weights.")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--scenario", action="append", choices=sorted(SCENARIOS))
    given = parser.parse_args()
    population = made_population(FRAME_SEED)
    for code in given.scenario or list(SCENARIOS):
        print("\n".join(lines(compared(population, SCENARIOS[code], given.rounds, given.seed))), flush=True)


if __name__ == "__main__":
    main()
