"""Sums by cell of a crossing: one pass for each item with all weight columns at once, batch by batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import ColumnsSummed, Floats, Ints, Rows
from survey.methods.extract import Coded, Extract
from survey.threads import of_each

SQUARED = ("w", "w2")
"""Weight columns of which squares are added up as well."""
SPREAD = "spread"
"""Weight column of residuals, which count more in a variance."""
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


@dataclass(frozen=True, eq=False, kw_only=True)
class WeightsSummed:
    """A 1 and the weight columns of some rows side by side, and those of which squares are added up: tables that serve
    every item."""

    names: tuple[str, ...]
    columns: ColumnsSummed
    squared: ColumnsSummed

    @classmethod
    def of(cls, extract: Extract, rows: Rows = ALL, *, spread: bool = False) -> "WeightsSummed":
        """Of these rows; with `spread`, where weights are calibrated, those of residuals too, which means of scores by
        stratum are added up with."""
        columns = weight_columns(extract)
        if spread and extract.calibration is not None:
            columns[SPREAD] = extract.calibration.spread_weight
        weights = {name: column[rows] for name, column in columns.items()}
        count = len(weights["w"])
        return cls(
            names=tuple(weights),
            columns=ColumnsSummed.of([np.ones(count), *weights.values()], count),
            squared=ColumnsSummed.of([weights[name] for name in SQUARED], count),
        )


def firms_by_cell(cell: Ints, cells: int) -> Floats:
    """(cells, 1) how many rows are in each."""
    return np.bincount(cell, minlength=cells)[:, None].astype(float)


def skipping(extract: Extract, items: Sequence[str], rows: Rows = ALL) -> Ints | None:
    """Which of these rows were asked one of these items and gave no answer; None where that adds no error."""
    masks = [extract.skipped[item][rows] for item in items if item in extract.skipped]
    return np.flatnonzero(np.logical_or.reduce(masks)) if masks else None


def coded_by_cell(
    items: Mapping[str, Coded], weights: WeightsSummed, cell: Ints, cells: int, groups: Sequence[Sequence[str]] = ()
) -> dict[str, dict[str, Floats]]:
    """By item and weight column (and "n", the answers) the sums by cell and code, (cells, K); all of the same rows.
    Each item has a pass of its own but for those of `groups` (`taken_together`)."""
    chosen = groups or [[name] for name in items]

    def added(group: Sequence[str]) -> list[Floats]:
        return weights.columns.by_codes(
            [(items[name].codes, len(items[name].labels) + 1) for name in group], cell, cells
        )

    sums = of_each(added, chosen, len(cell))
    return {
        name: _by_code(each, len(items[name].labels) + 1, weights.names)
        for group, tables in zip(chosen, sums, strict=True)
        for name, each in zip(group, tables, strict=True)
    }


def _by_code(sums: Floats, width: int, names: Sequence[str]) -> dict[str, Floats]:
    """Tables (cell, code) by weight column, without the column of those who did not answer."""
    tables = sums.reshape(-1, width, len(names) + 1)[:, 1:]
    # Each by itself: every later product would jump through memory.
    return dict(zip(("n", *names), np.ascontiguousarray(np.moveaxis(tables, -1, 0)), strict=True))


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
    """Of the rows that were read which answered both of a pair (1 or 0; None = all did), with a - centre and b there
    and 0 elsewhere; None for b stands for 1."""

    answered: Floats | None
    a: Floats
    b: Floats | None
    centre: float

    @property
    def places(self) -> list[int]:
        """Where in its `basis` a - centre, b and 1 stand."""
        return [0, 1, 1] if self.b is None else [0, 1, 2]

    def basis(self, rows: Rows) -> list[Floats]:
        """Of some of these rows a - centre, b (of a mean left out) and 1; 0 where they did not answer."""
        a = self.a[rows]
        one = np.ones(len(a)) if self.answered is None else self.answered[rows]
        return [a, one] if self.b is None else [a, self.b[rows], one]

    def by_cell(self, weights: WeightsSummed, cell: Ints, cells: int) -> PairByCell:
        """Sums over these rows."""

        def linear(times: Floats | None) -> Floats:
            return weights.columns.by(cell, cells, times)

        def square(times: Floats) -> dict[str, Floats]:
            return dict(zip(SQUARED, weights.squared.by(cell, cells, times).T, strict=True))

        one, a, aa = linear(self.answered), linear(self.a), square(self.a * self.a)
        # Of a mean b is 1, and three of the six sums are two: most numbers are asked for by themselves.
        b = one if self.b is None else linear(self.b)
        ab, bb = (
            ({name: _column(each, weights, name) for name in SQUARED} for each in (a, one))
            if self.b is None
            else (square(self.a * self.b), square(self.b * self.b))
        )
        return PairByCell(
            linear={
                name: np.stack([_column(each, weights, name) for each in (a, b, one)], -1) for name in weights.names
            },
            square={name: np.stack([aa[name], ab[name], bb[name]], -1) for name in SQUARED},
            count=np.ascontiguousarray(one[:, :1]),
        )


def _column(sums: Floats, weights: WeightsSummed, name: str) -> Floats:
    # Behind that of the 1.
    return sums[:, 1 + weights.names.index(name)]


def pair_rows(extract: Extract, pair: Pair, rows: Rows = ALL) -> PairRows:
    """The answers of these rows to a pair; an empty denominator stands for 1."""
    a, b = extract.value(pair[0]), extract.value(pair[1]) if pair[1] else None
    known = ~np.isnan(a if b is None else a + b)
    # Ratios are not centred: their score (a - R b) has a mean of 0 by itself. Others about the mean of all that
    # answered, whichever are read.
    centre = float(a[known].mean()) if b is None and known.any() else 0.0
    answered = known[rows]
    first, second = a[rows] - centre, None if b is None else b[rows]
    if answered.all():
        return PairRows(answered=None, a=first, b=second, centre=centre)
    return PairRows(
        answered=answered.astype(float),
        a=np.where(answered, first, 0.0),
        b=None if second is None else np.where(answered, second, 0.0),
        centre=centre,
    )
