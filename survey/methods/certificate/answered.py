"""The different answers that firms gave to each closed item, and which columns of an extract hold them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey.instrument.kinds.choices import options_of
from survey.instrument.schema import Item
from survey.methods.arrays import Bools, Ints
from survey.methods.coding import first_choice, part_name
from survey.methods.extract import Coded, Extract
from survey.methods.tables.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False, kw_only=True)
class Answered:
    """The different answers to an item: `columns` of the extract, their `codes` (A, K), and the one of each row (n,).

    `follow` are the columns that production derives from these: themes, indicators, shares of all firms; and the
    indices of which they are a part.
    """

    item: str
    columns: tuple[str, ...]
    codes: Ints
    truth: Ints
    follow: frozenset[str]

    @property
    def different(self) -> int:
        """How many answers there are."""
        return int(self.codes.shape[1])

    def put(self, extract: Extract, number: int) -> Extract:
        """The extract in which every firm gave this answer."""
        return self.given(extract, np.full(extract.rows, number))

    def given(self, extract: Extract, numbers: Ints) -> Extract:
        """The extract with these answers (n,), -1 = none."""
        codes = np.where(numbers >= 0, self.codes[:, numbers], -1).astype(np.int16)
        items = {name: Coded(codes[k], extract.items[name].labels) for k, name in enumerate(self.columns)}
        return replace(extract, items={**extract.items, **items})


def answered_items(extract: Extract, words: Vocabulary) -> Iterator[Answered]:
    """Every closed item of the questionnaire with the answers that firms gave to it."""
    for item in words.questionnaire.items.values():
        parts = (item.code, first_choice(item.code), *(part_name(item.code, one.code) for one in options_of(item)))
        columns = tuple(name for name in dict.fromkeys(parts) if name in extract.items)
        if columns:
            yield _answered(extract, item, columns, _following(extract, words, item.code, columns))


def _answered(extract: Extract, item: Item, columns: tuple[str, ...], follow: frozenset[str]) -> Answered:
    given = np.stack([extract.items[name].codes for name in columns])
    has = (given >= 0).any(axis=0) & extract.in_scope
    truth = np.full(extract.rows, -1, np.intp)
    if len(columns) == 1:
        # Every label: what nobody answered may still be the answer of another world.
        codes, truth = np.arange(len(extract.items[columns[0]].labels))[None, :], np.where(has, given[0], -1)
    else:
        codes, truth[has] = np.unique(given[:, has], axis=1, return_inverse=True)
        more = _also_possible(codes, truth, item, columns)
        new = [k for k in range(more.shape[1]) if not (codes == more[:, [k]]).all(axis=0).any()]
        codes = np.hstack([codes, np.unique(more[:, new], axis=1)])
    return Answered(item=item.code, columns=columns, codes=codes, truth=truth, follow=follow)


def _also_possible(codes: Ints, truth: Ints, item: Item, columns: Sequence[str]) -> Ints:
    """(A, K') sets of options that nobody chose, but could have: where few or nearly all chose an option, the most
    frequent sets with it changed, and the option alone."""
    own = [options for options in options_of(item) if part_name(item.code, options.code) in columns]
    if len(own) < len(columns):
        # A ranking: a set with another option would need a place for it.
        return codes[:, :0]
    firms = np.bincount(truth[truth >= 0], minlength=codes.shape[1])
    frequent = codes[:, np.argsort(-firms, kind="stable")[:FREQUENT]]
    alone = np.eye(len(own), dtype=codes.dtype)
    found = [alone[:, k] for k in range(len(own))]
    for k in range(len(own)):
        if min(firms[codes[k] == chosen].sum() for chosen in (0, 1)) < RARE:
            changed = frequent.copy()
            changed[k] = 1 - changed[k]
            found += list(changed.T)
    exclusive = np.array([one.exclusive for one in own])
    most = item.max_choices or len(own)
    return np.array([one for one in found if _is_valid(one, exclusive, most)], codes.dtype).reshape(-1, len(own)).T


# A options have 2^A sets: those that nobody gave are added only around options of which the given ones tell little.
FREQUENT, RARE = 5, 10


def _is_valid(chosen: Ints, exclusive: Bools, most: int) -> bool:
    number = int(chosen.sum())
    return 1 <= number <= most and (number == 1 or not (chosen.astype(bool) & exclusive).any())


def _following(extract: Extract, words: Vocabulary, item: str, columns: tuple[str, ...]) -> frozenset[str]:
    themes = {code for code, theme in words.themes.items() if item in theme.items}
    counted = {code for code, one in words.indicators.items() if one.item == item}
    indices = {code for code, one in words.indicators.items() if counted & {part.indicator for part in one.parts}}
    own = {*themes, *counted, *columns}
    # Shares of all firms stand in columns that are named by the one whose share they are.
    narrowed = {name for name in extract.items if name.split("#")[0] in own and name.endswith("#of_all")}
    return frozenset((themes | counted | indices | narrowed) - set(columns))
