"""Which answers a firm could have given to the columns of a question: one amount alone, or amounts that a rule ties."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from survey.instrument.schema import Item
from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.certificate.amount_levels import (
    FINEST,
    MULTIPLES,
    AmountLevels,
    bounds_of,
    grain,
    least_change,
)
from survey.methods.certificate.amount_rules import Rules
from survey.methods.certificate.amount_ties import Tie
from survey.methods.extract import Extract
from survey.methods.tables.vocabulary import Vocabulary

Signs = NDArray[np.int8]
STEPS_OF_TIED = (1, 2)
"""Of the least changes of all parts of a whole: by these an answer moves from one of them to another."""
MANY = 5
"""Columns from which on they move by the least changes alone: they have ways enough."""


@dataclass(frozen=True, eq=False, kw_only=True)
class AmountAnswers:
    """J answers to C columns, the first of which is the truth.

    joint     (J, C) the level of each column
    possible  (n, J) whether a firm could have given it
    signs     (C, J + 1, n) 1 where a column is then more by what protects it, -1 less; the last is no answer
    """

    joint: Ints
    possible: Bools
    signs: Signs


def answers_of_one(levels: AmountLevels) -> AmountAnswers:
    """The answers to one column: each of its levels."""
    signs = np.append(np.sign(np.array(MULTIPLES)), 0).astype(np.int8)
    return AmountAnswers(
        joint=np.arange(len(MULTIPLES), dtype=np.intp)[:, None],
        possible=levels.possible,
        signs=np.repeat(signs[None, :, None], levels.values.shape[1], axis=2),
    )


def tied_levels(extract: Extract, columns: Mapping[str, Item], part: float) -> tuple[list[AmountLevels], Floats]:
    """The levels of columns that are tied, the same changes for all of them, and (C, n) the least change of each.

    Changes are multiples of what protects any of them: a part that is small moves by less than one that is large.
    """
    truth = np.stack([extract.values[one] for one in columns])
    asked = extract.in_scope & ~np.isnan(truth)
    known = np.where(asked, truth, 0.0)
    unit = grain(known[asked])
    least = np.stack([least_change(one, given, part, unit) for one, given in zip(known, asked, strict=True)])
    steps = STEPS_OF_TIED if len(columns) < MANY else STEPS_OF_TIED[:1]
    more = np.concatenate([times * least for times in steps])
    change = np.concatenate([np.zeros((1, more.shape[1])), more, -more])
    found = []
    for c, (column, item) in enumerate(columns.items()):
        values = np.where(change == 0, known[c], np.round(known[c] + change, FINEST))
        low, high = bounds_of(item, known[c][asked[c]])
        possible = ((values >= low - 1e-9) & (values <= high + 1e-9)).T & asked[c][:, None]
        possible[:, 0] = asked[c]
        found.append(AmountLevels(column=column, values=values, possible=possible, asked=asked[c], counted=values))
    return found, least


def answers_of_several(
    extract: Extract, words: Vocabulary, tie: Tie, levels: Sequence[AmountLevels], least: Floats
) -> AmountAnswers:
    """The answers to columns that are tied: an amount moves from one to another, or the whole with a part of it; what
    the rules of the questionnaire were met by they are met by still."""
    joint = np.array([np.zeros(len(levels), int), *_moves(len(levels), len(levels[0].values), tie)], np.intp)
    possible = np.ones((extract.rows, len(joint)), bool)
    signs = np.zeros((len(levels), len(joint) + 1, extract.rows), np.int8)
    for c, one in enumerate(levels):
        moved = joint[:, c] > 0
        possible &= one.possible[:, joint[:, c]] | ~moved
        change = one.values[joint[:, c]] - one.values[0]
        signs[c, :-1] = np.where(np.abs(change) >= least[c] - 1e-9, np.sign(change), 0)
    possible[:, 1:] &= (joint[1:] > 0).any(axis=1)
    if not tie.is_whole:
        values = {one.column: one.values[joint[:, c]] for c, one in enumerate(levels)}
        asked = {one.column: one.asked for one in levels}
        possible &= Rules.of(extract, words.questionnaire, list(values)).as_before(values, asked, possible)
    # What cannot be given as well as answered stands for nothing.
    signs[:, :-1] *= possible.T[None]
    return AmountAnswers(joint=joint, possible=possible, signs=signs)


def _moves(columns: int, levels: int, tie: Tie) -> Iterator[Ints]:
    """The levels (C,) of answers in which two columns change, by as much in the other direction or in the same, or
    one."""
    changes = (levels - 1) // 2
    for first, second in combinations(range(columns), 2):
        for k in range(1, levels):
            mirrored = k + changes if k <= changes else k - changes
            yield _changed(columns, (first, k), (second, mirrored))
            if not tie.is_whole:
                yield _changed(columns, (first, k), (second, k))
    if not tie.is_whole:
        # Firms that did not answer all that a rule reads, or do not meet it, are not bound by it.
        yield from (_changed(columns, (column, k)) for column in range(columns) for k in range(1, levels))


def _changed(columns: int, *changed: tuple[int, int]) -> Ints:
    found = np.zeros(columns, int)
    for column, level in changed:
        found[column] = level
    return found
