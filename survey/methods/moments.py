"""Moments: sums of weights, their squares and products, from which every estimate and its standard error follow.

Per (domain, group) and answer code the sums of 1, w and w^2; for numbers also those of wy, wy^2, w^2y, w^2y^2. A group
is a stratum, or with calibrated weights the units of a stratum with the same categories. Moments of two parts of the
data add up to those of the whole. Chambers and Skinner 2003 give the linearisation that reduces to them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.design import sampled_fractions_left
from survey.methods.errors import WrongShape
from survey.methods.projection import Projection

Pair = tuple[str, str]
"""Numerator and denominator of a ratio; an empty denominator stands for 1, which makes it a mean."""


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums of one item by (domain row, group, basis): of each weight column times basis, and times squared basis.

    The basis of a coded item is its codes (their squares are themselves). That of a pair (a, b) is (a - centre, b, 1),
    its squares (aa, ab, bb). `count` counts answers by code, or in a single column.
    """

    count: Floats
    linear: Mapping[str, Floats]
    square: Mapping[str, Floats]
    centre: float = 0.0

    def combined(self, other: "Sums", place: "Placement") -> "Sums":
        """Sum of two parts, both moved to common groups and to the centre of the first."""
        moved = other.recentred(self.centre)
        linear = {name: place(self.linear[name], moved.linear[name]) for name in self.linear}
        coded = self.square is self.linear
        square = linear if coded else {name: place(self.square[name], moved.square[name]) for name in self.square}
        return Sums(place(self.count, moved.count), linear, square, self.centre)

    def recentred(self, centre: float) -> "Sums":
        """The same sums of a - centre: (a + s)b = ab + sb, (a + s)^2 = aa + 2sa + ss with s the shift."""
        shift = self.centre - centre
        if shift == 0:
            return self
        linear = {
            name: sums + np.stack([shift * sums[..., 2], *[0 * sums[..., 2]] * 2], -1)
            for name, sums in self.linear.items()
        }
        square = {
            name: np.stack(
                [
                    sums[..., 0] + 2 * shift * self.linear[name][..., 0] + shift**2 * self.linear[name][..., 2],
                    sums[..., 1] + shift * self.linear[name][..., 1],
                    sums[..., 2],
                ],
                -1,
            )
            for name, sums in self.square.items()
        }
        return Sums(self.count, linear, square, centre)


@dataclass(frozen=True, eq=False)
class Placement:
    """Adds tables of two parts whose groups differ; the group is axis 1 (or 0 of a table without domains)."""

    groups: int
    first: Ints
    second: Ints

    def __call__(self, a: Floats, b: Floats, axis: int = 1) -> Floats:
        added = np.zeros((*a.shape[:axis], self.groups, *a.shape[axis + 1 :]), a.dtype)
        by_group = np.moveaxis(added, axis, 0)
        by_group[self.first] += np.moveaxis(a, axis, 0)
        by_group[self.second] += np.moveaxis(b, axis, 0)
        return added


@dataclass(frozen=True, eq=False)
class Moments:
    """Moments of one survey or of a part of it; `+` adds those of another part.

    domains  (name, labels) of each domain variable; the first axis of every table is everybody, then their values
    group    (G,) sorted group numbers, stratum * patterns + pattern
    rows     (D, G) respondents
    """

    strata: tuple[str, ...]
    population: Floats | None
    lonely: str
    domain_lonely: bool
    domains: tuple[tuple[str, tuple[str, ...]], ...]
    group: Ints
    rows: Floats
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    items: Mapping[str, Sums] = field(default_factory=dict)
    pairs: Mapping[Pair, Sums] = field(default_factory=dict)
    projection: Projection | None = None

    @cached_property
    def stratum(self) -> Ints:
        """(G,) stratum of each group."""
        return self.group // (1 if self.projection is None else len(self.projection.patterns))

    @cached_property
    def units(self) -> Ints:
        """(H,) n_h, respondents per stratum."""
        return self.by_stratum(self.rows[0]).round().astype(np.intp)

    @cached_property
    def left_out(self) -> Floats:
        """(H,) f_h; raises `PopulationTooSmall`."""
        return sampled_fractions_left(self.units, self.population, self.strata)

    @property
    def degrees_of_freedom(self) -> int:
        """Respondents minus strata that have any."""
        return int(self.units.sum() - (self.units > 0).sum())

    @property
    def domain_values(self) -> list[tuple[str, str]]:
        """(variable, value) of each domain row; ("", "") is everybody."""
        return [("", ""), *((name, label) for name, labels in self.domains for label in labels)]

    def by_stratum(self, table: Floats) -> Floats:
        """A table with groups on the last axis, summed to strata."""
        if self.projection is None:
            return table
        indicator = (self.stratum[:, None] == np.arange(len(self.strata))).astype(float)
        return np.asarray(table @ indicator, float)

    def __add__(self, other: "Moments") -> "Moments":
        """Moments of both parts together; raises `WrongShape` where they are not parts of one survey."""
        _refuse_strangers(self, other)
        group = np.union1d(self.group, other.group)
        place = Placement(len(group), np.searchsorted(group, self.group), np.searchsorted(group, other.group))
        return replace(
            self,
            group=group,
            rows=place(self.rows, other.rows),
            items={name: sums.combined(other.items[name], place) for name, sums in self.items.items()},
            pairs={name: sums.combined(other.pairs[name], place) for name, sums in self.pairs.items()},
            projection=self.projection and self.projection.combined(other.projection, place),
        )


def _refuse_strangers(one: Moments, other: Moments) -> None:
    for what in ("strata", "domains", "labels", "lonely", "domain_lonely"):
        if getattr(one, what) != getattr(other, what):
            raise WrongShape(what, f"The parts differ in their {what}.", "Take both parts from one extract.")
    if set(one.pairs) != set(other.pairs) or (one.projection is None) != (other.projection is None):
        raise WrongShape("items", "The parts differ in their items or calibration.", "Ask both for the same items.")


def add_up(parts: Sequence[Moments]) -> Moments:
    """Moments of the whole from those of its parts."""
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + part
    return whole
