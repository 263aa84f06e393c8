"""Which other amounts a firm could have answered: so many times the least change that protects its answer, up and down.

An amount counts as answered otherwise where it lies at least as far away as the p % rule keeps the closest guess. All
steps of one firm are multiples of that, and stay within what its questionnaire takes from it.
"""

from dataclasses import dataclass

import numpy as np

from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item
from survey.methods.arrays import Bools, Floats
from survey.methods.certificate.amount_rules import Rules
from survey.methods.extract import Extract
from survey.methods.tables.vocabulary import Vocabulary

MULTIPLES = (0, 1, -1, 2, -2, 4, -4, 8, -8)
"""Of the least change: the answer itself, changes that protect it, and larger ones that make up for those of others."""
FINEST = 6
"""Digits after the point that answers are looked at for."""


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
    values = known + np.multiply.outer(np.array(MULTIPLES, float), least_change(known, asked, part, unit))
    # Without the dust of sums, by which a whole number would be none any more.
    values = np.where(np.array(MULTIPLES)[:, None] == 0, known, np.round(values, FINEST))
    low, high = bounds_of(item, known[asked])
    possible = ((values >= low - 1e-9) & (values <= high + 1e-9)).T
    possible[:, 0] = True
    if item is not None:
        rules = Rules.of(extract, words.questionnaire, [item.code])
        possible &= rules.as_before({item.code: values}, {item.code: asked}, possible & asked[:, None])
    return AmountLevels(column=column, values=values, possible=possible & asked[:, None], asked=asked, counted=values)


def least_change(known: Floats, asked: Bools, part: float, unit: float) -> Floats:
    """(n,) by how much an answer would have to be another at least, in whole ``unit``s."""
    some = np.abs(known[asked & (known != 0)])
    usual = float(np.median(some)) if len(some) else unit
    least = np.ceil(part * np.where(known == 0, usual, np.abs(known)) / unit - 1e-9) * unit
    return np.asarray(np.maximum(least, unit))


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
