"""Who stands behind the figures of a domain: firms, units that count as one, and how much the largest carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from survey.instrument.plan.plan import MOST_DOMINANT
from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.clearing.cube import Cube
from survey.methods.collected import Collected


@dataclass(frozen=True, eq=False, kw_only=True)
class Units:
    """What outsiders know of the rows of an extract.

    unit      (n,) number of the unit of each row: firms of one enterprise group are one, since they know one another
    consents  (n,) whether the firm consented to be shown
    """

    unit: Ints
    consents: Bools


def units_of(collected: Collected, rows: int) -> Units:
    """The units of ``rows`` of an extract, of which those of the respondents stand first."""
    unit, consents = np.arange(rows), np.zeros(rows, bool)
    answered = len(collected.respondents)
    if collected.enterprise is not None:
        group = collected.enterprise[collected.respondents]
        # Numbers of enterprises begin where those of the rows end; -1 is a firm of its own.
        unit[:answered] = np.where(group >= 0, rows + group, unit[:answered])
    if collected.consents is not None:
        consents[:answered] = collected.consents[collected.respondents]
    return Units(unit=unit, consents=consents)


@dataclass(frozen=True, eq=False, kw_only=True)
class Behind:
    """Per domain (D,) or (D, MOST_DOMINANT): units and those of them that did not all consent; the total of weighted
    amounts; the largest amounts of all units, and those of units that did not consent, descending."""

    units: Ints
    guarded: Ints
    total: Floats
    largest: Floats
    largest_guarded: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class Together:
    """Units of several domains at once; `each` (D,) are those of single ones."""

    cube: Cube
    units: Units
    answered: Bools
    each: Ints

    @cached_property
    def are_firms(self) -> bool:
        """Whether every firm is a unit, so that domains without a firm in common add up."""
        return len(np.unique(self.units.unit)) == len(self.units.unit)

    def count(self, domains: Sequence[int]) -> int:
        """The units of all of these domains, one that stands in several of them once."""
        if self.are_firms:
            return int(self.each[list(domains)].sum())
        inside = np.zeros(len(self.answered), bool)
        for number in domains:
            grouping = tuple(variable for variable, _value in self.cube.domains[number])
            inside |= self.cube.places[grouping] == number
        # Firms of one group may stand in several domains, where adding up would count the group more than once.
        return len(np.unique(self.units.unit[inside & self.answered]))


def behind(cube: Cube, units: Units, answered: Bools, amount: Floats, weighted: Floats) -> Behind:
    """Who stands behind a sum over the rows that ``answered``; ``amount`` of each, and what it adds ``weighted``."""
    rows = np.flatnonzero(answered)
    size = len(cube.domains)
    count, guarded, total = (np.zeros(size) for _ in range(3))
    tops, tops_guarded = np.zeros((size, MOST_DOMINANT)), np.zeros((size, MOST_DOMINANT))
    for place in cube.places.values():
        inside = rows[place[rows] >= 0]
        domain, amounts, consents = _by_unit(place[inside], units.unit[inside], amount[inside], units.consents[inside])
        count += np.bincount(domain, minlength=size)
        guarded += np.bincount(domain[~consents], minlength=size)
        total += sums_by(place[inside], weighted[inside], size)
        tops += largest_by(domain, amounts, size)
        tops_guarded += largest_by(domain[~consents], amounts[~consents], size)
    return Behind(
        units=count.astype(int), guarded=guarded.astype(int), total=total, largest=tops, largest_guarded=tops_guarded
    )


def behind_each(cube: Cube, units: Units, answered: Bools, amount: Floats, weighted: Floats) -> Behind:
    """The same of several data sets at once, amounts (W, n), by data set: totals (W, D), the largest (W, D,
    MOST_DOMINANT); units are those of all of them (D,)."""
    rows, size = np.flatnonzero(answered), len(cube.domains)
    count, guarded = np.zeros(size, int), np.zeros(size, int)
    total = np.zeros((len(amount), size))
    tops, tops_guarded = (np.zeros((len(amount), size, MOST_DOMINANT)) for _ in range(2))
    for place in cube.places.values():
        inside = rows[place[rows] >= 0]
        order = inside[np.lexsort((units.unit[inside], place[inside]))]
        if not len(order):
            continue
        domain, unit = place[order], units.unit[order]
        starts = np.flatnonzero(np.append(True, (domain[1:] != domain[:-1]) | (unit[1:] != unit[:-1])))
        of_units = np.add.reduceat(amount[:, order], starts, axis=1)
        agrees = np.logical_and.reduceat(units.consents[order], starts)
        each, first = np.unique(domain[starts], return_index=True)
        total[:, each] = np.add.reduceat(weighted[:, order], starts[first], axis=1)
        for number, start, end in zip(each.tolist(), first.tolist(), [*first.tolist()[1:], len(starts)], strict=True):
            own, asks = of_units[:, start:end], ~agrees[start:end]
            count[number], guarded[number] = end - start, asks.sum()
            tops[:, number] = _largest(own)
            tops_guarded[:, number] = tops[:, number] if asks.all() else _largest(own[:, asks])
    return Behind(units=count, guarded=guarded, total=total, largest=tops, largest_guarded=tops_guarded)


def _largest(amounts: Floats) -> Floats:
    """(W, MOST_DOMINANT) the largest of each row, descending, 0 beyond their number."""
    found = np.zeros((len(amounts), MOST_DOMINANT))
    few = -np.sort(-amounts, axis=1)[:, :MOST_DOMINANT]
    found[:, : few.shape[1]] = few
    return found


def _by_unit(domain: Ints, unit: Ints, amount: Floats, consents: Bools) -> tuple[Ints, Floats, Bools]:
    """Domain, amount and consent of each unit in each domain; a unit consents where all of its firms do."""
    # Units of a domain side by side, so that reduceat adds up each in one pass.
    order = np.lexsort((unit, domain))
    domain, unit, amount, consents = domain[order], unit[order], amount[order], consents[order]
    new = np.ones(len(domain), bool)
    new[1:] = (domain[1:] != domain[:-1]) | (unit[1:] != unit[:-1])
    starts = np.flatnonzero(new)
    return domain[starts], np.add.reduceat(amount, starts), np.logical_and.reduceat(consents, starts)


def largest_by(domain: Ints, amount: Floats, size: int) -> Floats:
    """(size, MOST_DOMINANT) largest amounts of each domain, descending, 0 beyond their number."""
    order = np.lexsort((-amount, domain))
    sorted_, values = domain[order], amount[order]
    # The rank within its domain: the own place less that of the domain's first.
    place = np.arange(len(sorted_)) - np.searchsorted(sorted_, sorted_)
    found = np.zeros((size, MOST_DOMINANT))
    kept = place < MOST_DOMINANT
    found[sorted_[kept], place[kept]] = values[kept]
    return found
