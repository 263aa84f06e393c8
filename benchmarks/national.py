"""Estimates of national size: `python -m benchmarks.national --responses 10000000`.

Made-up responses (60 five-step items, 60 strata, one grouping of 18 values) are written in parts, always the same ones
for a part's number, and estimated in one process and on a Dask cluster of this machine. Printed are the seconds of
both, the largest difference of any estimate or standard error, and the most memory a worker had.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from survey.exchange.partitions.folder import Folder, write_folder
from survey.management.engines import cluster, plain
from survey.methods.estimates.estimation import Estimate
from survey.methods.extract import Coded, Extract

SCALE = ("1", "2", "3", "4", "5")
STRATA, GROUPS = 60, 18
AGREE = 1e-10


def made_up(responses: int, partitions: int, items: int) -> Iterator[Extract]:
    """Part after part; weights of a stratum are N_h/n_h of nine to one, N_h known for the whole."""
    sizes = [responses * (k + 1) // partitions - responses * k // partitions for k in range(partitions)]
    population = np.full(STRATA, 9.0 * responses / STRATA)
    for number, rows in enumerate(sizes):
        yield one_part(np.random.default_rng([20260101, number]), rows, items, population)


def one_part(rng: np.random.Generator, rows: int, items: int, population: np.ndarray) -> Extract:
    """Every stratum in turn, unequal weights, 5 % of answers missing, turnover known of all."""
    codes = {f"q{k:02d}": Coded(answers(rng, rows), SCALE) for k in range(items)}
    return Extract(
        stratum=(np.arange(rows) % STRATA).astype(np.int16),
        strata=tuple(f"h{h}" for h in range(STRATA)),
        weight=rng.uniform(1, 9, rows),
        population=population,
        items=codes,
        values={"turnover": np.exp(rng.normal(3, 1, rows))},
        domains={"industry": Coded(rng.integers(0, GROUPS, rows, np.int8), tuple(f"i{d}" for d in range(GROUPS)))},
    )


def answers(rng: np.random.Generator, rows: int) -> np.ndarray:
    given = rng.integers(0, len(SCALE), rows, dtype=np.int8)
    given[rng.random(rows, dtype=np.float32) < 0.05] = -1
    return given


def worst_difference(one: list[Estimate], two: list[Estimate]) -> float:
    """The largest relative difference of an estimate or a standard error."""
    a, b = (np.array([[row.estimate, row.se] for row in rows]) for rows in (one, two))
    return float(np.nanmax(np.abs(a - b) / np.maximum(np.abs(b), 1e-300)))


def megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(folder: Folder) -> list[Estimate]:
    start = time.perf_counter()
    rows = folder.wanted.rows(plain.summed(folder, folder.wanted))
    print(f"one process   {time.perf_counter() - start:8.1f} s  {megabytes():6.0f} MB at most")
    return rows


def on_cluster(folder: Folder, workers: int) -> list[Estimate]:
    with cluster.local_cluster(workers) as client:
        start = time.perf_counter()
        rows = folder.wanted.rows(cluster.summed(client, folder, folder.wanted))
        spent = time.perf_counter() - start
        most = max(client.run(megabytes).values())
    print(f"{workers} workers     {spent:8.1f} s  {most:6.0f} MB at most in a worker")
    return rows


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--responses", type=int, default=10_000_000)
    parser.add_argument("--partitions", type=int, default=40)
    parser.add_argument("--items", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        start = time.perf_counter()
        parts = made_up(options.responses, options.partitions, options.items)
        folder = write_folder(Path(place) / "national", parts)
        size = sum(file.stat().st_size for file in folder.path.iterdir()) / 1e6
        spent = time.perf_counter() - start
        print(f"{folder.rows:,d} responses in {len(folder.files)} parts, {size:.0f} MB, written in {spent:.1f} s")
        difference = worst_difference(on_cluster(folder, options.workers), alone(folder))
    print(f"largest relative difference {difference:.1e}, allowed {AGREE:.0e}")
    return 0 if difference <= AGREE else 1


if __name__ == "__main__":
    sys.exit(main())
