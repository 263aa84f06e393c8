"""The one pass over the data that makes moments: a bincount per item and weight column, batch by batch."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.errors import UnknownColumn
from survey.methods.extract import Coded, Extract
from survey.methods.moments.cells import Crossing, crossings
from survey.methods.moments.projection import projection_of
from survey.methods.moments.sums import Moments, Pair, Sums, skipped_name

BATCH = 1 << 16
"""Rows per batch: keys and weights of a batch stay in the processor's cache."""
MOST_NUMBERS = 1 << 17
"""Numbers in a working table (1 MB): items are added up from cells to strata as many at a time as fit."""


@dataclass(frozen=True, eq=False, kw_only=True)
class _Passes:
    """The crossings with the cell of every row, and the weight columns to be summed."""

    crossings: Sequence[Crossing]
    cells: Sequence[Ints]
    weights: Mapping[str, Floats]
    rows: int
    calibrated: bool

    def tables(self, sums: Sequence[Floats]) -> Floats:
        """Sums by cell (M, k) of every crossing as one table (D, H, k)."""
        rows = [crossing.by_stratum(one) for crossing, one in zip(self.crossings, sums, strict=True)]
        return rows[0] if len(rows) == 1 else np.concatenate(rows)

    def kept(self, found: Sequence[Mapping[str, Floats]]) -> list[dict[str, Floats]]:
        """Of calibrated surveys the sums by cell that residuals need."""
        names = [name for name in self.weights if name != "w"] if self.calibrated else []
        return [{name: one[name] for name in names} for one in found] if names else []


def moments(
    extract: Extract,
    items: Sequence[str] | None = None,
    pairs: Sequence[Pair] = (),
    domains: Sequence[str] | None = None,
) -> Moments:
    """Moments of the coded `items` (None = all), of numeric `pairs`, overall and by `domains` (None = all variables).

    Linear in the rows; the tables depend on strata, domains and codes only. Raises `UnknownColumn`.
    """
    names = list(extract.items) if items is None else list(items)
    variables = list(extract.domains) if domains is None else list(domains)
    columns = [_domain(extract, name) for name in variables]
    passes = _passes(extract, columns)
    counts = [
        np.bincount(cell, minlength=len(one.keys)) for one, cell in zip(passes.crossings, passes.cells, strict=True)
    ]
    calibration = extract.calibration
    return Moments(
        strata=extract.strata,
        population=extract.population,
        lonely=extract.lonely,
        domain_lonely=extract.domain_lonely,
        domains=tuple((name, column.labels) for name, column in zip(variables, columns, strict=True)),
        rows=passes.tables([count[:, None].astype(float) for count in counts])[..., 0],
        labels={name: extract.item(name).labels for name in names},
        items=_coded_sums({name: extract.item(name) for name in names}, passes),
        pairs={pair: _pair_sums(extract, pair, passes) for pair in pairs},
        crossings=passes.crossings if calibration else (),
        projection=None
        if calibration is None
        else projection_of(calibration, extract.weight, extract.stratum, len(extract.strata)),
        phases=extract.phases,
        skipped=_skipped(extract, [*((name,) for name in names), *pairs], passes),
    )


def _skipped(extract: Extract, figures: Sequence[tuple[str, ...]], passes: _Passes) -> dict[str, Floats]:
    """By the items of a figure the firms (D, H) that skipped one of them."""
    found = {}
    for items in figures:
        masks = [extract.skipped[item] for item in items if item in extract.skipped]
        if masks:
            some = np.flatnonzero(np.logical_or.reduce(masks))
            counts = [
                np.bincount(cell[some], minlength=len(one.keys))[:, None].astype(float)
                for one, cell in zip(passes.crossings, passes.cells, strict=True)
            ]
            found[skipped_name(items)] = passes.tables(counts)[..., 0]
    return found


def _domain(extract: Extract, name: str) -> Coded:
    if name not in extract.domains:
        raise UnknownColumn(name, f"There is no domain variable '{name}'.")
    return extract.domains[name]


def _passes(extract: Extract, columns: Sequence[Coded]) -> _Passes:
    x = None if extract.calibration is None else extract.calibration.auxiliaries
    found = crossings(
        extract.stratum,
        len(extract.strata),
        None if x is None else x.pattern,
        1 if x is None else len(x.patterns),
        [one.codes for one in columns],
        [len(one.labels) for one in columns],
    )
    made, cells = zip(*found, strict=True)
    return _Passes(
        crossings=made, cells=cells, weights=_weight_columns(extract), rows=extract.rows, calibrated=x is not None
    )


def _weight_columns(extract: Extract) -> dict[str, Floats]:
    """w and w2, that of squared scores; for residuals also the base weight b, and both times each numeric auxiliary."""
    if extract.calibration is None:
        return {"w": extract.weight, "w2": extract.weight**2}
    columns = {"w": extract.weight, "w2": extract.calibration.spread_weight**2}
    base, numeric = extract.calibration.base_weight, extract.calibration.auxiliaries.numeric
    columns["b"] = base
    for j, x in enumerate(numeric.T):
        columns |= {f"bx{j}": base * x, f"w2x{j}": columns["w2"] * x}
    return columns


