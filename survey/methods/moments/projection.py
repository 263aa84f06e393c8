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
from survey.methods.moments.cells import Crossing, DomainCells


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
        return generalised_inverse(self.gram)

    def residual_sums(
        self,
        u: Floats,
        u2: Floats,
        coefficient: Floats,
        cells: Sequence[Mapping[str, Floats]],
        crossings: Sequence[Crossing],
    ) -> tuple[Floats, Floats]:
        """Sums of u and u^2 (D, H, S) of residuals, from those of w*z and w^2*z^2, the coefficients (D, K, S) of the
        scores z, and the item's sums by cell."""
        u, u2 = u.copy(), u2.copy()
        for crossing, tables in zip(crossings, cells, strict=True):
            for block in crossing.blocks:
                self._subtract_fit(u[block.rows], u2[block.rows], coefficient[block.rows], tables, block)
        return u, u2

    def _subtract_fit(
        self, u: Floats, u2: Floats, coefficient: Floats, tables: Mapping[str, Floats], block: DomainCells
    ) -> None:
        scores = _Scores(coefficient=coefficient, tables=tables, block=block)
        beta = self._coefficients(scores)
        split = self.patterns.shape[1]
        level, slopes = self.patterns @ beta[:, :split], beta[:, split:]
        # Residual e = z - level - x'slope. Sums of w e, and of w^2 e^2 by expanding the square: each product of two
        # terms is a sum over cells that was made in the pass.
        u -= _through(self.w, level)
        u2 += _through(self.w2, level**2) - 2 * scores.by_stratum_with_level("w2", level)
        if not slopes.shape[1]:
            return
        wx, w2x, w2xx = self._by_stratum
        u -= wx @ slopes
        strata = len(self.w)
        through = _through(w2x, level)
        for j in range(slopes.shape[1]):
            slope = slopes[:, j, None]
            u2 += 2 * slope * (through[:, j * strata : (j + 1) * strata] - scores.by_stratum(f"w2x{j}"))
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
        """(D, p, S) least-squares coefficients from X'W0 z."""
        numeric = [scores.by_domain(f"bx{j}") for j in range(self.wx.shape[2])]
        products = [self.patterns.T @ scores.by_pattern("b"), *numeric]
        return np.asarray(self.inverse @ np.concatenate(products, axis=1), float)

    def combined(self, other: "Projection | None") -> "Projection":
        """Of two parts together: everything but the patterns adds up."""
        assert other is not None
        names = [one.name for one in fields(self) if one.name != "patterns"]
        return replace(self, **{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, eq=False, kw_only=True)
class _Scores:
    """The scores of one item in one block of domain rows, as coefficients on its sums by cell."""

    coefficient: Floats
    tables: Mapping[str, Floats]
    block: DomainCells

    def by_pattern(self, column: str) -> Floats:
        """(D, C, S) sums of a weight column times score by pattern."""
        return np.asarray(self.block.by_pattern(self._table(column)) @ self.coefficient, float)

    def by_stratum(self, column: str) -> Floats:
        """(D, H, S) the same by stratum."""
        return np.asarray(self.block.by_stratum(self._table(column)) @ self.coefficient, float)

    def by_domain(self, column: str) -> Floats:
        """(D, 1, S) the same by domain row."""
        by_domain = self.block.by_stratum(self._table(column)).sum(axis=1, keepdims=True)
        return np.asarray(by_domain @ self.coefficient, float)

    def by_stratum_with_level(self, column: str, level: Floats) -> Floats:
        """(D, H, S) sums by stratum of column times score times the level (D, C, S) of the pattern."""
        table = self._table(column)
        found = np.empty((len(table), self.coefficient.shape[2]))
        for coefficient, span in zip(self.coefficient, self.block.spans, strict=True):
            np.matmul(table[span], coefficient, out=found[span])
        return self.block.by_stratum(found * level[self.block.domain, self.block.pattern])

    def _table(self, column: str) -> Floats:
        """(cells of the block, K) sums by code."""
        return self.tables[column][self.block.cells]


def _through(sums: Floats, level: Floats) -> Floats:
    """sum_c sums (H, C) * level (D, C, S) = (D, H, S)."""
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
