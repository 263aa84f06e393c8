"""How fast the estimates are: `python -m benchmarks.estimation`, or `make bench`.

40 five-step items in 60 strata, overall and by 18 domains: the share of every step with its standard error and its
interval, 3,800 rows, at 5,000 to 1,000,000 firms; the same with calibrated weights; svy on 20,000 firms. Loading is
not timed. "CPU" is the processor time of the same work, which other programs on the machine do not lengthen.
``--write`` puts table and curve of growth into docs/performance.md.
"""

import argparse
import resource
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.tables_in_docs import DOCS, write_table
from survey.methods.calibrated.auxiliaries import Margin, auxiliaries
from survey.methods.calibrated.calibration import Calibration, calibrate
from survey.methods.estimates.statistics import shares
from survey.methods.extract import Coded, Extract
from tests.methods.tabulating import tabulate

SCALE = ("1", "2", "3", "4", "5")
ITEMS, STRATA, DOMAINS = 40, 60, 18
SIZES = (5_000, 20_000, 100_000, 300_000, 1_000_000)
TARGETS = {5_000: 0.050, 1_000_000: 1.0}
SVY_SIZE = 20_000
GROWTH_HEADERS = ["firms", "seconds", "processor seconds", "calibrated, processor seconds", "most MB"]


def made_up(rows: int, seed: int = 20260101) -> Extract:
    """Firms with unequal weights, 5 % of answers missing, in the narrowest types that hold them."""
    rng = np.random.default_rng(seed)
    industry = np.concatenate([np.tile(np.arange(DOMAINS), 4), rng.integers(0, DOMAINS, rows - 4 * DOMAINS)])
    stratum = np.concatenate([np.tile(np.arange(STRATA), 2), rng.integers(0, STRATA, rows - 2 * STRATA)])
    weight = rng.uniform(1, 9, rows)
    codes = {f"q{k:02d}": Coded(answers(rng, rows), SCALE) for k in range(ITEMS)}
    return Extract(
        stratum=stratum.astype(np.int16),
        strata=tuple(f"h{h}" for h in range(STRATA)),
        weight=weight,
        population=np.bincount(stratum, weight, STRATA),  # type: ignore[arg-type]
        items=codes,
        domains={"industry": Coded(industry.astype(np.int8), tuple(f"i{d}" for d in range(DOMAINS)))},
    )


def answers(rng: np.random.Generator, rows: int) -> np.ndarray:
    given = rng.integers(0, len(SCALE), rows, dtype=np.int8)
    given[rng.random(rows, dtype=np.float32) < 0.05] = -1
    return given


def calibrated(extract: Extract) -> Extract:
    """Weights raked to industry and three size classes."""
    size = np.array(["0", "1", "2"])[np.arange(extract.rows) % 3]
    industry = extract.domains["industry"]
    total = float(extract.weight.sum())
    margins = [
        Margin(
            name="industry",
            values=np.array(industry.labels)[industry.codes],
            targets=dict.fromkeys(industry.labels, total / DOMAINS),
        ),
        Margin(name="size", values=size, targets={"0": 0.30 * total, "1": 0.33 * total, "2": 0.37 * total}),
    ]
    solved: Calibration = calibrate(auxiliaries(margins), extract.weight, "raking")
    return Extract(
        stratum=extract.stratum, strata=extract.strata, weight=solved.weight, population=extract.population,
        items=extract.items, domains=extract.domains, calibration=solved,
    )  # fmt: skip


def every_share(extract: Extract) -> int:
    return len(tabulate(extract, [one for item in extract.items for one in shares(item, SCALE)]))


