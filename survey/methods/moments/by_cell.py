"""Sums by cell of a crossing: a bincount per item and weight column, batch by batch, each read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Floats, Ints, Rows, sums_by
from survey.methods.extract import Coded, Extract

BATCH = 1 << 16
"""Rows per batch: keys and weights of a batch stay in the processor's cache."""
ALL = slice(None)
"""Every row."""
Pair = tuple[str, str]


def weight_columns(extract: Extract) -> dict[str, Floats]:
    """w and w2, that of squared scores; for residuals also the base weight b, and both times each numeric auxiliary."""
    if extract.calibration is None:
        return {"w": extract.weight, "w2": extract.weight**2}
    columns = {"w": extract.weight, "w2": extract.calibration.spread_weight**2}
    base, numeric = extract.calibration.base_weight, extract.calibration.auxiliaries.numeric
    columns["b"] = base
    for j, x in enumerate(numeric.T):
        columns |= {f"bx{j}": base * x, f"w2x{j}": columns["w2"] * x}
    return columns


def firms_by_cell(cell: Ints, cells: int) -> Floats:
    """(cells, 1) how many rows are in each."""
    return np.bincount(cell, minlength=cells)[:, None].astype(float)


def skipping(extract: Extract, items: Sequence[str], rows: Rows = ALL) -> Ints | None:
    """Which of these rows were asked one of these items and gave no answer; None where that adds no error."""
    masks = [extract.skipped[item][rows] for item in items if item in extract.skipped]
    return np.flatnonzero(np.logical_or.reduce(masks)) if masks else None


def coded_by_cell(
    items: Mapping[str, Coded], weights: Mapping[str, Floats], cell: Ints, cells: int
) -> dict[str, dict[str, Floats]]:
    """By item and weight column (and "n", the answers) the sums by cell and code, (cells, K); all of the same rows."""
    found: dict[str, dict[str, Floats]] = {name: {} for name in items}
    widest = max((len(item.labels) + 1 for item in items.values()), default=1)
    # A batch must be longer than the table that it is added to, else adding costs more than counting.
    batch = max(BATCH, 4 * widest * cells)
    for start in range(0, max(len(cell), 1), batch):
        part = slice(start, start + batch)
        _add_batch(items, weights, cell[part], cells, part, found)
    return {name: _by_code(found[name], item) for name, item in items.items()}


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


@dataclass(frozen=True, eq=False, kw_only=True)
class PairByCell:
    """Of a pair, by cell: sums of each weight column times (a - centre, b, 1), of w and w2 times (aa, ab, bb), (cells,
    3); and answers (cells, 1)."""

    linear: Mapping[str, Floats]
    square: Mapping[str, Floats]
    count: Floats

    def part(self, cells: Rows) -> "PairByCell":
        """Of some of the cells alone."""
        linear, square = ({name: table[cells] for name, table in each.items()} for each in (self.linear, self.square))
        return PairByCell(linear=linear, square=square, count=self.count[cells])


@dataclass(frozen=True, eq=False, kw_only=True)
class PairRows:
    """Which of the rows that were read answered both of a pair, with a - centre and b; None for b stands for 1."""

    answered: Rows
    a: Floats
    b: Floats | None
    centre: float

    def by_cell(self, weights: Mapping[str, Floats], cell: Ints, cells: int) -> PairByCell:
        """Sums over these rows."""
        place = cell[self.answered]
        columns = {name: column[self.answered] for name, column in weights.items()}
        linear: dict[str, Floats] = {}
        square: dict[str, Floats] = {}
        squared = self.a * self.a
        for name, w in columns.items():
            a, one = sums_by(place, w * self.a, cells), sums_by(place, w, cells)
            # Of a mean b is 1, and four of the six sums are two: most numbers are asked for by themselves.
            b = one if self.b is None else sums_by(place, w * self.b, cells)
            linear[name] = np.stack([a, b, one], -1)
            if name in ("w", "w2"):
                aa = sums_by(place, w * squared, cells)
                ab = a if self.b is None else sums_by(place, w * (self.a * self.b), cells)
                bb = one if self.b is None else sums_by(place, w * (self.b * self.b), cells)
                square[name] = np.stack([aa, ab, bb], -1)
        return PairByCell(linear=linear, square=square, count=firms_by_cell(place, cells))


def pair_rows(extract: Extract, pair: Pair, rows: Rows = ALL) -> PairRows:
    """The answers of these rows to a pair; an empty denominator stands for 1."""
    a, b = extract.value(pair[0]), extract.value(pair[1]) if pair[1] else None
    known = ~np.isnan(a if b is None else a + b)
    # Ratios are not centred: their score (a - R b) has a mean of 0 by itself. Others about the mean of all that
    # answered, whichever are read.
    centre = float(a[known].mean()) if b is None and known.any() else 0.0
    # Without gaps a slice, which copies no column.
    answered = ALL if known.all() else np.flatnonzero(known[rows])
    return PairRows(
        answered=answered,
        a=a[rows][answered] - centre,
        b=None if b is None else b[rows][answered],
        centre=centre,
    )
