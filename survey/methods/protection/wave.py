"""What may be shown of each item under which filter, decided once for a wave from the firms that answered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import pandas as pd

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.estimates.statistics import (
    CodedStatistic,
    IndexStatistic,
    NumericStatistic,
    QuantileStatistic,
)
from survey.methods.extract import Extract
from survey.methods.moments.finest import Finest
from survey.methods.protection.disclosure import DisclosureRule, DomainProtection
from survey.methods.protection.domains import protect_domains
from survey.methods.tables.asked import quantities_of
from survey.methods.tables.domain import Domain
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import CellStatus
from survey.threads import of_each

ALL_ITEMS = ""
Base = tuple[tuple[str, ...], frozenset[str] | None]
"""What makes an answer: the columns that all have a number, or the one that has a code among these."""


def protect_items(
    extract: Extract,
    planned: Sequence[PlannedTable],
    rule: DisclosureRule,
    words: Vocabulary,
    finest: Finest | None = None,
) -> dict[str, DomainProtection]:
    """For every item of the tables, and under "" for the survey, the domains in which it must be withheld.

    Items that were answered by equally many firms in every domain share one decision. An index is withheld wherever a
    part of it is, since the part would follow from it and the others; no set of domains that is closed under sums
    opens when it is joined with another. Answers that were added up into the cells of `finest` are not counted again.
    """
    names, places = _places(extract, words.crossings)
    if finest is not None and not finest.variables >= set(chain(*words.crossings)):
        finest = None
    decided = _decided(tuple(map(tuple, names)), rule, tuple((one, tuple(all_)) for one, all_ in words.nesting.items()))
    if len(decided) > MOST_DECIDED:
        # All of them, since nothing tells which will be asked for again.
        decided.clear()
    found: dict[str, DomainProtection] = {}
    # The same for every extract of these words.
    bases = words.once(" ".join(["bases", *(one.code for one in planned)]), lambda: bases_by_item(planned))
    for item, counts in _counts(extract, bases, places, finest):
        # A decision depends on nothing but the numbers of firms, so equal numbers need it once.
        key = np.concatenate(counts).tobytes() if counts else b""
        known = decided.get(key)
        found[item] = protect_domains(_domains(names, counts), rule, words.nesting) if known is None else known
        decided[key] = found[item]
    return found | {index: _together([found[part] for part in parts]) for index, parts in _indices(planned)}


def _counts(
    extract: Extract,
    bases: Mapping[str, Sequence[Base]],
    places: Sequence[tuple[Ints, int]],
    finest: Finest | None,
) -> Iterator[tuple[str, list[Ints]]]:
    """Of the survey and of each item, for each combination of groups the firms at each place."""
    cell, of_cells = _cells(places)
    # A row of each finest cell; those of firms out of scope stand behind all that responded.
    first = np.zeros(0, np.intp) if finest is None else finest.first[finest.first < extract.rows]
    of_finest = [(place[first], size) for place, size in places]

    def counted(item: str) -> list[Ints]:
        few = bases.get(item, [])
        codes = _codes(few)
        if finest is not None and codes is not None and few[0][0][0] in finest.places:
            (column,) = few[0][0]
            counts = [label in codes for label in extract.item(column).labels]
            return _added(finest.answers(column)[finest.first < extract.rows][:, counts].sum(axis=1), of_finest)
        firms = np.bincount(cell, answered(extract, few), minlength=len(of_cells[0][0]) if of_cells else 0)
        return _added(firms, of_cells)

    items = [ALL_ITEMS, *bases]
    return zip(items, of_each(counted, items, extract.rows), strict=True)


def _added(firms: Floats | Ints, places: Sequence[tuple[Ints, int]]) -> list[Ints]:
    return [np.bincount(place, firms, minlength=size).astype(np.intp) for place, size in places]


def _codes(bases: Sequence[Base]) -> frozenset[str] | None:
    """The codes that are an answer to every one of these bases, where all are codes of one column; else None."""
    coded = [codes for columns, codes in bases if codes is not None and columns == bases[0][0]]
    return frozenset.intersection(*coded) if coded and len(coded) == len(bases) else None


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


def bases_by_item(planned: Iterable[PlannedTable]) -> dict[str, list[Base]]:
    """By item of the tables the bases that its figures have."""
    bases: dict[str, list[Base]] = {}
    for item, base in dict.fromkeys(each for table in planned for each in bases_of(table)):
        bases.setdefault(item, []).append(base)
    return bases


def answered(extract: Extract, bases: Sequence[Base]) -> Bools:
    """(n,) which firms every figure with one of these bases rests on: a statistic over several columns needs all of
    them."""
    every = [answered_rows(extract, *base) for base in bases]
    return np.logical_and.reduce(every) if every else np.ones(extract.rows, bool)


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
