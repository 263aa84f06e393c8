"""What may be shown of each item under which filter, decided once for a wave from the firms that answered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from survey.methods.arrays import Bools, Ints
from survey.methods.estimates.statistics import (
    CodedStatistic,
    IndexStatistic,
    NumericStatistic,
    QuantileStatistic,
)
from survey.methods.extract import Extract
from survey.methods.protection.disclosure import DisclosureRule, DomainProtection
from survey.methods.protection.domains import protect_domains
from survey.methods.tables.asked import quantities_of
from survey.methods.tables.domain import Domain
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import CellStatus

ALL_ITEMS = ""


def protect_items(
    extract: Extract, planned: Sequence[PlannedTable], rule: DisclosureRule, words: Vocabulary
) -> dict[str, DomainProtection]:
    """For every item of the tables, and under "" for the survey, the domains in which it must be withheld.

    Items that were answered by equally many firms in every domain share one decision. An index is withheld wherever a
    part of it is, since the part would follow from it and the others; no set of domains that is closed under sums
    opens when it is joined with another.
    """
    names, places = _places(extract, words.crossings)
    decided = _decided(tuple(map(tuple, names)), rule, tuple((one, tuple(all_)) for one, all_ in words.nesting.items()))
    if len(decided) > MOST_DECIDED:
        # All of them, since nothing tells which will be asked for again.
        decided.clear()
    cell, places = _cells(places)
    found: dict[str, DomainProtection] = {}
    for item, answered in {ALL_ITEMS: np.ones(extract.rows, bool), **answered_by_item(extract, planned)}.items():
        firms = np.bincount(cell, answered, minlength=len(places[0][0]) if places else 0)
        counts = [np.bincount(place, firms, minlength=size).astype(np.intp) for place, size in places]
        # A decision depends on nothing but the numbers of firms, so equal numbers need it once.
        key = np.concatenate(counts).tobytes() if counts else b""
        known = decided.get(key)
        found[item] = protect_domains(_domains(names, counts), rule, words.nesting) if known is None else known
        decided[key] = found[item]
    return found | {index: _together([found[part] for part in parts]) for index, parts in _indices(planned)}


MOST_DECIDED = 256
"""Decisions that a process remembers for one set of groups."""


@lru_cache(maxsize=8)
def _decided(
    names: tuple[tuple[Domain, ...], ...], rule: DisclosureRule, nesting: tuple[tuple[object, ...], ...]
) -> dict[bytes, DomainProtection]:
    """By the numbers of firms what was decided before, for this wave or another: a changed answer leaves the numbers of
    nearly every item as they were."""
    return {}


def _indices(planned: Iterable[PlannedTable]) -> Iterator[tuple[str, list[str]]]:
    """Each index with the items of its parts."""
    for table in planned:
        for asked in table.asked.values():
            if isinstance(asked, IndexStatistic):
                yield asked.item, [part.item for part, _ in asked.parts]


def _together(decisions: Sequence[DomainProtection]) -> DomainProtection:
    """The domains of all of them; a primary reason before a secondary one."""
    joined: dict[Domain, CellStatus] = {}
    for decision in decisions:
        for domain, status in decision.items():
            joined[domain] = CellStatus.PRIMARY if CellStatus.PRIMARY in (status, joined.get(domain)) else status
    return joined


def answered_by_item(extract: Extract, planned: Iterable[PlannedTable]) -> dict[str, Bools]:
    """(n,) for each item of the tables, which firms every one of its figures rests on."""
    found: dict[str, Bools] = {}
    for item, base in dict.fromkeys(each for table in planned for each in bases_of(table)):
        answered = answered_rows(extract, *base)
        # The fewest that any figure of the item rests on: a statistic over several columns needs all of them.
        found[item] = found[item] & answered if item in found else answered
    return found


Base = tuple[tuple[str, ...], frozenset[str] | None]
"""What makes an answer: the columns that all have a number, or the one that has a code among these."""


def bases_of(table: PlannedTable) -> Iterator[tuple[str, Base]]:
    """The items of a table, each with every base that a figure of it has."""
    about = {heading.code: table.spec.item or heading.about for heading in table.spec.rows.headings}
    for (row, _), asked in table.asked.items():
        if isinstance(asked, IndexStatistic):
            yield from ((part.item, base_of(part)) for part, _weight in asked.parts)
        else:
            yield about[row], base_of(asked)


def base_of(asked: CodedStatistic | NumericStatistic | QuantileStatistic) -> Base:
    if isinstance(asked, CodedStatistic):
        return (asked.item,), frozenset(asked.points)
    return (asked.item,) if isinstance(asked, QuantileStatistic) else quantities_of(asked), None


def answered_rows(extract: Extract, columns: Sequence[str], codes: frozenset[str] | None) -> Bools:
    if codes is None:
        return np.asarray(np.all([~np.isnan(extract.values[column]) for column in columns], axis=0), bool)
    column = extract.item(columns[0])
    # The last place is that of the code -1, no answer.
    counts = np.array([*(label in codes for label in column.labels), False])
    return np.asarray(counts[column.codes], bool)


Names = list[list[Domain]]


def _places(extract: Extract, crossings: Iterable[Sequence[str]]) -> tuple[Names, list[tuple[Ints, int]]]:
    """For every combination of groups: the domain of each place; the place of each firm and their number."""
    names: Names = []
    places: list[tuple[Ints, int]] = []
    for variables in crossings:
        place = np.zeros(extract.rows, np.intp)
        domains: list[Domain] = [()]
        for variable in variables:
            column = extract.domains[variable]
            # Numbers of mixed radix: the last variable runs fastest, as it does in the domains below.
            place = place * len(column.labels) + column.codes
            domains = [(*domain, (variable, label)) for domain in domains for label in column.labels]
        names.append(domains)
        places.append((place, len(domains)))
    return names, places


def _cells(places: Sequence[tuple[Ints, int]]) -> tuple[Ints, list[tuple[Ints, int]]]:
    """The cell of each firm, where firms of a cell share every place; and the places of the cells.

    Firms are then counted once for an item, and cells for its combinations of groups, however many firms there are.
    """
    together = np.zeros(len(places[0][0]) if places else 0, np.intp)
    for place, size in places:
        # Numbered anew after each crossing, so that the numbers stay small.
        together = pd.factorize(together * size + place)[0]
    first = np.zeros(int(together.max(initial=-1)) + 1, np.intp)
    # Backwards, so that of the firms of a cell the first is written last.
    first[together[::-1]] = np.arange(len(together))[::-1]
    return together, [(place[first], size) for place, size in places]


def _domains(names: Names, counts: Iterable[Ints]) -> Mapping[Domain, int]:
    return {
        domain: count
        for domains, numbers in zip(names, counts, strict=True)
        for domain, count in zip(domains, numbers.tolist(), strict=True)
        # Empty domains are not unknown to anybody and would only lengthen the relations.
        if count
    }
