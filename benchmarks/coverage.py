"""How often intervals hold the truth on the whole path: `python -m benchmarks.coverage`.

One process, about 0.05 s a round and scenario; the same seed gives the same figures. `--write` makes
docs/coverage.md; `--scenario` names some of: full, by_size, by_answer, take_all, marked, silent.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks.whole_path.by_kind import module
from benchmarks.whole_path.fieldwork import SCENARIOS
from benchmarks.whole_path.figures import rows_of_round, truths
from benchmarks.whole_path.page import lines, page
from benchmarks.whole_path.population import made_population
from benchmarks.whole_path.tally import Tally, missed, tallies

FRAME_SEED, SEED, ROUNDS = 1, 20261128, 400
ROOT = Path(__file__).parents[1]
PAGE, CONSTANT = ROOT / "docs/coverage.md", ROOT / "survey/methods/tables/coverage_by_kind.py"


def studied(codes: Sequence[str], rounds: int, seed: int) -> list[Tally]:
    """The tallies of these scenarios; a round has a generator of its own, so the first n rounds are always the same."""
    population = made_population(FRAME_SEED)
    found: list[Tally] = []
    for code in codes:
        scenario, start = SCENARIOS[code], time.process_time()
        generators = (np.random.default_rng([seed, number]) for number in range(rounds))
        rows = [rows_of_round(population, scenario, generator) for generator in generators]
        found += tallies(scenario, rows, truths(population, scenario))
        print(f"{code}: {time.process_time() - start:.0f} s of processor time", file=sys.stderr, flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Coverage of intervals on the whole path.")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--scenario", action="append", choices=sorted(SCENARIOS))
    parser.add_argument("--write", action="store_true", help="write docs/coverage.md and the constant by kind")
    parser.add_argument("--all-firms", action="store_true", help="leave the figures of domains out of the results")
    parser.add_argument("--json", type=Path, help="also write the tallies to this file")
    given = parser.parse_args()
    found = studied(given.scenario or list(SCENARIOS), given.rounds, given.seed)
    if given.all_firms:
        found = [one for one in found if not one.domain]
    print("\n".join(lines(found)))
    print(f"\n{len(list(missed(found)))} of {len(found)} targets missed.")
    if given.json:
        given.json.write_text(json.dumps([asdict(one) for one in found]))
    if given.write:
        PAGE.write_text(page(found, given.rounds, given.seed), encoding="utf-8")
        CONSTANT.write_text(module(found, given.rounds), encoding="utf-8")


if __name__ == "__main__":
    main()
