"""Columns of amounts of which none changes alone: parts of a whole, and numbers that a rule has to add up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from survey.instrument.kinds.choices import rows_of
from survey.instrument.kinds.kind import Columns
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item, Questionnaire
from survey.methods.arrays import Floats
from survey.methods.certificate.amount_levels import grain, least_change
from survey.methods.certificate.amount_rules import Rules, names_read
from survey.methods.coding import part_name
from survey.methods.extract import Extract
from survey.methods.tables.vocabulary import Vocabulary

MOST = 0.5
"""Of the firms by whose answers a rule is met: where more of them break it by a change of one number, up and down, the
rule ties what it reads."""


@dataclass(frozen=True, kw_only=True)
class Tie:
    """Columns that change together; of an item whose parts make a whole (`is_whole`) their sum stays as it is."""

    columns: Mapping[str, Item]
    is_whole: bool = False


def ties_of(extract: Extract, words: Vocabulary, part: float) -> list[Tie]:
    """The ties of a wave, whose amounts are others by a ``part`` of them: no column is in two of these."""
    items = words.questionnaire.items
    wholes = [
        Tie(columns=columns, is_whole=True) for one in items.values() if (columns := parts_of_whole(extract, one))
    ]
    tied: list[set[str]] = []
    for names in _tied_by_rules(extract, words, part):
        joining = [one for one in tied if one & names]
        tied = [*(one for one in tied if one not in joining), names.union(*joining)]
    return [*wholes, *(Tie(columns={code: items[code] for code in items if code in one}) for one in tied)]


def parts_of_whole(extract: Extract, item: Item) -> dict[str, Item]:
    """The columns of an item whose numbers add up to a whole; none of others."""
    if kind_of(item).columns is not Columns.ROWS:
        return {}
    columns = (part_name(item.code, row.code) for row in rows_of(item))
    return {column: item for column in columns if column in extract.values}


def is_read_by_rules(item: Item, asked: Questionnaire) -> bool:
    """Whether a condition reads the parts of an item: what it came to in another world is not known then."""
    every = chain.from_iterable(names_read(text) for text in _conditions(asked))
    return any(name == item.code or name.startswith(part_name(item.code, "")) for name in every)


def _conditions(asked: Questionnaire) -> Iterator[str]:
    for section in asked.sections:
        yield section.relevant
        for page in section.pages:
            yield page.relevant
            for one in page.items:
                yield from (one.relevant, one.constraint, *(option.relevant for option in one.options))
    yield from (rule.condition for rule in asked.edit_rules)


def _tied_by_rules(extract: Extract, words: Vocabulary, part: float) -> Iterator[set[str]]:
    """What each rule reads that ties numbers."""
    asked = words.questionnaire
    numbers = [
        code for code, one in asked.items.items() if kind_of(one).columns is Columns.NUMBER and code in extract.values
    ]
    texts = [*(rule.condition for rule in asked.edit_rules), *(one.constraint for one in asked.items.values())]
    for text in dict.fromkeys(texts):
        read = set(names_read(text))
        names = [code for code in numbers if code in read]
        if len(names) > 1 and _ties(extract, asked, text, names, part):
            yield set(names)


def _ties(extract: Extract, asked: Questionnaire, text: str, names: Sequence[str], part: float) -> bool:
    """Whether most firms that meet a rule break it where the first number alone is another."""
    rules = Rules.of(extract, asked, names)
    alone = replace(rules, conditions=[one for one in rules.conditions if one.text == text])
    given = {name: ~np.isnan(extract.values[name]) & extract.in_scope for name in names}
    rows = np.flatnonzero(np.all(list(given.values()), axis=0))
    values: dict[str, Floats] = {name: np.repeat(extract.values[name][None, :], 3, axis=0) for name in names}
    known = np.nan_to_num(extract.values[names[0]])
    change = least_change(known, given[names[0]], part, grain(known))
    values[names[0]] = values[names[0]] + np.array([[0.0], [1.0], [-1.0]]) * change
    look = np.zeros((extract.rows, 3), bool)
    look[rows] = True
    met = alone.as_before(values, given, look)[rows]
    return bool(len(rows)) and bool((~met[:, 1] & ~met[:, 2]).mean() > MOST)