def _coded_sums(items: Mapping[str, Coded], passes: _Passes) -> dict[str, Sums]:
    """Sums of all coded items: the outer loop runs over batches of rows, so each batch is read once."""
    found: dict[str, list[dict[str, Floats]]] = {name: [{} for _ in passes.crossings] for name in items}
    widest = max((len(item.labels) + 1 for item in items.values()), default=1)
    for position, (crossing, cell) in enumerate(zip(passes.crossings, passes.cells, strict=True)):
        # A batch must be longer than the table that it is added to, else adding costs more than counting.
        batch = max(BATCH, 4 * widest * len(crossing.keys))
        for start in range(0, max(passes.rows, 1), batch):
            part = slice(start, start + batch)
            sums = {name: found[name][position] for name in items}
            _add_batch(items, passes.weights, cell[part], len(crossing.keys), part, sums)
    by_code = {name: [_by_code(one, item) for one in found[name]] for name, item in items.items()}
    return {name: sums for few in _few_at_once(items, passes) for name, sums in _reduced(few, by_code, passes).items()}


def _few_at_once(items: Mapping[str, Coded], passes: _Passes) -> Iterator[list[str]]:
    """Items with equally many codes, as many as keep the working table small."""
    cells = max(len(one.keys) for one in passes.crossings)
    for width in sorted({len(item.labels) for item in items.values()}):
        alike = [name for name, item in items.items() if len(item.labels) == width]
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
    ready = np.ascontiguousarray(split)
    return {
        name: Sums(count=n, linear={"w": w, "w2": w2}, square={"w": w, "w2": w2}, cells=passes.kept(by_code[name]))
        for name, (n, w, w2) in zip(names, ready, strict=True)
    }


def _by_code(flat: Mapping[str, Floats], item: Coded) -> dict[str, Floats]:
    """Tables (cell, code) without the column of those who did not answer."""
    # Column 0 is code -1: counted with the others, as a condition for each row would cost more.
    return {name: table.reshape(-1, len(item.labels) + 1)[:, 1:] for name, table in flat.items()}


def _add_batch(
    items: Mapping[str, Coded],
    weights: Mapping[str, Floats],
    cell: Ints,
    cells: int,
    part: slice,
    found: Mapping[str, dict[str, Floats]],
) -> None:
    starts = {width: cell * width + 1 for width in {len(item.labels) + 1 for item in items.values()}}
    pieces = {name: column[part] for name, column in weights.items()}
    key = np.empty(len(cell), np.int64)
    for name, item in items.items():
        width = len(item.labels) + 1
        np.add(starts[width], item.codes[part], out=key)
        _add_to(found[name], "n", np.bincount(key, minlength=cells * width))
        for column, values in pieces.items():
            _add_to(found[name], column, np.bincount(key, values, cells * width))


def _add_to(sums: dict[str, Floats], column: str, more: Floats | Ints) -> None:
    """The first batch is kept as it is: with few firms the empty tables cost as much as the sums."""
    if column in sums:
        sums[column] += more
    else:
        sums[column] = np.asarray(more, float)


def _pair_sums(extract: Extract, pair: Pair, passes: _Passes) -> Sums:
    """Sums of (a - centre, b, 1) and of (aa, ab, bb) over the rows that answered both."""
    a, b = _values(extract, pair[0]), _values(extract, pair[1])
    answered = np.flatnonzero(~np.isnan(a + b))
    a, b = a[answered], b[answered]
    # Ratios are not centred: their score (a - R b) has a mean of 0 by itself.
    centre = float(a.mean()) if not pair[1] and len(a) else 0.0
    a = a - centre
    one = np.ones(len(a))
    basis, squares = (a, b, one), (a * a, a * b, b * b)
    found, squared, counts = [], [], []
    for crossing, cell in zip(passes.crossings, passes.cells, strict=True):
        place, cells = cell[answered], len(crossing.keys)
        weights = {name: column[answered] for name, column in passes.weights.items()}
        found.append({name: _summed(place, cells, [w * y for y in basis]) for name, w in weights.items()})
        squared.append({name: _summed(place, cells, [weights[name] * y for y in squares]) for name in ("w", "w2")})
        counts.append(_summed(place, cells, [one]))
    linear, square = (
        {name: passes.tables([one[name] for one in each]) for name in ("w", "w2")} for each in (found, squared)
    )
    return Sums(count=passes.tables(counts), linear=linear, square=square, cells=passes.kept(found), centre=centre)


def _summed(cell: Ints, cells: int, columns: Sequence[Floats]) -> Floats:
    return np.stack([np.bincount(cell, column, cells) for column in columns], -1)


def _values(extract: Extract, name: str) -> Floats:
    if not name:
        return np.ones(extract.rows)
    return extract.value(name)
