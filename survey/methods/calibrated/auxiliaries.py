"""Auxiliary variables of a calibration: categorical margins kept as patterns, numeric variables as columns.

Units with the same categories share one row of dummies (a pattern), so the products below cost one pass over the
units and no n x p matrix is ever built.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from survey.methods.arrays import Floats, Ints, Rows
from survey.methods.errors import MarginMismatch, MissingValue, WrongShape


@dataclass(frozen=True, eq=False, kw_only=True)
class Margin:
    """A categorical margin: the category of each unit and the population count of each category."""

    name: str
    values: Sequence[str] | NDArray[Any]
    targets: Mapping[str, float]


@dataclass(frozen=True, eq=False, kw_only=True)
class CodedMargin:
    """The same margin of many units: the number of each unit's category in `labels`, and the count of each label."""

    name: str
    values: Ints
    labels: tuple[str, ...]
    counts: Floats

    @property
    def targets(self) -> dict[str, float]:
        return dict(zip(self.labels, self.counts.tolist(), strict=True))


@dataclass(frozen=True, eq=False, kw_only=True)
class Auxiliaries:
    """x of every unit as (dummies of its pattern, numeric columns), and the population totals of x.

    names (p,), patterns (C, p_c) dummies, pattern (n,) row of `patterns` of each unit, numeric (n, p_n), totals (p,).
    """

    names: tuple[str, ...]
    patterns: Floats
    pattern: Ints
    numeric: Floats
    totals: Floats

    def sums(self, v: Floats) -> Floats:
        """X'v, the total of v*x: (p,) for v of shape (n,)."""
        by_pattern = np.bincount(self.pattern, v, len(self.patterns))
        return np.concatenate([self.patterns.T @ by_pattern, self.numeric.T @ v])

    def gram(self, v: Floats) -> Floats:
        """X' diag(v) X, (p, p)."""
        by_pattern = np.bincount(self.pattern, v, len(self.patterns))
        corner = self.patterns.T @ (by_pattern[:, None] * self.patterns)
        # Numeric columns are few: one pass over the units for each, beside one for all dummies together.
        columns = [np.bincount(self.pattern, v * x, len(self.patterns)) for x in self.numeric.T]
        side = self.patterns.T @ np.array(columns).reshape(len(columns), len(self.patterns)).T
        return np.block([[corner, side], [side.T, self.numeric.T @ (v[:, None] * self.numeric)]])

    def quadratic(self, matrix: Floats) -> Floats:
        """x' matrix x of every unit, (n,), for a symmetric matrix (p, p)."""
        split = self.patterns.shape[1]
        by_pattern = ((self.patterns @ matrix[:split, :split]) * self.patterns).sum(axis=1)
        # Twice, for the two blocks of the symmetric matrix between dummies and numeric columns.
        crossed = 2 * (self.patterns @ matrix[:split, split:])[self.pattern] + self.numeric @ matrix[split:, split:]
        return np.asarray(by_pattern[self.pattern] + (crossed * self.numeric).sum(axis=1), float)

    def quadratic_within(self, matrix: Floats, weight: Floats, group: Ints, groups: int) -> Floats:
        """(x - m)' matrix (x - m) of every unit, (n,), m the weighted mean of x in its group (n,)."""
        mean = self.group_means(weight, group, groups)
        split, turned = self.patterns.shape[1], mean @ matrix
        # (x - m)'A(x - m) = x'Ax - 2 m'Ax + m'Am, m'Ax from a table by group and pattern: no n x p matrix.
        crossed = (turned[:, :split] @ self.patterns.T)[group, self.pattern]
        crossed = crossed + (turned[:, split:][group] * self.numeric).sum(axis=1)
        own: Floats = (turned * mean).sum(axis=1)[group]
        return np.asarray(np.maximum(self.quadratic(matrix) - 2 * crossed + own, 0.0), float)

    def group_means(self, weight: Floats, group: Ints, groups: int) -> Floats:
        """(groups, p) weighted means of x; 0 of a group without weight."""
        size, width = np.bincount(group, weight, groups), len(self.patterns)
        place = group.astype(np.int64) * width + self.pattern
        dummies = np.bincount(place, weight, groups * width).reshape(groups, width) @ self.patterns
        numeric = [np.bincount(group, weight * x, groups) for x in self.numeric.T]
        sums = np.column_stack([dummies, *numeric])
        return np.asarray(sums / np.where(size == 0, 1.0, size)[:, None], float)

    def fitted(self, beta: Floats) -> Floats:
        """x'beta of every unit, (n,) or (n, k)."""
        split = self.patterns.shape[1]
        by_pattern: Floats = self.patterns @ beta[:split]
        return by_pattern[self.pattern] + self.numeric @ beta[split:]

    def part(self, rows: Rows) -> "Auxiliaries":
        return replace(self, pattern=self.pattern[rows], numeric=self.numeric[rows])


