"""Estimates of national size: `python -m benchmarks.national --rows 10000000 --write`.

Made-up responses (60 five-step items, 60 strata, one grouping of 18 values) are written in parts, always the same ones
for a part's number, and estimated in one process and on a Dask cluster of this machine. Printed are wall and processor
seconds of both, the largest difference of any estimate or standard error, and the most memory a worker had;
``--write`` puts them into docs/scale.md. It ends with an error where a figure differs by more than 1e-10, or a worker
takes more than 1 GB.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.tables_in_docs import write_table
from survey.exchange.partitions.folder import Folder, write_folder
from survey.management.engines import cluster, plain
from survey.methods.estimates.estimation import Estimate
from survey.methods.extract import Coded, Extract

SCALE = ("1", "2", "3", "4", "5")
STRATA, GROUPS = 60, 18
HEADERS = ["", "seconds", "processor seconds", "most MB of a process"]
AGREE = 1e-10
MOST_MEGABYTES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One way to the estimates: wall and processor seconds of all its processes, most megabytes of one of them."""

    name: str
    seconds: float
    processor: float
    megabytes: float
    rows: list[Estimate]

    @property
    def cells(self) -> list[str]:
        """As a line of a table."""
        return [self.name, f"{self.seconds:.1f}", f"{self.processor:.1f}", f"{self.megabytes:.0f}"]


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


def processor_seconds() -> float:
    """Processor time that this process has taken, in all its threads."""
    return time.process_time()


def alone(folder: Folder) -> Run:
    start, processor = time.perf_counter(), time.process_time()
    rows = folder.wanted.rows(plain.summed(folder, folder.wanted))
    return Run(
        name="one process",
        seconds=time.perf_counter() - start,
        processor=time.process_time() - processor,
        megabytes=megabytes(),
        rows=rows,
    )


def on_cluster(folder: Folder, workers: int) -> Run:
    with cluster.local_cluster(workers) as client:
        before = sum(client.run(processor_seconds).values()) + time.process_time()
        start = time.perf_counter()
        rows = folder.wanted.rows(cluster.summed(client, folder, folder.wanted))
        return Run(
            name=f"Dask, {workers} worker{'s' * (workers > 1)}",
            seconds=time.perf_counter() - start,
            processor=sum(client.run(processor_seconds).values()) + time.process_time() - before,
            megabytes=max(client.run(megabytes).values()),
            rows=rows,
        )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--partitions", type=int, default=40)
    parser.add_argument("--items", type=int, default=60)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--write", action="store_true", help="put the table into docs/scale.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        start, processor = time.perf_counter(), time.process_time()
        folder = write_folder(Path(place) / "national", made_up(options.rows, options.partitions, options.items))
        size = sum(file.stat().st_size for file in folder.path.iterdir()) / 1e6
        spent = f"{time.perf_counter() - start:.1f} s, {time.process_time() - processor:.1f} s of processor time"
        clusters = [on_cluster(folder, workers) for workers in options.workers]
        one = alone(folder)
    difference = max(worst_difference(run.rows, one.rows) for run in clusters)
    memory = max(run.megabytes for run in clusters)
    said = (
        f"`python -m benchmarks.national --rows {options.rows} --partitions {options.partitions}`: {folder.rows:,d} "
        f"responses with {options.items} items, {size:.0f} MB of files, made and written in {spent}; largest relative "
        f"difference of any estimate or standard error {difference:.1e}."
    )
    table = [run.cells for run in (one, *clusters)]
    print(said, *("  ".join(cells) for cells in (HEADERS, *table)), sep="\n")
    if options.write:
        write_table("scale.md", "national", HEADERS, table, said)
    return 0 if difference <= AGREE and memory <= MOST_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