def seconds(work: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Shortest of several runs: by the clock, and of the processor."""
    spent = []
    for _ in range(repeats):
        start, busy = time.perf_counter(), time.process_time()
        work()
        spent.append((time.perf_counter() - start, time.process_time() - busy))
    return min(clock for clock, _ in spent), min(busy for _, busy in spent)


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def svy_seconds(extract: Extract, items: int) -> float:
    """svy's time for the shares of `items` items, overall and by domain."""
    from benchmarks.svy_run import proportions

    return seconds(lambda: proportions(extract, items), 1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """One size: seconds and processor seconds with plain weights, the latter with calibrated ones, megabytes."""

    firms: int
    seconds: float
    processor: float
    calibrated: float
    megabytes: float


def measure(sizes: tuple[int, ...]) -> list[Grown]:
    """Every size; prints it as it goes."""
    found = []
    print("     firms  seconds    CPU  ns/answer  peak MB | calibrated    CPU  ratio  peak MB")
    for rows in sizes:
        plain, peak = timed(made_up(rows))
        again, peak_again = timed(calibrated(made_up(rows)))
        found.append(Grown(firms=rows, seconds=plain[0], processor=plain[1], calibrated=again[1], megabytes=peak_again))
        each = plain[0] / rows / ITEMS * 1e9
        print(
            f"{rows:10,d} {plain[0]:8.3f} {plain[1]:6.3f} {each:10.1f} {peak:8.0f} | "
            f"{again[0]:10.3f} {again[1]:6.3f} {again[1] / plain[1]:6.2f} {peak_again:8.0f}"
        )
    return found


def timed(extract: Extract) -> tuple[tuple[float, float], float]:
    """Seconds of all shares, and the largest memory the process has had so far."""
    every_share(extract)
    return seconds(lambda: every_share(extract), 5 if extract.rows <= 20_000 else 2), peak_megabytes()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=max(SIZES), help="leave out sizes above this")
    parser.add_argument("--without-svy", action="store_true", help="do not run svy")
    parser.add_argument("--write", action="store_true", help="put table and curve into docs/performance.md")
    options = parser.parse_args(arguments)
    grown = measure(tuple(rows for rows in SIZES if rows <= options.largest))
    if options.write:
        write_growth(grown, options.largest)
    found = {size.firms: size.seconds for size in grown}
    for rows, target in TARGETS.items():
        if rows in found:
            print(f"{rows:,} firms: {found[rows]:.3f} s, target {target:.3f} s")
    if not options.without_svy:
        compare_with_svy(found[SVY_SIZE])
    return 0


def write_growth(grown: list[Grown], largest: int) -> None:
    """The table of all sizes into docs/performance.md, and its curve, on two logarithmic axes, beside it."""
    import altair

    rows = [
        [
            f"{one.firms:,}",
            f"{one.seconds:.3f}",
            f"{one.processor:.3f}",
            f"{one.calibrated:.3f}",
            f"{one.megabytes:.0f}",
        ]
        for one in grown
    ]
    said = f"`python -m benchmarks.estimation --largest {largest} --write`, the shortest of several runs."
    write_table("performance.md", "growth", GROWTH_HEADERS, rows, said)
    points = [
        {"firms": one.firms, "processor seconds": value, "weights": name}
        for one in grown
        for name, value in (("plain", one.processor), ("calibrated", one.calibrated))
    ]
    curve = altair.Chart(altair.InlineData(values=points), width=480, height=280).mark_line(point=True)
    curve.encode(
        x=altair.X("firms:Q", scale=altair.Scale(type="log")),
        y=altair.Y("processor seconds:Q", scale=altair.Scale(type="log")),
        color="weights:N",
    ).save(str(DOCS / "images" / "growth.svg"))


def compare_with_svy(mine: float, items: int = 4) -> None:
    """svy runs item by item, so a few items tell its time for all."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = svy_seconds(made_up(SVY_SIZE), items) * ITEMS / items
    except ImportError as absent:
        print(f"svy is not installed ({absent}); no ratio")
        return
    print(
        f"svy on {SVY_SIZE:,} firms: {theirs:.1f} s for {ITEMS} items (measured on {items}), {theirs / mine:.0f} times"
    )


if __name__ == "__main__":
    sys.exit(main())
