"""Residuals of calibrated estimates from sums alone.

The fit of a score on the auxiliaries is b_g + x'beta, b_g one number per group and x the numeric auxiliaries. Sums of
u = w (z - fit) and of u^2 then follow from sums over groups: no pass over the units per estimate.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.auxiliaries import Auxiliaries
from survey.methods.calibration import Calibration, generalised_inverse

Joined = Callable[[Floats, Floats, int], Floats]


@dataclass(frozen=True, eq=False)
class Projection:
    """What residuals need beside the item's sums.

    patterns (C, p_c) dummies; gram (p, p) = X'W0X; by group: w, w2 (G,), wx, w2x (G, J), w2xx (G, J, J).
    """

    patterns: Floats
    group: Ints
    gram: Floats
    w: Floats
    w2: Floats
    wx: Floats
    w2x: Floats
    w2xx: Floats

    @property
    def numeric(self) -> int:
        return int(self.wx.shape[1])

    @cached_property
    def pattern(self) -> Ints:
        """(G,) pattern of each group."""
        return self.group % len(self.patterns)

    @cached_property
    def inverse(self) -> Floats:
        return generalised_inverse(self.gram)

    def residual_sums(
        self, sums: Floats, squares: Floats, linear: Mapping[str, Floats], coefficient: Floats
    ) -> tuple[Floats, Floats]:
        """Sums of u and u^2 (D, G, S) of residuals, from those of w*z and w^2*z^2 and the item's `linear` sums."""
        beta = self._coefficients(linear, coefficient)
        split = self.patterns.shape[1]
        level = (self.patterns @ beta[:, :split])[:, self.pattern]
        z2 = linear["w2"] @ coefficient
        sums = sums - level * self.w[:, None]
        squares = squares - 2 * level * z2 + level**2 * self.w2[:, None]
        slopes = beta[:, split:]
        for j in range(self.numeric):
            slope = slopes[:, j, None]
            sums = sums - slope * self.wx[:, j, None]
            squares = squares - 2 * slope * (linear[f"w2x{j}"] @ coefficient)
            squares = squares + 2 * level * slope * self.w2x[:, j, None]
            for i in range(self.numeric):
                squares = squares + slopes[:, i, None] * slope * self.w2xx[:, i, j, None]
        return sums, squares

    def _coefficients(self, linear: Mapping[str, Floats], coefficient: Floats) -> Floats:
        """(D, p, S) least-squares coefficients from X'W0 z."""
        base = linear["b"] @ coefficient
        by_pattern = np.zeros((len(base), len(self.patterns), base.shape[2]))
        np.add.at(by_pattern.transpose(1, 0, 2), self.pattern, base.transpose(1, 0, 2))
        products = [self.patterns.T @ by_pattern]
        products += [(linear[f"bx{j}"] @ coefficient).sum(axis=1)[:, None] for j in range(self.numeric)]
        return np.asarray(self.inverse @ np.concatenate(products, axis=1), float)

    def combined(self, other: "Projection | None", place: Joined) -> "Projection":
        """Of two parts together."""
        assert other is not None
        joined = {name: place(getattr(self, name), getattr(other, name), 0) for name in BY_GROUP}
        group = np.union1d(self.group, other.group)
        return Projection(self.patterns, group, self.gram + other.gram, **joined)


BY_GROUP = ("w", "w2", "wx", "w2x", "w2xx")


def projection_of(calibration: Calibration, weight: Floats, group: Ints, groups: Ints) -> Projection:
    """The group sums of one part: `group` (n,) is the position of each unit in the group numbers `groups` (G,)."""
    x: Auxiliaries = calibration.auxiliaries
    size, numeric = len(groups), x.numeric.shape[1]

    def by_group(values: Floats) -> Floats:
        return np.asarray(np.bincount(group, values, size), float)

    w2 = weight**2
    return Projection(
        patterns=x.patterns,
        group=groups,
        gram=x.gram(calibration.base_weight),
        w=by_group(weight),
        w2=by_group(w2),
        wx=np.array([by_group(weight * column) for column in x.numeric.T]).reshape(numeric, size).T,
        w2x=np.array([by_group(w2 * column) for column in x.numeric.T]).reshape(numeric, size).T,
        w2xx=np.array([[by_group(w2 * a * b) for a in x.numeric.T] for b in x.numeric.T])
        .reshape(numeric, numeric, size)
        .transpose(2, 0, 1),
    )
