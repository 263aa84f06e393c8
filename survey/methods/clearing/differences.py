"""What an earlier cut would tell by subtraction: a figure changes only where enough firms have changed behind it.

Ten more responses of a wave can be one of a stratum. So the difference of a cell to every earlier cut is a figure of
its own, of the firms whose answer, outcome or group is another by now, and protected like one. Where it may not be
shown the old figure stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from survey.methods.arrays import Bools, Floats, Ints, sums_by
from survey.methods.clearing.behind import largest_by
from survey.methods.clearing.content import ClearedCube
from survey.methods.clearing.cube import Cube, Grouping
from survey.methods.clearing.decisions import is_dominated
from survey.methods.clearing.states import NOTHING, FirmStates
from survey.methods.clearing.subjects import Subject
from survey.methods.clearing.thin import thin_differences, thin_relations
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.protection.suppression import Relation, complete_suppression
from survey.register_terms import firm_of


@dataclass(frozen=True, eq=False, kw_only=True)
class EarlierCut:
    """A cut of the same wave that was made before: what it showed, the firms that it rested on, and how each firm of
    the sample counted in response rates (None: not kept)."""

    cube: ClearedCube
    states: FirmStates
    sampled: FirmStates | None = None


def staying(
    cube: Cube, now: FirmStates, before: Sequence[EarlierCut], subjects: Mapping[str, Subject], rule: DisclosureRule
) -> dict[str, frozenset[int]]:
    """By subject the domains whose old figures stay; ``before`` are all earlier cuts of the wave, the oldest first.

    An index stays wherever a part of it does, since it and the other parts would give that one away.
    """
    # Every earlier cut and not the last alone: each of them is public, and can be subtracted from.
    since = [_since(cube, cut, now) for cut in before]
    made: dict[bytes, frozenset[int]] = {}
    found: dict[str, frozenset[int]] = {}
    for code, subject in subjects.items():
        changes = [one.changes(cube, code, subject, now, rule) for one in since if code in one.cut.states.given]
        # Items that the same firms changed share one decision.
        key = b"".join(each.key for each in changes)
        if key not in made:
            made[key] = _staying(cube, changes, rule.threshold)
        found[code] = made[key]
    return {
        code: kept.union(*(found[part] for part in subjects[code].parts)) if subjects[code].parts else kept
        for code, kept in found.items()
    }


@dataclass(frozen=True, eq=False, kw_only=True)
class _Changes:
    """Of one subject since one cut: the firms that changed by domain (D,), where few of them make up most of what an
    amount changed by (D,), the domains whose figures were new in that cut (D,), and which rows (u,) of its places
    changed at all, and whose they are (u,): rows that count as one have one number."""

    firms: Ints
    is_dominated: Bools
    is_source: Bools
    changed: Bools
    firm: Ints
    places: Mapping[Grouping, Ints]

    @property
    def key(self) -> bytes:
        """Tells decisions apart."""
        flags = (self.is_dominated, self.is_source, self.changed)
        return b"".join((self.firms.tobytes(), *(np.packbits(each).tobytes() for each in flags)))


@dataclass(frozen=True, eq=False, kw_only=True)
class _Since:
    """The firms of two cuts (u,), or their local units: their rows in each, -1 = none, whose they are (see `_whose`),
    and by grouping the domains that they were and are in."""

    cut: EarlierCut
    before: Ints
    after: Ints
    firm: Ints
    was: Mapping[Grouping, Ints]
    place: Mapping[Grouping, Ints]

    def changes(self, cube: Cube, code: str, subject: Subject, now: FirmStates, rule: DisclosureRule) -> _Changes:
        """Whose part in the figures of a subject is another now: its answer, that it counts, or its group."""
        old, new = _at(self.cut.states.given[code], self.before), _at(now.given[code], self.after)
        firms, changed = np.zeros(len(cube.domains), np.int64), old != new
        dominated = np.zeros(len(firms), bool)
        for grouping, place in self.place.items():
            moved = self.was[grouping] != place
            gone, come = moved & (old != NOTHING), (old != new) & ~moved | moved & (new != NOTHING)
            changed = changed | gone | come
            where = np.concatenate([self.was[grouping][gone], place[come]])
            firms += _firms_by(where, np.concatenate([self.firm[gone], self.firm[come]]), len(firms))
        for column in subject.amounts:
            dominated |= self._dominated(column, now, len(firms), rule)
        # A figure that had stayed in that cut is of an older one, against which it is held as well.
        kept = self.cut.cube.kept.get(code, frozenset())
        is_source = np.array([domain not in kept for domain in cube.domains], bool)
        return _Changes(firms=firms, is_dominated=dominated, is_source=is_source, changed=changed,
                        firm=self.firm, places=self.place)  # fmt: skip

    def _dominated(self, column: str, now: FirmStates, size: int, rule: DisclosureRule) -> Bools:
        """(D,) where what an amount changed by is nearly all that of few firms."""
        old, new = (
            np.append(states.amounts.get(column, np.zeros(len(states.key))), 0.0)[rows]
            for states, rows in ((self.cut.states, self.before), (now, self.after))
        )
        found = np.zeros(size, bool)
        for grouping, place in self.place.items():
            moved = self.was[grouping] != place
            amount = np.abs(np.where(moved, new, new - old))
            parts = [(place, amount), (self.was[grouping][moved], np.abs(old[moved]))]
            where, amounts = (np.concatenate(each) for each in zip(*parts, strict=True))
            inside = (where >= 0) & (amounts > 0)
            firm = np.concatenate([self.firm, self.firm[moved]])
            largest = largest_by(*_summed(where[inside], firm[inside], amounts[inside]), size)
            total = sums_by(where[inside], amounts[inside], size)
            found |= (total > 0) & is_dominated(total, largest, largest, rule)
        return found


def _staying(cube: Cube, changes: Sequence[_Changes], threshold: int) -> frozenset[int]:
    if not changes:
        return frozenset()
    table = np.array([each.firms for each in changes])
    source = np.array([each.is_source for each in changes])
    least = np.where(source, table, np.iinfo(np.int64).max).min(axis=0)
    most = np.where(source, table, 0).max(axis=0)
    dominated = (source & np.array([each.is_dominated for each in changes])).any(axis=0)
    few = ((least < threshold) | dominated) & (most > 0)
    thin = [
        one for each in changes for one in thin_differences(cube, each.changed, threshold, each.places, unit=each.firm)
    ]
    start = len(cube.domains)

    def is_safe(relation: Relation, parts: Sequence[int]) -> bool:
        together = sum(int(least[part]) if part < start else thin[part - start].firms for part in parts)
        return together >= threshold

    primary = {*np.flatnonzero(few).tolist(), *(start + number for number, one in enumerate(thin) if one.firms)}
    # Back at an old state the difference to that cut is nothing, and to a later one something: such a domain counts.
    firms = np.where(least > 0, least, most)
    extra = complete_suppression(
        [*firms.tolist(), *(one.firms for one in thin)],
        primary,
        [*cube.relations, *thin_relations(thin, start)],
        is_safe,
    )
    # Where nobody changed, weights may have: the same answers under two sets of weights tell more than one.
    same = np.flatnonzero(most == 0).tolist()
    return frozenset(number for number in {*primary, *extra, *same} if number < start)


def _since(cube: Cube, cut: EarlierCut, now: FirmStates) -> _Since:
    keys = list(dict.fromkeys((*cut.states.key, *now.key)))
    before, after = (_rows(keys, states.key) for states in (cut.states, now))
    was = {grouping: _places(cube, grouping, cut.states, before) for grouping in cube.places}
    place = {grouping: _places(cube, grouping, now, after) for grouping in cube.places}
    # A firm that is in one of the cuts only was and is in the group that this one tells.
    return _Since(
        cut=cut,
        before=before,
        after=after,
        firm=_whose(keys, ((cut.states, before), (now, after))),
        was={grouping: np.where(before >= 0, was[grouping], place[grouping]) for grouping in cube.places},
        place={grouping: np.where(after >= 0, place[grouping], was[grouping]) for grouping in cube.places},
    )


def _whose(keys: Sequence[str], known: Sequence[tuple[FirmStates, Ints]]) -> Ints:
    """(u,) whose each row is: local units of a firm have one number, and firms that either cut knew as one enterprise
    group, since these know one another and subtract each its own."""
    firm: Ints = np.unique(np.array([firm_of(key) for key in keys], np.str_), return_inverse=True)[1]
    size, ties = int(firm.max(initial=-1)) + 1, []
    for states, rows in known:
        if states.enterprise is not None:
            group = np.append(states.enterprise, -1)[rows]
            # Groups stand behind the firms, those of each cut for themselves: numbers are of one cut.
            ties.append((firm[group >= 0], size + group[group >= 0]))
            size += int(group.max(initial=-1)) + 1
    if not ties:
        return firm
    tied, to = (np.concatenate(each) for each in zip(*ties, strict=True))
    graph = sparse.coo_array((np.ones(len(tied)), (tied, to)), shape=(size, size))
    return np.asarray(csgraph.connected_components(graph, directed=False)[1], np.int64)[firm]


def _firms_by(where: Ints, firm: Ints, size: int) -> Ints:
    """(D,) how many firms are ``where`` a row of theirs is, -1 being nowhere."""
    numbers = int(firm.max(initial=0)) + 1
    pairs = np.unique(where[where >= 0] * numbers + firm[where >= 0])
    return np.bincount(pairs // numbers, minlength=size)


def _summed(where: Ints, firm: Ints, amounts: Floats) -> tuple[Ints, Floats]:
    """Domain and amount of each firm in each domain."""
    numbers = int(firm.max(initial=0)) + 1
    pairs, own = np.unique(where * numbers + firm, return_inverse=True)
    return pairs // numbers, np.asarray(np.bincount(own, weights=amounts, minlength=len(pairs)), float)


def _rows(keys: Sequence[str], own: Sequence[str]) -> Ints:
    row = {key: number for number, key in enumerate(own)}
    return np.array([row.get(key, -1) for key in keys], np.int64)


def _at(values: NDArray[np.uint32], rows: Ints) -> NDArray[np.uint32]:
    return np.append(values, np.uint32(NOTHING))[rows]


def _places(cube: Cube, grouping: Grouping, states: FirmStates, rows: Ints) -> Ints:
    """(u,) the domain of each firm by the groups of its cut; -1 where this cube has none."""
    values = [states.groups.get(code) for code in grouping]
    if any(value is None for value in values):
        return np.full(len(rows), -1, np.int64)
    own = [tuple(zip(grouping, each, strict=True)) for each in zip(*values, strict=True)] if values else []
    numbers = [cube.number.get(domain, -1) for domain in own] if grouping else [cube.number[()]] * len(states.key)
    return np.append(np.array(numbers, np.int64), -1)[rows]
