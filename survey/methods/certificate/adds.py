"""What the answers to one item add to each figure: of its own columns, of those derived from it, and of indices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from survey.methods.arrays import Floats, Ints, sums_by
from survey.methods.certificate.answered import Answered
from survey.methods.certificate.effects import effects_of
from survey.methods.estimates.statistics import Asked, CodedStatistic, IndexStatistic
from survey.methods.extract import Extract

Derive = Callable[[Extract], Extract]
"""From collected columns to those of the plan, as production derives them."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Adds:
    """What answers add to one statistic: `above` and `below` (n, K + 1) per unit of `scale` (n,); one row where firms
    do not differ. `offset` (D + 1,) is what the figure of each domain is beside their ratio, nan where it has none."""

    scale: Floats
    above: Floats
    below: Floats
    plain: bool
    offset: Floats | None = None

    @property
    def absolute(self) -> tuple[Floats, Floats]:
        """(n, K + 1) above and below, by firm."""
        return self.scale[:, None] * self.above, self.scale[:, None] * self.below


@dataclass(frozen=True, eq=False, kw_only=True)
class AddsOfItem:
    """What answers to one item add, in the wave of an extract whose columns production derives by `derive`; `place`
    (n, P) is the domain of each firm by each combination of groups, of which there are so many `domains`."""

    extract: Extract
    answered: Answered
    derive: Derive
    place: Ints
    domains: int

    def of(self, asked: Asked) -> Adds | None:
        """What is added to a statistic; None where that is no ratio of sums."""
        if isinstance(asked, IndexStatistic):
            return self._index(asked)
        if isinstance(asked, CodedStatistic) and asked.item in self.answered.columns:
            return self._direct(asked)
        return _from_worlds(self._worlds, asked)

    def _direct(self, asked: CodedStatistic) -> Adds:
        """Of a statistic of the item's own column: points of codes, the same for every firm."""
        row = self.answered.columns.index(asked.item)
        points = asked.by_label(self.extract.items[asked.item].labels)
        # No answer stands behind the others, and outside every base.
        given = np.append(np.append(points, np.nan)[self.answered.codes[row]], np.nan)
        inside = (~np.isnan(given)).astype(float)
        below = np.zeros_like(inside) if asked.total else inside
        # Firms out of scope have weights for the variance, and no part in any figure.
        scale = np.where(self.extract.in_scope, self.extract.weight, 0.0)
        return Adds(scale=scale, above=np.nan_to_num(given)[None, :], below=below[None, :], plain=asked.total)

    def _index(self, asked: IndexStatistic) -> Adds | None:
        """Of an index, whose other parts stay as they are and stand in its offset.

        None where parts of one item count in different bases, by which it is no ratio of two sums.
        """
        own, offset = [], np.full(self.domains + 1, asked.constant)
        for part, weight in asked.parts:
            if self._moves(part):
                own.append((self.of(part), weight))
            else:
                offset = offset + weight * self._figures(part)
        first, weight = own[0]
        if first is None or first.plain:
            return None
        if len(own) == 1:
            return replace(first, above=weight * first.above, offset=offset)
        made = [(each.absolute, weight) for each, weight in own if each is not None]
        (_, below), _ = made[0]
        if any(not np.allclose(other, below) for (_, other), _ in made):
            return None
        above = sum((weight * one for (one, _), weight in made), np.zeros_like(below))
        return replace(_scaled(above, below, plain=False), offset=offset)

    @cached_property
    def _worlds(self) -> list[Extract]:
        """The extracts in which every firm gave each answer, and none at last."""
        # By the code of production itself: written here a second time, a derived column would be proved as it never was
        # shown.
        return [self.derive(self.answered.put(self.extract, k)) for k in [*range(self.answered.different), -1]]

    def _moves(self, part: CodedStatistic) -> bool:
        return part.item in {*self.answered.columns, *self.answered.follow}

    def _figures(self, part: CodedStatistic) -> Floats:
        """(D + 1,) the figures of a part in all domains, nan where nobody answered."""
        found = effects_of(self.extract, part)
        assert found is not None
        assert found.below is not None
        above, below = (
            sum((sums_by(column, side, self.domains + 1) for column in self.place.T), np.zeros(self.domains + 1))
            for side in (found.above, found.below)
        )
        return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)


def _from_worlds(worlds: Sequence[Extract], asked: Asked) -> Adds | None:
    """Of a statistic of other columns: what production derives where every firm gave an answer, answer by answer."""
    effects = [found for world in worlds if (found := effects_of(world, asked)) is not None]
    if not effects:
        return None
    above = np.stack([each.above for each in effects], axis=1)
    plain = effects[0].below is None
    below = np.zeros_like(above) if plain else np.stack([each.below for each in effects], axis=1)  # type: ignore[misc]
    return _scaled(above, below, plain=plain)


def _scaled(above: Floats, below: Floats, *, plain: bool) -> Adds:
    """Sums of firms (n, K + 1) per unit of what each counts for."""
    scale = np.maximum(np.abs(above).max(axis=1), below.max(axis=1))
    unit = np.where(scale > 0, scale, 1.0)[:, None]
    # Rounded, so that firms which add alike but for the last digits are of one kind.
    return Adds(scale=scale, above=np.round(above / unit, 12), below=np.round(below / unit, 12), plain=plain)
