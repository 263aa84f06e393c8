"""From what is told of a cut to one question for each item: answers, bases and bounds as arrays."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.certificate.answered import Answered, answered_items
from survey.methods.certificate.effects import effects_of
from survey.methods.certificate.item_question import UNBOUNDED, ItemQuestion
from survey.methods.certificate.known_figures import KnownFigure, View, group_name
from survey.methods.estimates.economy import SizeShare
from survey.methods.estimates.statistics import Asked, CodedStatistic
from survey.methods.extract import Extract
from survey.methods.tables.domain import Domain
from survey.methods.tables.filtering import firms_within
from survey.methods.tables.vocabulary import Vocabulary

Derive = Callable[[Extract], Extract]
"""From collected columns to those of the plan, as production derives them."""


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
        if about:
            yield _question(view, answered, about, places, derive)


def column_of(asked: Asked) -> str:
    """The coded column that a statistic is about; "" for amounts."""
    coded = asked.of if isinstance(asked, SizeShare) else asked
    return coded.item if isinstance(coded, CodedStatistic) else ""


def uncovered(view: View) -> list[KnownFigure]:
    """What is told by figures that no item holds, once for each statistic: amounts, their medians, indices."""
    return [ones[0] for ones in view.by_statistic() if not column_of(ones[0].asked)]


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


@dataclass(frozen=True, eq=False, kw_only=True)
class _Adds:
    """What answers add to one statistic: `above` and `below` (n, K) per unit of `scale` (n,); one row where firms do
    not differ."""

    scale: Floats
    above: Floats
    below: Floats
    plain: bool


def _question(
    view: View, answered: Answered, known: Sequence[Sequence[KnownFigure]], places: GroupPlaces, derive: Derive
) -> ItemQuestion:
    extract = view.extract
    is_own = [isinstance(ones[0].asked, CodedStatistic) and ones[0].asked.item in answered.columns for ones in known]
    own = [ones for ones, here in zip(known, is_own, strict=True) if here]
    others = [ones for ones, here in zip(known, is_own, strict=True) if not here]
    adds = [_direct(extract, answered, ones[0].asked) for ones in own]
    adds += _derived(extract, answered, [ones[0].asked for ones in others], derive)
    kind, above, below = _by_kind(adds, extract.rows)
    order = [*own, *others]
    low, high, keeps = _bounds(order, places)
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
        unit=view.unit,
        names=(tuple(ones[0].statistic for ones in order), tuple(map(group_name, places.number))),
        tables=tuple(tuple(dict.fromkeys(table for one in ones for table in one.tables)) for ones in order),
    )


def _direct(extract: Extract, answered: Answered, asked: Asked) -> _Adds:
    """Of a statistic of the item's own column: points of codes, the same for every firm."""
    assert isinstance(asked, CodedStatistic)
    row = answered.columns.index(asked.item)
    points = asked.by_label(extract.items[asked.item].labels)
    # No answer stands behind the others, and outside every base.
    given = np.append(np.append(points, np.nan)[answered.codes[row]], np.nan)
    inside = (~np.isnan(given)).astype(float)
    below = np.zeros_like(inside) if asked.total else inside
    # Firms out of scope have weights for the variance, and no part in any figure.
    scale = np.where(extract.in_scope, extract.weight, 0.0)
    return _Adds(scale=scale, above=np.nan_to_num(given)[None, :], below=below[None, :], plain=asked.total)


def _derived(extract: Extract, answered: Answered, asked: Sequence[Asked], derive: Derive) -> list[_Adds]:
    """Of statistics of other columns: what production derives where every firm gave an answer, answer by answer."""
    if not asked:
        return []
    # By the code of production itself: written here a second time, a derived column would be proved as it never was
    # shown.
    worlds = [derive(answered.put(extract, number)) for number in [*range(answered.different), -1]]
    return [_from_worlds(worlds, one) for one in asked]


def _from_worlds(worlds: Sequence[Extract], asked: Asked) -> _Adds:
    effects = [found for world in worlds if (found := effects_of(world, asked)) is not None]
    above = np.stack([each.above for each in effects], axis=1)
    plain = effects[0].below is None
    below = np.zeros_like(above) if plain else np.stack([each.below for each in effects], axis=1)  # type: ignore[misc]
    scale = np.maximum(np.abs(above).max(axis=1), below.max(axis=1))
    unit = np.where(scale > 0, scale, 1.0)[:, None]
    # Rounded, so that firms which add alike but for the last digits are of one kind.
    return _Adds(scale=scale, above=np.round(above / unit, 12), below=np.round(below / unit, 12), plain=plain)


def _by_kind(adds: Sequence[_Adds], rows: int) -> tuple[Ints, Floats, Floats]:
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


def _bounds(known: Sequence[Sequence[KnownFigure]], places: GroupPlaces) -> tuple[Floats, Floats, Floats]:
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
    return low, high, keeps
