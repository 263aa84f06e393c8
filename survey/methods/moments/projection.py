"""Residuals of calibrated estimates from sums alone.

The fit of a score on the auxiliaries is level_c + x'slope: one level per pattern of categories, x the numeric
auxiliaries. Sums of u = w (z - fit) and of u^2 then follow from sums by cell: no pass over the units per estimate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.calibrated.calibration import Calibration, generalised_inverse
from survey.methods.moments.cells import CrossedCells, DomainCells


@dataclass(frozen=True, eq=False, kw_only=True)
class Projection:
    """What residuals need beside the item's sums.

    patterns (C, p_c) dummies; gram (p, p) = X'W0X; by stratum and pattern the sums w, w2
    (H, C), and for J numeric auxiliaries wx, w2x (H, C, J), w2xx (H, C, J, J).
    """

    patterns: Floats
    gram: Floats
    w: Floats
    w2: Floats
    wx: Floats
    w2x: Floats
    w2xx: Floats

    @cached_property
    def inverse(self) -> Floats:
        # Categories of several variables always depend on one another (each adds up to 1), so that the plain inverse
        # fails.
        return generalised_inverse(self.gram)

    def residual_sums(
        self,
        u: Floats,
        u2: Floats,
        coefficient: Floats,
        cells: Sequence[Sequence[Mapping[str, Floats]]],
        crossings: Sequence[CrossedCells],
    ) -> tuple[Floats, Floats]:
        """Sums of u and u^2 (I, D, H, S) of residuals, from those of w*z and w^2*z^2, the coefficients (I, D, K, S) of
        the scores z, and of each item the sums by cell in every crossing."""
        # Sums are kept and asked for again, by other statistics and pages.
        u, u2 = u.copy(), u2.copy()
        for position, crossing in enumerate(crossings):
            columns = {name: np.stack([one[position][name] for one in cells], axis=1) for name in cells[0][position]}
            for block in crossing.blocks:
                rows = slice(None), block.rows
                self._subtract_fit(u[rows], u2[rows], coefficient[rows], columns, block)
        return u, u2

    def _subtract_fit(
        self, u: Floats, u2: Floats, coefficient: Floats, tables: Mapping[str, Floats], block: DomainCells
    ) -> None:
        scores = _Scores(coefficient=coefficient, tables=tables, block=block)
        beta = self._coefficients(scores)
        split = self.patterns.shape[1]
        level, slopes = self.patterns @ beta[..., :split, :], beta[..., split:, :]
        # Residual e = z - level - x'slope. Sums of w e, and of w^2 e^2 by expanding the square: each product of two
        # terms is a sum over cells that was made in the pass.
        u -= _through(self.w, level)
        u2 += _through(self.w2, level**2) - 2 * scores.by_stratum_with_level("w2", level)
        if not slopes.shape[-2]:
            return
        wx, w2x, w2xx = self._by_stratum
        u -= wx @ slopes
        strata = len(self.w)
        through = _through(w2x, level)
        for j in range(slopes.shape[-2]):
            slope = slopes[..., j, None, :]
            u2 += 2 * slope * (through[..., j * strata : (j + 1) * strata, :] - scores.by_stratum(f"w2x{j}"))
            u2 += slope * (w2xx[j] @ slopes)

    @cached_property
    def _by_stratum(self) -> tuple[Floats, Floats, Floats]:
        """For J numeric auxiliaries as products read them: wx (H, J), w2x one below the other (J H, C), w2xx (J, H, J).

        Every item reads them, so they are added up once.
        """
        columns = self.wx.shape[2]
        stacked = np.concatenate([self.w2x[..., j] for j in range(columns)])
        return self.wx.sum(axis=1), stacked, np.moveaxis(self.w2xx.sum(axis=1), 1, 0).copy()

    def _coefficients(self, scores: "_Scores") -> Floats:
        """(I, D, p, S) least-squares coefficients from X'W0 z."""
        numeric = [scores.by_domain(f"bx{j}") for j in range(self.wx.shape[2])]
        products = [self.patterns.T @ scores.by_pattern("b"), *numeric]
        return np.asarray(self.inverse @ np.concatenate(products, axis=-2), float)

    def combined(self, other: "Projection | None") -> "Projection":
        """Of two parts together: everything but the patterns adds up."""
        assert other is not None
        names = [one.name for one in fields(self) if one.name != "patterns"]
        return replace(self, **{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, eq=False, kw_only=True)
class _Scores:
    """The scores of I items with equally many codes in one block of domain rows, as coefficients (I, D, K, S) on their
    sums by cell (cells, I, K)."""

    coefficient: Floats
    tables: Mapping[str, Floats]
    block: DomainCells

    def by_pattern(self, column: str) -> Floats:
        """(I, D, C, S) sums of a weight column times score by pattern."""
        return self._scored(self.block.by_pattern(self._side_by_side(column)))

    def by_stratum(self, column: str) -> Floats:
        """(I, D, H, S) the same by stratum."""
        return self._scored(self.block.by_stratum(self._side_by_side(column)))

    def by_domain(self, column: str) -> Floats:
        """(I, D, 1, S) the same by domain row."""
        return self._scored(self.block.by_stratum(self._side_by_side(column)).sum(axis=1, keepdims=True))

    def by_stratum_with_level(self, column: str, level: Floats) -> Floats:
        """(I, D, H, S) sums by stratum of column times score times the level (I, D, C, S) of the pattern."""
        table = np.moveaxis(self.tables[column][self.block.cells], 1, 0)
        found = np.empty((*table.shape[:2], self.coefficient.shape[-1]))
        for row, span in enumerate(self.block.spans):
            np.matmul(table[:, span], self.coefficient[:, row], out=found[:, span])
        found *= level[:, self.block.domain, self.block.pattern]
        items, cells, statistics = found.shape
        flat = np.moveaxis(found, 0, 1).reshape(cells, items * statistics)
        added = self.block.by_stratum(flat)
        return np.moveaxis(added.reshape(*added.shape[:2], items, statistics), 2, 0)

    def _scored(self, added: Floats) -> Floats:
        """Sums (D, G, I K) by domain row and group as those of scores (I, D, G, S)."""
        by_item = np.moveaxis(added.reshape(*added.shape[:2], len(self.coefficient), -1), 2, 0)
        return np.asarray(by_item @ self.coefficient, float)

    def _side_by_side(self, column: str) -> Floats:
        """(cells of the block, I K) sums by code of all items."""
        table = self.tables[column][self.block.cells]
        return table.reshape(len(table), -1)


def _through(sums: Floats, level: Floats) -> Floats:
    """sum_c sums (H, C) * level (..., C, S) = (..., H, S)."""
    return np.asarray(sums @ level, float)


def projection_of(calibration: Calibration, weight: Floats, stratum: Ints, strata: int) -> Projection:
    """The sums of one part of the data."""
    x, w2 = calibration.auxiliaries, calibration.spread_weight**2
    patterns, columns = len(x.patterns), list(x.numeric.T)
    place = stratum.astype(np.int64) * patterns + x.pattern
    empty = np.zeros((strata, patterns, 0))

    def summed(values: Floats) -> Floats:
        return np.asarray(np.bincount(place, values, strata * patterns), float).reshape(strata, patterns)

    def by_column(factor: Floats) -> Floats:
        return np.stack([summed(factor * one) for one in columns], -1) if columns else empty

    return Projection(
        patterns=x.patterns,
        gram=x.gram(calibration.base_weight),
        w=summed(weight),
        w2=summed(w2),
        wx=by_column(weight),
        w2x=by_column(w2),
        w2xx=np.stack([by_column(w2 * one) for one in columns], -1) if columns else empty[..., None],
    )
