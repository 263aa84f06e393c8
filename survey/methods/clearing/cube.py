"""The closed cube of a cut: every group of firms that has cleared figures, and which of them add up to which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from survey.instrument.plan.plan import Group
from survey.methods.arrays import Ints
from survey.methods.collected import Collected
from survey.methods.extract import Coded, Extract
from survey.methods.protection.suppression import Relation
from survey.methods.tables.derived import REST
from survey.methods.tables.domain import ALL_FIRMS, Domain, Nesting, domain_of, within
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import GroupSource

Grouping = tuple[str, ...]
"""The groups that tell the firms of a domain apart, sorted: none, one, or two that the plan crosses."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Cube:
    """All domains in order, those of one grouping behind one another.

    places   by grouping, (n,) number of the domain that each row of the extract is in, -1 = none
    """

    domains: tuple[Domain, ...]
    places: Mapping[Grouping, Ints]
    nesting: Nesting

    @cached_property
    def number(self) -> dict[Domain, int]:
        """The place of each domain."""
        return {domain: place for place, domain in enumerate(self.domains)}

    @property
    def shown(self) -> tuple[Domain, ...]:
        """The domains of which tables are made: firms that a group leaves over are counted and never shown."""
        return tuple(domain for domain in self.domains if all(value != REST for _variable, value in domain))

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """Every domain as the sum of those that one more group, or a finer one, splits it into."""
        children: dict[tuple[int, str], list[int]] = {}
        for place, domain in enumerate(self.domains):
            for pair in domain:
                for parent in self.above(domain, pair):
                    children.setdefault((self.number[parent], pair[0]), []).append(place)
        found = (Relation(whole=whole, parts=tuple(parts)) for (whole, _group), parts in children.items())
        # Short sums first: a companion that serves one of them most often serves the long ones too.
        return tuple(sorted(found, key=lambda one: (len(one.parts), one.members)))

    def above(self, domain: Domain, pair: tuple[str, str]) -> Iterator[Domain]:
        """The domains of the cube that take in this one by leaving out a value, or by a coarser one in its place."""
        others = tuple(each for each in domain if each != pair)
        for parent in (*(within(others, (coarser,)) for coarser in self.nesting.get(pair, ())), others):
            if parent in self.number:
                yield parent

    def coarser(self, domain: Domain) -> list[Domain]:
        """The domains that take in this one, nearest first: one step away, then two."""
        found = dict.fromkeys(parent for pair in domain for parent in self.above(domain, pair))
        for near in list(found):
            found |= dict.fromkeys(parent for pair in near for parent in self.above(near, pair))
        return list(found)


def cube_of(extract: Extract, words: Vocabulary) -> Cube:
    """The cube of a wave: by the groups of the frame and by the pairs of them that the plan crosses."""
    groups = frame_groups(extract, words)
    # Sorted, as the groups of a domain are: the plan may name a pair either way round.
    crossed = [tuple(sorted(pair)) for pair in words.plan.crossings if set(pair) <= groups.keys()]
    # All groups of the frame, whether shown or not: a group that is withheld must not follow from one that was not
    # looked at.
    groupings: list[Grouping] = [(), *((code,) for code in groups), *dict.fromkeys(crossed)]
    domains: list[Domain] = []
    places: dict[Grouping, Ints] = {}
    for grouping in groupings:
        names, place = places_in(extract, [(code, groups[code]) for code in grouping])
        places[grouping] = np.where(place >= 0, place + len(domains), -1)
        domains += names
    return Cube(domains=tuple(domains), places=places, nesting=_nesting(words, groups))


def frame_groups(extract: Extract, words: Vocabulary) -> dict[str, Coded]:
    """The groups of the frame, whether a page filters by them or not: they are what is offered in place of a finer."""
    codes = (group.code for group in words.plan.groups if group.source is GroupSource.FRAME)
    return {code: extract.domains[code] for code in codes if code in extract.domains}


def places_in(extract: Extract, columns: list[tuple[str, Coded]]) -> tuple[list[Domain], Ints]:
    """The domains that these columns make together, and (n,) the place among them of each row."""
    names: list[Domain] = [ALL_FIRMS]
    place = np.where(extract.in_scope, 0, -1)
    for code, column in columns:
        names = [within(name, domain_of(**{code: label})) for name in names for label in column.labels]
        # Numbers of mixed radix: the last group runs fastest, as it does in the names.
        place = np.where((place >= 0) & (column.codes >= 0), place * len(column.labels) + column.codes, -1)
    return names, place


def _nesting(words: Vocabulary, groups: Mapping[str, Coded]) -> Nesting:
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    ours = [group for group in words.plan.groups if group.code in groups]
    for finer in ours:
        for coarser in ours:
            # Two groups of one variable nest only where one of them takes the values as they are.
            if finer.variable == coarser.variable and coarser.classes and not finer.classes:
                for each in coarser.classes:
                    for value in each.values:
                        found.setdefault((finer.code, value), []).append((coarser.code, each.code))
    return found


def domains_with_firms(collected: Collected, cube: Cube, words: Vocabulary) -> frozenset[Domain]:
    """The domains that have a firm in the sample, answered or not: the others are empty by nature."""
    groups = {group.code: group for group in words.plan.groups}
    found: set[Domain] = {ALL_FIRMS}
    for grouping in filter(None, cube.places):
        values = [_values(collected, groups[code]) for code in grouping]
        found |= {tuple(zip(grouping, each, strict=True)) for each in set(zip(*values, strict=True))}
    return frozenset(found)


def _values(collected: Collected, group: Group) -> list[str]:
    """(m,) the value of a group that each sampled firm has."""
    column = collected.domains[group.variable]
    taken = {value: each.code for each in group.classes for value in each.values}
    labels = [taken.get(label, REST) if group.classes else label for label in column.labels]
    # Firms without a value are the rest too, or the parts of a group would not add up to the whole.
    return [labels[code] if code >= 0 else REST for code in column.codes.tolist()]
