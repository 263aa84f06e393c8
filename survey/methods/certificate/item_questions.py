"""From what is told of a cut to one question for each item: answers, bases and bounds as arrays."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.certificate.adds import Adds, AddsOfItem, Derive
from survey.methods.certificate.answered import Answered, answered_items
from survey.methods.certificate.item_question import UNBOUNDED, ItemQuestion
from survey.methods.certificate.known_figures import KnownFigure, View, group_name
from survey.methods.estimates.economy import SizeShare
from survey.methods.estimates.statistics import Asked, CodedStatistic, IndexStatistic, Key
from survey.methods.extract import Extract
from survey.methods.tables.domain import Domain
from survey.methods.tables.filtering import firms_within
from survey.methods.tables.vocabulary import Vocabulary


def item_questions(
    view: View, words: Vocabulary, derive: Derive, *, only: Collection[str] | None = None
) -> Iterator[ItemQuestion]:
    """A question for each closed item that anything is told of, with all that follows from it.

    The answers to other items stand as they are in it, so that a theme of several items is held as well. With `only`
    those of some items alone.
    """
    known, places = view.by_statistic(), GroupPlaces.of(view)
    for answered in answered_items(view.extract, words):
        if only is not None and answered.item not in only:
            continue
        about = [ones for ones in known if column_of(ones[0].asked) in {*answered.columns, *answered.follow}]
        # Of its own columns first, as they were numbered before there were others.
        about.sort(key=lambda ones: not _is_own(ones[0].asked, answered))
        adding = _adds(view.extract, answered, derive, places)
        made = [(ones, found) for ones in about if (found := adding.of(ones[0].asked)) is not None]
        if made:
            yield _question(view, answered, made, places)


def _is_own(asked: Asked, answered: Answered) -> bool:
    return isinstance(asked, CodedStatistic) and asked.item in answered.columns


def column_of(asked: Asked) -> str:
    """The coded column that a statistic is about, or the index that it is; "" for amounts."""
    coded = asked.of if isinstance(asked, SizeShare) else asked
    return coded.item if isinstance(coded, CodedStatistic | IndexStatistic) else ""


def uncovered(view: View, words: Vocabulary, derive: Derive) -> list[KnownFigure]:
    """What is told by figures that no item holds, once for each statistic: amounts, their medians, and indices of which
    two parts follow from one item and count in different bases."""
    known = [ones[0] for ones in view.by_statistic()]
    indices = [one for one in known if isinstance(one.asked, IndexStatistic)]
    lost: set[Key] = set()
    if indices:
        places = GroupPlaces.of(view)
        for answered in answered_items(view.extract, words):
            adds = _adds(view.extract, answered, derive, places)
            about = [one.asked for one in indices if one.asked.item in answered.follow]
            lost.update(one.key for one in about if adds.of(one) is None)
    return [one for one in known if not column_of(one.asked) or one.asked.key in lost]


def _adds(extract: Extract, answered: Answered, derive: Derive, places: "GroupPlaces") -> AddsOfItem:
    return AddsOfItem(extract=extract, answered=answered, derive=derive, place=places.place, domains=len(places.number))


@dataclass(frozen=True, eq=False)
class GroupPlaces:
    """The number of each domain, and for each firm (n, P) that of its domain by each combination of groups."""

    number: Mapping[Domain, int]
    place: Ints

    @classmethod
    def of(cls, view: View) -> "GroupPlaces":
        domains = sorted({one.domain for one in view.figures}, key=lambda domain: (len(domain), domain))
        number = {domain: k for k, domain in enumerate(domains)}
        combinations = dict.fromkeys(_groups(domain) for domain in domains)
        column = {one: k for k, one in enumerate(combinations)}
        place = np.full((view.extract.rows, len(combinations)), len(domains), np.intp)
        for domain, k in number.items():
            place[firms_within(view.extract, domain), column[_groups(domain)]] = k
        return cls(number, place)


def _groups(domain: Domain) -> tuple[str, ...]:
    return tuple(variable for variable, _ in domain)


def _question(
    view: View, answered: Answered, made: Sequence[tuple[Sequence[KnownFigure], Adds]], places: GroupPlaces
) -> ItemQuestion:
    """The question about an item of which these figures are told, each with what answers add to it."""
    order, adds = [ones for ones, _found in made], [found for _ones, found in made]
    kind, above, below = _by_kind(adds, view.extract.rows)
    low, high, keeps, offset = _bounds(order, adds, places)
    return ItemQuestion(
        item=answered.item,
        truth=answered.truth,
        parts=answered.columns,
        codes=answered.codes,
        scale=np.stack([each.scale for each in adds]),
        kind=kind,
        above=above,
        below=below,
        plain=np.array([each.plain for each in adds]),
        place=places.place,
        low=low,
        high=high,
        keeps=keeps,
        offset=offset,
        unit=view.unit,
        names=(tuple(ones[0].statistic for ones in order), tuple(map(group_name, places.number))),
        tables=tuple(tuple(dict.fromkeys(table for one in ones for table in one.tables)) for ones in order),
    )


def _by_kind(adds: Sequence[Adds], rows: int) -> tuple[Ints, Floats, Floats]:
    """(n,) the kind of each firm, and what is added by kind: (M, S, K) above and below."""
    differing = [table for each in adds for table in (each.above, each.below) if len(table) == rows]
    if differing:
        _, first, kind = np.unique(np.hstack(differing), axis=0, return_index=True, return_inverse=True)
    else:
        first, kind = np.zeros(1, np.intp), np.zeros(rows, np.intp)
    tables = ([_rows(each.above, first, rows) for each in adds], [_rows(each.below, first, rows) for each in adds])
    return kind.reshape(rows), np.stack(tables[0]), np.stack(tables[1])


def _rows(table: Floats, first: Ints, rows: int) -> Floats:
    """The table with a row for each kind, of which the `first` firm stands for all."""
    return table[first] if len(table) == rows else np.broadcast_to(table, (len(first), table.shape[1]))


def _bounds(
    known: Sequence[Sequence[KnownFigure]], adds: Sequence[Adds], places: GroupPlaces
) -> tuple[Floats, Floats, Floats, Floats]:
    """(M, D + 1) between which figures are told to lie, what withheld ones keep, and the offset of each."""
    shape = (len(known), len(places.number) + 1)
    low, high, keeps = np.full(shape, -UNBOUNDED), np.full(shape, UNBOUNDED), np.zeros(shape)
    for m, ones in enumerate(known):
        for each in ones:
            place = m, places.number[each.domain]
            if each.shown:
                # Told twice, by two tables or two cuts: both hold.
                low[place], high[place] = max(low[place], each.low), min(high[place], each.high)
            else:
                # The wider: withheld by two tables it has to satisfy both.
                keeps[place] = max(keeps[place], each.keeps)
    offset = np.stack([np.zeros(shape[1]) if one.offset is None else one.offset for one in adds])
    # Of a group in which nobody answered another part of an index nothing is told.
    none = np.isnan(offset)
    low[none], high[none], keeps[none], offset[none] = -UNBOUNDED, UNBOUNDED, 0.0, 0.0
    return low, high, keeps, offset
