"""What clearing leaves of the figures of a survey, and what it takes: ``python -m benchmarks.usefulness``.

A made frame of firms in 12 industries, 4 sizes and 8 districts, as skew as real ones; a fifth of it is drawn with more
of the large, and answers 20 questions on a scale, 8 choices of several options and 8 amounts. Printed are the cells of
the plan that rest on ten firms or more and the part of them that is shown, and how far shown shares lie from the exact
ones, beside their standard errors; and the seconds of processor time of the cut. To reach: 85 % and half a standard
error at 3,000 firms and 600 answers.

``--certified`` measures cuts with their certificate instead, by a plan of fewer groups: 3 of industries, of sizes and
of districts, and the industries by the sizes. ``--firms 3000`` measures one frame alone.
"""

import argparse
import os
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from survey.instrument.plan.default import FRAME_GROUPS, completed_plan
from survey.instrument.plan.plan import AnalysisPlan, Group, GroupClass
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.methods.certificate.certified import clear_certified
from survey.methods.clearing.clearing import clear, clearing_of
from survey.methods.clearing.content import ClearedCube
from survey.methods.coding import CHOSEN, NOT_CHOSEN, part_name
from survey.methods.collected import Collected
from survey.methods.extract import Coded
from survey.methods.production import Prepared, prepare
from survey.methods.tables.table import Cell
from survey.methods.tables.vocabulary import Vocabulary, group_headings
from survey.methods.weights.fieldwork import FrameTotals
from survey.methods.weights.merging import Places
from survey.services.results.side_by_side import in_processes
from survey.terms import GroupSource, ItemType

SIZES = ("large", "medium", "small", "micro")
INDUSTRIES, DISTRICTS = tuple("BCDEFGHIJKLM"), tuple(f"d{k}" for k in range(8))
RATES = (0.8, 0.5, 0.15, 0.1)
"""Sampling fractions by size, on average a fifth."""
SCALES, CHOICES, AMOUNTS = 20, 8, 8
FIRMS = (800, 3_000, 20_000)
LEAST_SHOWN, MOST_DISTANCE = 0.85, 0.5
"""Of 3,000 firms: the part of cells on ten or more firms, and the mean distance of shares in mean standard errors."""


def _classes(code: str, variable: str, classes: dict[str, tuple[str, ...]]) -> Group:
    made = tuple(GroupClass(code=name, text=Text("", name), values=values) for name, values in classes.items())
    return Group(
        code=code, text=Text("", code), source=GroupSource.FRAME, variable=variable, classes=made, is_filter=False
    )


