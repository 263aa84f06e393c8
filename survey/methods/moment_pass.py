"""The one pass over the data that makes moments: a bincount per item and weight column, batch by batch."""

from collections.abc import Mapping, Sequence

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.cells import Bundle, bundles, domain_rows
from survey.methods.errors import UnknownColumn, UnknownStatus
from survey.methods.extract import Coded, Extract
from survey.methods.moments import Moments, Pair, Sums
from survey.methods.projection import projection_of

BATCH = 1 << 16
"""Rows per batch: keys and weights of a batch stay in the processor's cache."""


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
    group, groups = _groups(extract)
    passes = bundles(group, len(groups), [one.codes for one in columns], [len(one.labels) for one in columns])
    weights = _weight_columns(extract)
    return Moments(
        strata=extract.strata,
        population=extract.population,
        lonely=extract.lonely,
        domain_lonely=extract.domain_lonely,
        domains=tuple((name, column.labels) for name, column in zip(variables, columns, strict=True)),
        group=groups,
        rows=_counts(passes, len(groups)),
        labels={name: extract.item(name).labels for name in names},
        items=_coded_sums({name: extract.item(name) for name in names}, weights, passes, len(groups)),
        pairs={pair: _pair_sums(extract, pair, weights, passes, len(groups)) for pair in pairs},
        projection=None
        if extract.calibration is None
        else projection_of(extract.calibration, extract.weight, group, groups),
    )


def _domain(extract: Extract, name: str) -> Coded:
    if name not in extract.domains:
        raise UnknownColumn(name, f"There is no domain variable '{name}'.")
    return extract.domains[name]


def _groups(extract: Extract) -> tuple[Ints, Ints]:
    """Position (n,) of each row among the sorted group numbers (G,): strata, or strata by calibration pattern."""
    if extract.calibration is None:
        return extract.stratum, np.arange(len(extract.strata))
    x = extract.calibration.auxiliaries
    joint = extract.stratum.astype(np.int64) * len(x.patterns) + x.pattern
    present = np.bincount(joint, minlength=1) > 0
    return (np.cumsum(present) - 1)[joint], np.flatnonzero(present)


def _weight_columns(extract: Extract) -> dict[str, Floats]:
    """w and w2; for residuals also the base weight b, and both times each numeric auxiliary."""
    columns = {"w": extract.weight, "w2": extract.weight**2}
    if extract.calibration is None:
        return columns
    base, numeric = extract.calibration.base_weight, extract.calibration.auxiliaries.numeric
    columns["b"] = base
    for j, x in enumerate(numeric.T):
        columns |= {f"bx{j}": base * x, f"w2x{j}": columns["w2"] * x}
    return columns


def _cells(bundle: Bundle, groups: int) -> int:
    return int(groups * np.prod(bundle.sizes, dtype=int))


def _tables(sums: Sequence[Floats], passes: Sequence[Bundle], groups: int) -> Floats:
    """Sums by cell of every bundle as one table (D, G, k)."""
    rows = [
        table
        for position, (one, bundle) in enumerate(zip(sums, passes, strict=True))
        for table in domain_rows(bundle.spread(one, groups), bundle, position == 0)
    ]
    return np.concatenate(rows)


def _counts(passes: Sequence[Bundle], groups: int) -> Floats:
    """(D, G) rows of every domain and group."""
    counts = [np.bincount(one.cell, minlength=_cells(one, groups)).astype(float) for one in passes]
    return _tables(counts, passes, groups)[..., 0]


def _coded_sums(
    items: Mapping[str, Coded], weights: Mapping[str, Floats], passes: Sequence[Bundle], groups: int
) -> dict[str, Sums]:
    """Sums of all coded items: the outer loop runs over batches of rows, so each batch is read once."""
    sizes = {name: [(len(item.labels) + 1) * _cells(one, groups) for one in passes] for name, item in items.items()}
    found = {name: [{c: np.zeros(size) for c in ("n", *weights)} for size in sizes[name]] for name in items}
    rows = len(next(iter(weights.values())))
    for position, bundle in enumerate(passes):
        batch = max(BATCH, 4 * max((size[position] for size in sizes.values()), default=0))
        for start in range(0, rows, batch):
            part = slice(start, start + batch)
            _add_batch(items, weights, bundle.cell[part], part, {name: found[name][position] for name in items})
    return {name: _assembled(item, found[name], passes, groups) for name, item in items.items()}


def _add_batch(
    items: Mapping[str, Coded],
    weights: Mapping[str, Floats],
    cell: Ints,
    part: slice,
    found: Mapping[str, Mapping[str, Floats]],
) -> None:
    starts = {width: cell * width + 1 for width in {len(item.labels) + 1 for item in items.values()}}
    pieces = {name: column[part] for name, column in weights.items()}
    key = np.empty(len(cell), np.int64)
    for name, item in items.items():
        np.add(starts[len(item.labels) + 1], item.codes[part], out=key)
        sums = found[name]
        sums["n"] += np.bincount(key, minlength=len(sums["n"]))
        for column, values in pieces.items():
            sums[column] += np.bincount(key, values, len(sums["n"]))


def _assembled(item: Coded, found: Sequence[Mapping[str, Floats]], passes: Sequence[Bundle], groups: int) -> Sums:
    """Tables without the column of those who did not answer."""
    tables = {
        column: np.ascontiguousarray(_tables([one[column] for one in found], passes, groups)[..., 1:])
        for column in found[0]
    }
    count = tables.pop("n")
    return Sums(count, tables, tables)


def _pair_sums(
    extract: Extract, pair: Pair, weights: Mapping[str, Floats], passes: Sequence[Bundle], groups: int
) -> Sums:
    """Sums of (a - centre, b, 1) and of (aa, ab, bb) over the rows that answered both."""
    a, b = _values(extract, pair[0]), _values(extract, pair[1])
    answered = np.flatnonzero(~np.isnan(a + b))
    a, b = a[answered], b[answered]
    centre = float(a.mean()) if not pair[1] and len(a) else 0.0
    a = a - centre
    one = np.ones(len(a))
    cells = [bundle.cell[answered] for bundle in passes]
    chosen = {name: column[answered] for name, column in weights.items()}

    def table(values: Floats) -> Floats:
        sums = [
            np.asarray(np.bincount(cell, values, _cells(bundle, groups)), float)
            for cell, bundle in zip(cells, passes, strict=True)
        ]
        return _tables(sums, passes, groups)[..., 0]

    linear = {name: np.stack([table(w * y) for y in (a, b, one)], -1) for name, w in chosen.items()}
    square = {name: np.stack([table(chosen[name] * y) for y in (a * a, a * b, b * b)], -1) for name in ("w", "w2")}
    return Sums(table(one)[..., None], linear, square, centre)


def _values(extract: Extract, name: str) -> Floats:
    if not name:
        return np.ones(extract.rows)
    if name not in extract.values:
        raise UnknownColumn(name, f"There is no numeric item '{name}'.")
    infinite = np.flatnonzero(np.isinf(extract.values[name]))
    if len(infinite):
        raise UnknownStatus(int(infinite[0]), f"Row {infinite[0]} of '{name}' is infinite.", "Give a number or nan.")
    return extract.values[name]
