"""Moments: sums of weights, their squares and products, from which every estimate and its standard error follow.

Per (domain, stratum) and answer code the sums of 1, w and w^2; for numbers also those of wy, wy^2, w^2y, w^2y^2; with
calibrated weights the sums by cell that residuals need. Moments of two parts of the data add up to those of the whole.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.errors import WrongShape
from survey.methods.estimates.design import sampled_fractions_left
from survey.methods.estimates.lonely_strata import TAKE_ALL
from survey.methods.estimates.phases import Phases
from survey.methods.moments.cells import CrossedCells
from survey.methods.moments.projection import Projection

Pair = tuple[str, str]
"""Numerator and denominator of a ratio; an empty denominator stands for 1, which makes it a mean."""
Source = str | Pair
"""What figures are of: a coded item, or a pair of numeric ones."""
MomentTables = Mapping[str, Floats]


def skipped_name(items: Sequence[str]) -> str:
    """Under which the firms that skipped one of the items of a figure are counted."""
    return "/".join(item for item in items if item)


@dataclass(frozen=True, eq=False, kw_only=True)
class Sums:
    """Sums of one item over its basis: by (domain row, stratum, basis), and by (cell, basis) for residuals.

    The basis of a coded item is its codes (their squares are themselves). That of a pair (a, b) is (a - centre, b, 1),
    its squares (aa, ab, bb). `count` counts answers by code, or in a single column; `linear` and `square` hold the
    sums of w and w2 times basis and times squared basis; `cells` one table per weight column and crossing.
    """

    count: Floats
    linear: MomentTables
    square: MomentTables
    cells: Sequence[MomentTables] = ()
    centre: float = 0.0

    def combined(self, other: "Sums", places: Sequence[Callable[[Floats, Floats], Floats]]) -> "Sums":
        """Sum of two parts, with the centre of the first."""
        # Parts have means of their own, and sums can only be added about the same centre.
        moved = other.recentred(self.centre)
        linear, square = _added(self.linear, moved.linear), _added(self.square, moved.square)
        cells = [
            {name: place(one[name], two[name]) for name in one}
            for place, one, two in zip(places, self.cells, moved.cells, strict=True)
        ]
        return Sums(count=self.count + moved.count, linear=linear, square=square, cells=cells, centre=self.centre)

    def recentred(self, centre: float) -> "Sums":
        """The same sums of a - centre: (a + s)b = ab + sb, (a + s)^2 = aa + 2sa + ss with s the shift."""
        shift = self.centre - centre
        # Also spares the rounding that a shift by nothing would leave.
        if shift == 0:
            return self
        square = {name: _shifted_squares(self.square[name], self.linear[name], shift) for name in self.square}
        cells = [{name: _shifted(table, shift) for name, table in tables.items()} for tables in self.cells]
        return Sums(
            count=self.count,
            linear={n: _shifted(t, shift) for n, t in self.linear.items()},
            square=square,
            cells=cells,
            centre=centre,
        )


def _added(one: MomentTables, two: MomentTables) -> dict[str, Floats]:
    return {name: one[name] + two[name] for name in one}


def _shifted(linear: Floats, shift: float) -> Floats:
    a, b, one = np.moveaxis(linear, -1, 0)
    return np.stack([a + shift * one, b, one], -1)


def _shifted_squares(square: Floats, linear: Floats, shift: float) -> Floats:
    aa, ab, bb = np.moveaxis(square, -1, 0)
    a, b, one = np.moveaxis(linear, -1, 0)
    return np.stack([aa + 2 * shift * a + shift**2 * one, ab + shift * b, bb], -1)


@dataclass(frozen=True, eq=False, kw_only=True)
class Moments:
    """Moments of one survey or of a part of it; `+` adds those of another part.

    domains    (name, labels) of each domain variable, whose values are the first axis of every table; everybody stands
               before them, unless left out
    rows       (H,) respondents, in whatever domain
    crossings  the cells behind residuals, only with calibrated weights
    skipped    by item or pair ("a/b") the firms (D, H) that were asked and gave no answer, where these add an error
    """

    strata: tuple[str, ...]
    population: Floats | None
    lonely: str
    domain_lonely: bool
    domains: tuple[tuple[str, tuple[str, ...]], ...]
    rows: Floats
    everybody: bool = True
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    items: Mapping[str, Sums] = field(default_factory=dict)
    pairs: Mapping[Pair, Sums] = field(default_factory=dict)
    crossings: Sequence[CrossedCells] = ()
    projection: Projection | None = None
    phases: Phases | None = None
    skipped: Mapping[str, Floats] = field(default_factory=dict)

    def of(self, source: Source) -> Sums:
        """Those of a coded item or of a pair."""
        return self.items[source] if isinstance(source, str) else self.pairs[source]

    @cached_property
    def units(self) -> Ints:
        """(H,) n_h, respondents per stratum."""
        # Counts travel as floats beside the sums.
        return np.asarray(self.rows.round(), np.intp)

    @cached_property
    def left_out(self) -> Floats:
        """(H,) f_h; raises `PopulationTooSmall`."""
        return sampled_fractions_left(self.units, self.population, self.strata)

    @property
    def degrees_of_freedom(self) -> int:
        """Respondents minus strata that have any."""
        return self.phases.df if self.phases else int(self.units.sum() - (self.units > 0).sum())

    @cached_property
    def certain(self) -> Bools:
        """(H,) strata without sampling error."""
        return self.phases.certain if self.phases else np.asarray(self.left_out < TAKE_ALL, bool)

    @cached_property
    def domain_values(self) -> list[tuple[str, str]]:
        """(variable, value) of each domain row; ("", "") is everybody."""
        everybody = [("", "")] if self.everybody else []
        return [*everybody, *((name, label) for name, labels in self.domains for label in labels)]

    def __add__(self, other: "Moments") -> "Moments":
        """Moments of both parts together; raises `WrongShape` where they are not parts of one survey."""
        _refuse_strangers(self, other)
        whole = [one.joined(two) for one, two in zip(self.crossings, other.crossings, strict=True)]
        places = [_place(*each) for each in zip(self.crossings, other.crossings, whole, strict=True)]
        return replace(
            self,
            rows=self.rows + other.rows,
            items={name: sums.combined(other.items[name], places) for name, sums in self.items.items()},
            pairs={name: sums.combined(other.pairs[name], places) for name, sums in self.pairs.items()},
            crossings=whole,
            projection=self.projection and self.projection.combined(other.projection),
            skipped={name: table + other.skipped[name] for name, table in self.skipped.items()},
        )


def _place(one: CrossedCells, two: CrossedCells, whole: CrossedCells) -> Callable[[Floats, Floats], Floats]:
    return lambda a, b: one.placed(a, whole) + two.placed(b, whole)


def _refuse_strangers(one: Moments, other: Moments) -> None:
    # Numbers of strata and codes mean what they mean in their own extract: added across they would give a wrong figure.
    for what in ("strata", "domains", "everybody", "labels", "lonely", "domain_lonely"):
        if getattr(one, what) != getattr(other, what):
            raise WrongShape(what, f"The parts differ in their {what}.", "Take both parts from one extract.")
    if set(one.pairs) != set(other.pairs) or (one.projection is None) != (other.projection is None):
        raise WrongShape("items", "The parts differ in their items or calibration.", "Ask both for the same items.")