FINE = (
    (
        *FRAME_GROUPS,
        _classes("sector", "industry", {"goods": INDUSTRIES[:4], "services": INDUSTRIES[4:]}),
        _classes("size_pair", "size", {"larger": SIZES[:2], "smaller": SIZES[2:]}),
    ),
    (("sector", "size_pair"), ("size_pair", "district")),
)
"""Groups and crossings of a plan by every industry and district."""
FEWER = (
    tuple(
        replace(one, is_filter=True)
        for one in (
            _classes("branch", "industry", {f"branch{k}": INDUSTRIES[4 * k : 4 * k + 4] for k in range(3)}),
            _classes("size_group", "size", {"large": SIZES[:1], "medium": SIZES[1:2], "smaller": SIZES[2:]}),
            _classes("part", "district", {"part0": DISTRICTS[:2], "part1": DISTRICTS[2:5], "part2": DISTRICTS[5:]}),
        )
    ),
    (("branch", "size_group"),),
)
"""Those of a plan by which an office that is to prove its cuts asks for less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usefulness:
    """Cells on ten firms or more and how many of them are shown; the mean distance of shown shares from the exact ones
    and their mean standard error, as fractions."""

    cells: int
    shown: int
    distance: float
    error: float

    @property
    def part(self) -> float:
        """The part of the cells that is shown."""
        return self.shown / self.cells


def usefulness(prepared: Prepared, words: Vocabulary, cube: ClearedCube) -> Usefulness:
    """What a cut shows of the exact tables of its wave."""
    pairs = list(_pairs(prepared, words, cube))
    large = [told for exact, told, _share in pairs if (exact.n or 0) >= 10]
    shares = [(exact, told) for exact, told, is_share in pairs if is_share and told.estimate is not None and exact.se]
    return Usefulness(
        cells=len(large),
        shown=sum(not told.is_withheld for told in large),
        distance=float(np.mean([abs((told.estimate or 0) - (exact.estimate or 0)) for exact, told in shares])),
        error=float(np.mean([exact.se or 0 for exact, _told in shares])),
    )


def _pairs(prepared: Prepared, words: Vocabulary, cube: ClearedCube) -> Iterator[tuple[Cell, Cell, bool]]:
    found = clearing_of(prepared, words)
    for domain, tables in cube.tables.items():
        for plan, table in found.estimates.tables(domain, found.planned):
            for row, column, cell in table.walk():
                yield cell, tables[plan.code].cell(row.code, column.code), table.spec.statistic.is_fraction


def made_wave(firms: int, seed: int = 1, *, fewer: bool = False) -> tuple[Prepared, Vocabulary]:
    """A wave of a fifth of so many firms, all of which answered but for single questions; by a plan of `fewer` groups
    or by every industry and district."""
    words, rng = made_words(fewer=fewer), np.random.default_rng(seed)
    industry = rng.choice(len(INDUSTRIES), firms, p=_skew(len(INDUSTRIES)))
    size = rng.choice(4, firms, p=[0.06, 0.14, 0.5, 0.3])
    district = rng.choice(len(DISTRICTS), firms, p=_skew(len(DISTRICTS)))
    stratum = industry * 4 + size
    drawn = np.flatnonzero(rng.random(firms) < np.array(RATES)[size])
    frame = np.bincount(stratum, minlength=48)
    sample = np.bincount(stratum[drawn], minlength=48)
    employees = np.floor(np.array([900.0, 300, 60, 8])[size] * np.exp(rng.normal(0, 0.5, firms))) + 1
    columns = {"industry": (industry, INDUSTRIES), "size": (size, SIZES), "district": (district, DISTRICTS)}
    collected = Collected(
        strata=tuple(f"{one}-{other}" for one in INDUSTRIES for other in SIZES),
        places=Places(np.arange(48) // 4, np.arange(48) % 4),
        stratum=stratum[drawn],
        design_weight=(frame / np.maximum(sample, 1))[stratum[drawn]],
        disposition=np.full(len(drawn), "complete", dtype="U20"),
        domains={name: Coded(codes[drawn], labels) for name, (codes, labels) in columns.items()},
        respondents=np.arange(len(drawn)),
        numbers={"employees": employees[drawn]},
        frame=FrameTotals(
            counts={
                name: dict(zip(labels, np.bincount(codes, minlength=len(labels)).tolist(), strict=True))
                for name, (codes, labels) in columns.items()
                if name != "district"
            },
            totals={"employees": float(employees.sum())},
        ),
        **answers(rng, employees[drawn]),
    )
    return prepare(collected, words), words


def answers(rng: np.random.Generator, employees: np.ndarray) -> dict[str, Any]:
    """Of a fifth of the questions each firm says nothing; shares lie between 2 and 60 %."""
    rows = len(employees)
    items: dict[str, Coded] = {}
    for k in range(SCALES):
        codes = rng.choice(5, rows, p=rng.dirichlet(np.full(5, 2.0)))
        items[f"s{k}"] = Coded(np.where(rng.random(rows) < 0.05, -1, codes).astype(np.int16), tuple("12345"))
    for k in range(CHOICES):
        silent = rng.random(rows) < 0.05
        for option in range(5):
            chosen = rng.random(rows) < rng.uniform(0.02, 0.6)
            column = Coded(np.where(silent, -1, chosen).astype(np.int16), (NOT_CHOSEN, CHOSEN))
            items[part_name(f"c{k}", f"o{option}")] = column
    values = {
        f"a{k}": np.where(rng.random(rows) < 0.1, np.nan, employees * np.exp(rng.normal(2, 0.7, rows)))
        for k in range(AMOUNTS)
    }
    return {"items": items, "values": values}


def made_words(*, fewer: bool = False) -> Vocabulary:
    """The questions, and the plan that follows from them with sectors and pairs of sizes, or of `fewer` groups."""
    options = tuple(Option(code=f"o{k}", text=Text("", f"Option {k}")) for k in range(5))
    items = (
        *(Item(code=f"s{k}", type=ItemType.SEVERITY, text=Text("", f"Problem {k}")) for k in range(SCALES)),
        *(
            Item(code=f"c{k}", type=ItemType.MULTIPLE, text=Text("", f"Choice {k}"), options=options)
            for k in range(CHOICES)
        ),
        *(Item(code=f"a{k}", type=ItemType.MONEY, text=Text("", f"Amount {k}")) for k in range(AMOUNTS)),
    )
    page = Page(code="p", title=Text(), items=items)
    asked = Questionnaire(code="q", title=Text(), sections=(Section(code="s", title=Text(), pages=(page,)),))
    groups, crossings = FEWER if fewer else FINE
    plan = completed_plan(asked, AnalysisPlan(groups=groups, crossings=crossings))
    labels = {"industry": INDUSTRIES, "size": SIZES, "district": DISTRICTS}
    frame = {name: group_headings(name, {code: code for code in codes}) for name, codes in labels.items()}
    return Vocabulary(questionnaire=asked, plan=plan, frame=frame)


def _skew(groups: int) -> np.ndarray:
    """Shares of groups of which the first is about five times the last."""
    shares = np.linspace(5, 1, groups)
    return np.asarray(shares / shares.sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, nargs="*", default=list(FIRMS), help="sizes of the made frames")
    parser.add_argument("--certified", action="store_true", help="cuts with their certificate, of fewer groups")
    options = parser.parse_args()
    print("  firms answers   cells  shown  distance     SE  ratio  CPU of the cut")
    for firms in options.firms:
        prepared, words = made_wave(firms, fewer=options.certified)
        start = _processor()
        cube = (_certified if options.certified else clear)(prepared, words)
        seconds = _processor() - start
        found = usefulness(prepared, words, cube)
        ratio = found.distance / found.error
        print(
            f"{firms:7,d} {prepared.collected.answered:7,d} {found.cells:7,d} {100 * found.part:5.1f}% "
            f"{100 * found.distance:8.2f} {100 * found.error:6.2f} {ratio:6.2f} {seconds:8.1f} s",
            flush=True,
        )


def _certified(prepared: Prepared, words: Vocabulary) -> ClearedCube:
    start, rng = time.monotonic(), np.random.default_rng(1)
    made = clear_certified(prepared, words, rng, seed=1, side_by_side=in_processes(os.cpu_count() or 1))
    proved = made.certificate
    said = "holds" if proved.holds else f"fails in {len(proved.failures)} parts"
    print(
        f"certificate {said}: {proved.answers:,} answers, {proved.worlds:,} worlds, odds raised "
        f"{max(one.ratio for one in proved.items):.1f} times at most; {time.monotonic() - start:.0f} s"
    )
    return made.cube


def _processor() -> float:
    """The seconds of the processor of this process and of those that it started."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
