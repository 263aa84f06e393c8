"""How much more is known of an answer with what is told than without the firm."""

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.certificate.item_question import UNBOUNDED, ItemQuestion

UNSEEN = 3.0
"""Worlds that what none of them shows may still be in, however many they are (rule of three, below)."""
FEWEST = 256
"""Worlds from which odds are told at least, where there are so many."""


def settled(worlds: Ints) -> Ints:
    """The later half of the worlds of walks (W, n), in their order: those before it remember the truth."""
    return worlds[-max(len(worlds) // 2, FEWEST) :]


def odds_ratios(question: ItemQuestion, worlds: Ints) -> Floats:
    """(A, n) how many times the odds on what a firm said are those on what it would be thought to have said.

    The first from the worlds, the second from the same worlds without the firm: the share of firms with that code among
    the others of its smallest group, with half a case more on either side. What no world of W shows may still be so in
    3 of W (rule of three, Hanley and Lippman-Hand 1983), so that these are the odds that are known at least.
    """
    found = np.ones((len(question.parts), question.firms))
    given = np.flatnonzero(question.truth >= 0)
    for part, codes in enumerate(question.codes if len(worlds) else ()):
        said = codes[question.truth[given]]
        same = (codes[worlds][:, given] == said).sum(axis=0)
        known = (same + 0.5) / (len(worlds) - same + UNSEEN)
        guessed = _odds_among_others(question, codes, worlds)[given, said]
        found[part, given] = known / guessed
    return found


def _odds_among_others(question: ItemQuestion, codes: Ints, worlds: Ints) -> Floats:
    """(n, C) the odds of each code among the others of a firm's smallest group, over all worlds."""
    kinds, group = int(codes.max()) + 1, _smallest(question)
    own = np.stack([((codes[worlds] == code) & (worlds >= 0)).mean(axis=0) for code in range(kinds)], axis=1)
    count = np.stack([np.bincount(group, each, question.domains + 1) for each in own.T], axis=1)
    # Means over worlds, whose difference may be a hair below 0.
    others = np.maximum(count[group] - own, 0.0)
    return np.asarray((others + 0.5) / (others.sum(axis=1, keepdims=True) - others + 0.5))


def _smallest(question: ItemQuestion) -> Ints:
    """(n,) the group of fewest firms of each of which anything is told."""
    size = np.bincount(question.place.ravel(), minlength=question.domains + 1).astype(float)
    told = ((question.low > -UNBOUNDED) | (question.high < UNBOUNDED)).any(axis=0)
    size[~told] = np.inf
    return np.asarray(question.place[np.arange(question.firms), size[question.place].argmin(axis=1)])