def auxiliaries(
    margins: Sequence[Margin | CodedMargin],
    numeric: Mapping[str, tuple[Floats, float]] | None = None,
    population_size: float | None = None,
) -> Auxiliaries:
    """Margins and numeric variables (values, population total) as one set of auxiliaries.

    With numeric variables the constant belongs to the auxiliaries, so `population_size` must be given; they are then
    held centred and scaled, which changes no weight and keeps the digits. Raises `MarginMismatch` where categories of
    sample and population differ or margins disagree in their totals, `MissingValue` for a unit without a value.
    """
    rows = _rows(margins, numeric or {})
    blocks = [_dummies(margin) for margin in margins]
    _same_totals(margins, population_size)
    # With two margins the dummies of each add up to 1: the dependence stays and is left to the generalised inverse.
    codes = [block[0] for block in blocks]
    patterns, pattern = _patterns(codes, [len(block[1]) for block in blocks], rows)
    names = [f"{m.name}={label}" for m, block in zip(margins, blocks, strict=True) for label in block[1]]
    totals = [m.targets[label] for m, block in zip(margins, blocks, strict=True) for label in block[1]]
    if not numeric:
        return Auxiliaries(
            names=tuple(names),
            patterns=patterns,
            pattern=pattern,
            numeric=np.empty((rows, 0)),
            totals=np.array(totals, float),
        )
    if population_size is None:
        raise MissingValue(None, "Numeric auxiliaries need the population size.", "Give population_size.")
    # The constant makes centring harmless: a weight that meets the size and the centred total meets the total.
    columns, sums = _scaled(numeric, population_size)
    patterns = np.column_stack([patterns, np.ones(len(patterns))])
    all_totals = np.array([*totals, population_size, *sums], float)
    return Auxiliaries(
        names=(*names, "size", *numeric), patterns=patterns, pattern=pattern, numeric=columns, totals=all_totals
    )


def _rows(margins: Sequence[Margin | CodedMargin], numeric: Mapping[str, tuple[Floats, float]]) -> int:
    """The number of units, the same in every auxiliary."""
    sizes = {m.name: len(m.values) for m in margins} | {name: len(values) for name, (values, _) in numeric.items()}
    if not sizes:
        raise MissingValue(None, "There is nothing to calibrate to.", "Give a margin or a numeric auxiliary.")
    if len(set(sizes.values())) > 1:
        raise WrongShape(sizes, f"The auxiliaries have different numbers of units: {sizes}.")
    return next(iter(sizes.values()))


def _dummies(margin: Margin | CodedMargin) -> tuple[Ints, list[str]]:
    """Category number of each unit and the category labels that the sample has."""
    for label, target in margin.targets.items():
        if not (np.isfinite(target) and target >= 0):
            raise MarginMismatch(label, f"Margin '{margin.name}' has the target {target} for '{label}'.",
                                 "Give counts of the population, 0 or more.")  # fmt: skip
    codes, found = _categories(margin)
    unknown = sorted(set(found) - set(margin.targets))
    if unknown:
        raise MarginMismatch(unknown[0], f"Margin '{margin.name}' has no target for '{unknown[0]}' of the sample.")
    # No weight on no unit reaches a count above 0; a category that both lack is simply left out.
    empty = [label for label, target in margin.targets.items() if target != 0 and label not in set(found)]
    if empty:
        raise MarginMismatch(empty[0], f"Margin '{margin.name}': the sample has no unit in '{empty[0]}'.")
    return codes.astype(np.intp), found


def _categories(margin: Margin | CodedMargin) -> tuple[Ints, list[str]]:
    if isinstance(margin, CodedMargin):
        present = np.bincount(margin.values, minlength=len(margin.labels)) > 0
        return (np.cumsum(present) - 1)[margin.values], [margin.labels[k] for k in np.flatnonzero(present).tolist()]
    labels, codes = np.unique(np.asarray(margin.values, dtype=str), return_inverse=True)
    return codes, [str(label) for label in labels]


def _same_totals(margins: Sequence[Margin | CodedMargin], population_size: float | None) -> None:
    totals = {margin.name: sum(margin.targets.values()) for margin in margins}
    if population_size is not None:
        totals["population size"] = population_size
    # Margins of one population have one total. Different ones have no solution at all, which Newton's steps would only
    # report as not converging.
    if totals and max(totals.values()) - min(totals.values()) > 1e-9 * max(map(abs, totals.values())):
        raise MarginMismatch(totals, f"The margins have different totals: {totals}.")


def _patterns(codes: Sequence[Ints], sizes: Sequence[int], rows: int) -> tuple[Floats, Ints]:
    """Distinct combinations of categories as rows of dummies, and the combination of each unit."""
    joint = np.zeros(rows, np.int64)
    for code, size in zip(codes, sizes, strict=True):
        # A number for each combination, so that one sort of numbers finds the distinct ones.
        joint = joint * size + code
    kept, first, pattern = np.unique(joint, return_index=True, return_inverse=True)
    # np.unique knows the first unit of every pattern; its categories are those of the pattern.
    dummies = [np.eye(size)[code[first]] for code, size in zip(codes, sizes, strict=True)]
    return np.column_stack([np.empty((len(kept), 0)), *dummies]), pattern.astype(np.intp)


def _scaled(numeric: Mapping[str, tuple[Floats, float]], size: float) -> tuple[Floats, list[float]]:
    columns, sums = [], []
    for name, (values, total) in numeric.items():
        if not np.isfinite(total):
            raise MissingValue(name, f"The auxiliary '{name}' has the population total {total}.")
        missing = np.flatnonzero(~np.isfinite(values))
        if len(missing):
            raise MissingValue(int(missing[0]), f"Row {missing[0]} has no value of the auxiliary '{name}'.")
        # A constant variable has no spread to divide by.
        centre, scale = float(values.mean()), float(values.std()) or 1.0
        columns.append((values - centre) / scale)
        sums.append((total - centre * size) / scale)
    return np.column_stack(columns), sums
