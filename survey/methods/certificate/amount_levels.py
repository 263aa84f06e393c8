"""Which other amounts a firm could have answered: so many times the least change that protects its answer, up and down.

An amount counts as answered otherwise where it lies at least as far away as the p % rule keeps the closest guess. All
steps of one firm are multiples of that, and stay within what its questionnaire takes from it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from survey.instrument.expressions.errors import ExpressionError
from survey.instrument.expressions.evaluation import Scope, holds, names_in
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item, Questionnaire
from survey.methods.arrays import Bools, Floats
from survey.methods.coding import part_name
from survey.methods.extract import Extract
from survey.methods.tables.vocabulary import Vocabulary

MULTIPLES = (0, 1, -1, 2, -2, 4, -4, 8, -8)
"""Of the least change: the answer itself, changes that protect it, and larger ones that make up for those of others."""
FINEST = 6
"""Digits after the point that answers are looked at for."""
NO_DAY = date(1, 1, 1)
"""Conditions that read the day are not of what is told: it is the same in every world."""


@dataclass(frozen=True, eq=False, kw_only=True)
class AmountLevels:
    """The amounts (K, n) that firms could have answered to one column, the first of which is the truth, and which of
    them (n, K) are possible; `asked` (n,) firms answered it. In figures they count as `counted` (K, n), where none are
    weighed down as themselves; there rows that did not answer have what was filled in, nan without it."""

    column: str
    values: Floats
    possible: Bools
    asked: Bools
    counted: Floats

    @property
    def inside(self) -> Bools:
        """(n,) the rows that figures are made of: those that answered, and those that were filled in."""
        return np.asarray(self.asked | ~np.isnan(self.counted[0]))

    @property
    def movable(self) -> Bools:
        """(n,) the firms that could have answered another amount."""
        return np.asarray(self.asked & self.possible[:, 1:].any(axis=1))


def levels_of(extract: Extract, words: Vocabulary, column: str, item: Item | None, part: float) -> AmountLevels:
    """The levels of a column, each at least the ``part`` of an answer (a fraction) away from it.

    Beside an answer of nothing that is a part of what half of those that have any have: without it the least amount
    would do. Amounts keep as many digits as those that were answered.
    """
    truth = extract.values[column]
    asked = extract.in_scope & ~np.isnan(truth)
    known = np.where(asked, truth, 0.0)
    unit = grain(known[asked])
    some = np.abs(known[asked & (known != 0)])
    usual = float(np.median(some)) if len(some) else unit
    least = np.ceil(part * np.where(known == 0, usual, np.abs(known)) / unit - 1e-9) * unit
    values = known + np.multiply.outer(np.array(MULTIPLES, float), np.maximum(least, unit))
    # Without the dust of sums, by which a whole number would be none any more.
    values = np.where(np.array(MULTIPLES)[:, None] == 0, known, np.round(values, FINEST))
    low, high = bounds_of(item, known[asked])
    possible = ((values >= low - 1e-9) & (values <= high + 1e-9)).T
    possible[:, 0] = True
    if item is not None:
        possible &= _as_it_was(extract, words.questionnaire, item, values, possible & asked[:, None])
    return AmountLevels(column=column, values=values, possible=possible & asked[:, None], asked=asked, counted=values)


def grain(values: Floats) -> float:
    """The largest of 1, 0.1, 0.01 ... of which all values are multiples."""
    for digits in range(FINEST):
        if np.abs(values - np.round(values, digits)).max(initial=0.0) < 1e-9:
            return float(10.0**-digits)
    return float(10.0**-FINEST)


def bounds_of(item: Item | None, values: Floats) -> tuple[float, float]:
    """The least and the largest amount that a question takes; without a least one nothing below 0, unless somebody
    answered so."""
    low, high = (item.minimum, item.maximum) if item else (None, None)
    ends = (kind_of(item).bounds if item else None) or (None, None)
    # A loss is an amount as well, where one was answered.
    natural = -np.inf if values.min(initial=0.0) < 0 else 0.0
    least = [one for one in (low, ends[0]) if one is not None]
    most = [one for one in (high, ends[1]) if one is not None]
    return max(least, default=natural), min(most, default=np.inf)


def _as_it_was(extract: Extract, asked: Questionnaire, item: Item, values: Floats, look: Bools) -> Bools:
    """(n, K) where the questions that follow are the same, and no rule is broken that was met."""
    routes = [one for one in dict.fromkeys(_routes(asked)) if item.code in _names(one)]
    rules = [one for one in dict.fromkeys(_rules(asked, item)) if item.code in _names(one)]
    conditions = [*routes, *rules]
    found = np.ones(look.shape, bool)
    if not conditions:
        return found
    readers = {name: _reader(extract, name) for one in conditions for name in _names(one) if name != item.code}
    # Many firms answer alike to what a condition reads, and each of these is asked once.
    made: dict[tuple[Any, ...], bool] = {}
    for row in np.flatnonzero(look.any(axis=1)).tolist():
        others = {name: read(row) for name, read in readers.items()}
        key = tuple(map(str, others.values()))
        for number, text in enumerate(conditions):
            was = _outcome(made, text, item.code, float(values[0, row]), others, key)
            for level in np.flatnonzero(look[row, 1:]) + 1:
                then = _outcome(made, text, item.code, float(values[level, row]), others, key)
                found[row, level] &= then == was or (number >= len(routes) and then)
    return found


def _outcome(
    made: dict[tuple[Any, ...], bool],
    text: str,
    code: str,
    value: float,
    others: Mapping[str, Any],
    key: tuple[Any, ...],
) -> bool:
    place = (text, value, key)
    if place not in made:
        scope = Scope(answers={**others, code: value}, facts={}, today=NO_DAY, own=value)
        made[place] = holds(text, scope)
    return made[place]


def _routes(asked: Questionnaire) -> Iterator[str]:
    for section in asked.sections:
        yield section.relevant
        for page in section.pages:
            yield page.relevant
            for one in page.items:
                yield from (one.relevant, *(option.relevant for option in one.options))


def _rules(asked: Questionnaire, item: Item) -> Iterator[str]:
    yield item.constraint
    yield from (rule.condition for rule in asked.edit_rules)


def _names(text: str) -> Iterable[str]:
    try:
        return names_in(text)
    except ExpressionError:
        return ()


def _reader(extract: Extract, name: str) -> Callable[[int], Any]:
    """What a condition reads under a name, by row; nothing where the extract has no such column."""
    number = extract.values.get(name, extract.values.get(name.replace("frame_", "frame:", 1)))
    if number is not None:
        return lambda row: None if np.isnan(number[row]) else float(number[row])
    coded = extract.items.get(name)
    if coded is not None:
        return lambda row: coded.labels[coded.codes[row]] if coded.codes[row] >= 0 else None
    start = part_name(name, "")
    chosen = {one.removeprefix(start): extract.items[one].codes for one in extract.items if one.startswith(start)}
    return lambda row: [code for code, codes in chosen.items() if codes[row] == 1] or None
