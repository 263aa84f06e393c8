"""Sums by cell of a crossing: one pass for each item with all weight columns at once, batch by batch."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from survey.methods.arrays import ROWS_AT_ONCE, ColumnsSummed, Floats, Ints, Rows
from survey.methods.extract import Coded, Extract
from survey.threads import of_each

SQUARED = ("w", "w2")
"""Weight columns of which squares are added up as well."""
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
    columns = ColumnsSummed.of([np.ones(len(cell)), *weights.values()], len(cell))

    def added(item: Coded) -> Floats:
        width = len(item.labels) + 1
        # Column 0 is code -1: counted with the others, as a condition for each row would cost more.
        return columns.crossed([(cell, width), (item.codes, 1)], 1, cells * width)

    sums = of_each(added, items.values(), len(cell))
    return {
        name: _by_code(each, len(item.labels) + 1, weights)
        for (name, item), each in zip(items.items(), sums, strict=True)
    }


def _by_code(sums: Floats, width: int, weights: Mapping[str, Floats]) -> dict[str, Floats]:
    """Tables (cell, code) by weight column, without the column of those who did not answer."""
    tables = sums.reshape(-1, width, len(weights) + 1)[:, 1:]
    # Each by itself: every later product would jump through memory.
    return dict(zip(("n", *weights), np.ascontiguousarray(np.moveaxis(tables, -1, 0)), strict=True))


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
        place, names, rows = cell[self.answered], list(weights), len(self.a)
        sums = np.zeros((cells, 1 + (2 if self.b is None else 3) * len(names) + (1 if self.b is None else 3) * 2))
        # A batch must be longer than the table that it is added to, else adding costs more than counting.
        batch = max(ROWS_AT_ONCE, 4 * cells)
        for start in range(0, rows, batch):
            part = slice(start, start + batch)
            read = part if isinstance(self.answered, slice) else self.answered[part]
            columns = self._products([column[read] for column in weights.values()], names, part)
            sums += ColumnsSummed.of(columns, len(place[part])).by(place[part], cells)
        taken = iter(np.ascontiguousarray(sums.T))
        count, one, a = next(taken), _taken(taken, names), _taken(taken, names)
        aa = _taken(taken, SQUARED)
        b, ab, bb = (one, a, one) if self.b is None else (_taken(taken, names), *(_taken(taken, SQUARED) for _ in "ab"))
        return PairByCell(
            linear={name: np.stack([a[name], b[name], one[name]], -1) for name in names},
            square={name: np.stack([aa[name], ab[name], bb[name]], -1) for name in SQUARED},
            count=count[:, None],
        )

    def _products(self, columns: Sequence[Floats], names: Sequence[str], part: slice) -> list[Floats]:
        """1 and the weights of some of these rows, and the weights times a, the squares of a, and b alike."""
        a, squared = self.a[part], [columns[names.index(name)] for name in SQUARED]
        found = [np.ones(len(a)), *columns, *(w * a for w in columns), *(w * (a * a) for w in squared)]
        # Of a mean b is 1, and four of the six sums are two: most numbers are asked for by themselves.
        if self.b is not None:
            b = self.b[part]
            found += [*(w * b for w in columns), *(w * (a * b) for w in squared), *(w * (b * b) for w in squared)]
        return found


def _taken(sums: Iterator[Floats], names: Sequence[str]) -> dict[str, Floats]:
    """The next sums under these names."""
    return dict(zip(names, islice(sums, len(names)), strict=True))


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
