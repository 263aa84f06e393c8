"""Moments of a survey, overall and by domain: from one pass over its rows, or from its finest cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Floats, Ints, Rows
from survey.methods.errors import UnknownColumn
from survey.methods.extract import Coded, Extract
from survey.methods.moments.by_cell import (
    ALL,
    PairByCell,
    WeightsSummed,
    coded_by_cell,
    firms_by_cell,
    pair_rows,
    skipping,
)
from survey.methods.moments.cells import CrossedCells, crossings
from survey.methods.moments.finest import Finest, indicator, projection_of_survey
from survey.methods.moments.sums import Moments, Pair, Sums, skipped_name
from survey.threads import of_each

MOST_NUMBERS = 1 << 17
"""Numbers in a working table (1 MB): items are added up from cells to strata as many at a time as fit."""


@dataclass(frozen=True, eq=False, kw_only=True)
class _Passes:
    """Which rows are read, the crossings with the cell of each of them or of each finest cell, and the names of the
    columns kept for residuals."""

    rows: Rows
    crossings: Sequence[CrossedCells]
    cells: Sequence[Ints]
    kept: Sequence[str]

    @property
    def each(self) -> list[tuple[Ints, int]]:
        """The cell of every row, and the number of cells, of each crossing."""
        return [(cell, len(one.keys)) for one, cell in zip(self.crossings, self.cells, strict=True)]

    @property
    def columns(self) -> list[str]:
        """The weight columns that are added up, and "n"."""
        return list(dict.fromkeys(["n", "w", "w2", *self.kept]))

    def tables(self, sums: Sequence[Floats]) -> Floats:
        """Sums by cell (M, k) of every crossing as one table (D, H, k)."""
        rows = [crossing.by_stratum(one) for crossing, one in zip(self.crossings, sums, strict=True)]
        # One alone is not copied, which concatenate would do.
        return rows[0] if len(rows) == 1 else np.concatenate(rows)

    def of_cells(self, found: Sequence[Mapping[str, Floats]]) -> list[dict[str, Floats]]:
        """Of calibrated surveys the sums by cell that residuals need."""
        return [{name: one[name] for name in self.kept} for one in found] if self.kept else []


def moments(
    extract: Extract,
    items: Sequence[str] | None = None,
    pairs: Sequence[Pair] = (),
    domains: Sequence[str] | None = None,
    finest: Finest | None = None,
    *,
    everybody: bool = True,
) -> Moments:
    """Moments of the coded `items` (None = all), of numeric `pairs`, overall and by `domains` (None = all variables).

    Linear in the rows; the tables depend on strata, domains and codes only. Without `everybody` only the rows of the
    domains are read. From the cells of `finest` where these have all that is asked for: every domain must then be the
    same for all firms of a cell. Raises `UnknownColumn`.
    """
    names = list(extract.items) if items is None else list(items)
    variables = list(extract.domains) if domains is None else list(domains)
    columns = [_domain(extract, name) for name in variables]
    labels = {name: extract.item(name).labels for name in names}
    # All or nothing: sums from firms beside sums from cells would differ in their last digits within one table.
    source = finest if finest is not None and finest.has(names, pairs) else None
    if source is not None:
        source = source if everybody else source.part(_inside(columns, source.first))
        passes = _passes(extract, columns, source.first, everybody)
    else:
        passes = _passes(extract, columns, ALL if everybody else _inside(columns, ALL), everybody)
    read = WeightsSummed.of(extract, passes.rows) if source is None else source
    return Moments(
        strata=extract.strata,
        population=extract.population,
        lonely=extract.lonely,
        domain_lonely=extract.domain_lonely,
        domains=tuple((name, column.labels) for name, column in zip(variables, columns, strict=True)),
        rows=np.bincount(extract.stratum, minlength=len(extract.strata)).astype(float),
        everybody=everybody,
        labels=labels,
        items=_coded_sums(extract, labels, passes, read),
        pairs=_pair_sums(extract, pairs, passes, read),
        # Kept for residuals alone: without calibration errors follow from the sums by stratum.
        crossings=passes.crossings if extract.calibration else (),
        projection=source.projection if source and extract.calibration else projection_of_survey(extract),
        phases=extract.phases,
        skipped=_skipped(extract, [*((name,) for name in names), *pairs], passes, source),
    )


def _skipped(
    extract: Extract, figures: Sequence[tuple[str, ...]], passes: _Passes, source: Finest | None
) -> dict[str, Floats]:
    """By the items of a figure the firms (D, H) that skipped one of them."""
    found = {}
    for items in figures:
        some = skipping(extract, items, ALL if source else passes.rows)
        if some is not None:
            name = skipped_name(items)
            counts = [
                indicator(cell, cells) @ source.skipped[name][:, None] if source else firms_by_cell(cell[some], cells)
                for cell, cells in passes.each
            ]
            found[name] = passes.tables(counts)[..., 0]
    return found


def _domain(extract: Extract, name: str) -> Coded:
    if name not in extract.domains:
        raise UnknownColumn(name, f"There is no domain variable '{name}'.")
    return extract.domains[name]


def _inside(columns: Sequence[Coded], rows: Rows) -> Rows:
    """Places among these rows of those that are in a domain; all of them as a slice, which copies nothing."""
    inside = np.logical_or.reduce([column.codes[rows] >= 0 for column in columns])
    return ALL if inside.all() else np.flatnonzero(inside)


def _passes(extract: Extract, columns: Sequence[Coded], rows: Rows, everybody: bool) -> _Passes:
    """``rows`` are those that are read, or one of each finest cell."""
    x = None if extract.calibration is None else extract.calibration.auxiliaries
    found = crossings(
        extract.stratum[rows],
        len(extract.strata),
        None if x is None else x.pattern[rows],
        1 if x is None else len(x.patterns),
        [one.codes[rows] for one in columns],
        [len(one.labels) for one in columns],
        everybody,
    )
    made, cells = zip(*found, strict=True)
    numeric = range(0 if x is None else x.numeric.shape[1])
    # What the variance of residuals y - x'B is made of; a survey that is not calibrated has none to keep.
    kept = ["w2", "b", *(f"{name}{j}" for j in numeric for name in ("bx", "w2x"))] if x else []
    return _Passes(rows=rows, crossings=made, cells=cells, kept=kept)


def _coded_sums(
    extract: Extract, labels: Mapping[str, Sequence[str]], passes: _Passes, read: Finest | WeightsSummed
) -> dict[str, Sums]:
    """Sums of all coded items, from finest cells or from the rows with these weights."""
    names = list(labels)
    if isinstance(read, WeightsSummed):
        items = {name: extract.items[name].part(passes.rows) for name in names}
        by_crossing = [coded_by_cell(items, read, cell, cells) for cell, cells in passes.each]
    else:
        by_crossing = [read.coded(names, passes.columns, *each) for each in passes.each]
    by_code = {name: [one[name] for one in by_crossing] for name in names}
    return {name: sums for few in _few_at_once(labels, passes) for name, sums in _reduced(few, by_code, passes).items()}


def _few_at_once(labels: Mapping[str, Sequence[str]], passes: _Passes) -> Iterator[list[str]]:
    """Items with equally many codes, as many as keep the working table small."""
    cells = max(len(one.keys) for one in passes.crossings)
    for width in sorted({len(each) for each in labels.values()}):
        alike = [name for name, each in labels.items() if len(each) == width]
        # Three columns for each code: how many, their weights, and the squares of these.
        most = max(1, MOST_NUMBERS // (3 * max(width * cells, 1)))
        yield from (alike[start : start + most] for start in range(0, len(alike), most))


def _reduced(
    names: Sequence[str], by_code: Mapping[str, Sequence[Mapping[str, Floats]]], passes: _Passes
) -> dict[str, Sums]:
    """Sums by cell of some items added up to (domain row, stratum) by one sparse product."""
    columns = ("n", "w", "w2")
    stacked = [
        np.concatenate([by_code[name][position][column] for name in names for column in columns], axis=1)
        for position in range(len(passes.crossings))
    ]
    tables = passes.tables(stacked)
    split = np.moveaxis(tables.reshape(*tables.shape[:2], len(names), len(columns), -1), (2, 3), (0, 1))
    # Moving axes only changes the view; without a copy every later sum would jump through memory.
    ready = np.ascontiguousarray(split)
    return {
        name: Sums(count=n, linear={"w": w, "w2": w2}, square={"w": w, "w2": w2}, cells=passes.of_cells(by_code[name]))
        for name, (n, w, w2) in zip(names, ready, strict=True)
    }


def _pair_sums(
    extract: Extract, pairs: Sequence[Pair], passes: _Passes, read: Finest | WeightsSummed
) -> dict[Pair, Sums]:
    """Sums of (a - centre, b, 1) and of (aa, ab, bb) over the rows that answered both."""

    def added(pair: Pair) -> Sums:
        if isinstance(read, WeightsSummed):
            answers = pair_rows(extract, pair, passes.rows)
            return _of_pair([answers.by_cell(read, *each) for each in passes.each], answers.centre, passes)
        centre = read.pairs[pair][1]
        return _of_pair([read.pair(pair, passes.columns, *each) for each in passes.each], centre, passes)

    rows = extract.rows if isinstance(read, WeightsSummed) else 0
    return dict(zip(pairs, of_each(added, pairs, rows), strict=True))


def _of_pair(found: Sequence[PairByCell], centre: float, passes: _Passes) -> Sums:
    return Sums(
        count=passes.tables([one.count for one in found]),
        linear={name: passes.tables([one.linear[name] for one in found]) for name in ("w", "w2")},
        square={name: passes.tables([one.square[name] for one in found]) for name in ("w", "w2")},
        cells=passes.of_cells([one.linear for one in found]),
        centre=centre,
    )
