"""Whether worlds serve every firm against every insider: one in which it answered otherwise and the insider did not.

An insider is another firm that knows its own answer, or the enterprise group of one, which knows those of all its
firms. Firms of one group are no insiders against one another: they know each other's answers, and are told of as one.
"""

import numpy as np
from numpy.typing import NDArray

from survey.methods.arrays import Bools, Ints
from survey.methods.certificate.item_question import ItemQuestion
from survey.methods.certificate.knowing import Knowing

Signs = NDArray[np.uint64]
BITS = 64
"""Worlds whose signs one unsigned integer holds: firms are compared word by word, not world by world."""
ROWS = 1024
"""Firms that are compared with all others at once, so that memory stays small."""


def served(question: ItemQuestion, worlds: Ints) -> Bools:
    """(A, n) for each part of an answer and each firm: whether for every firm g that does not know it some world has
    another code there and the whole answers that g knows as they were. False for firms without an answer."""
    changed = worlds != question.truth
    signs = _signs(question.knowing.noticed(changed))
    found = np.zeros((len(question.parts), question.firms), bool)
    given = np.flatnonzero(question.truth >= 0)
    for part, codes in enumerate(question.codes):
        # A world differs in a part only where it differs at all, so a part's signs are among those of the answer.
        otherwise = changed & (codes[worlds] != codes[question.truth])
        found[part, given] = _against_all(_signs(otherwise)[given], signs, given, question.knowing)
    return found


def _signs(changed: Bools) -> Signs:
    """(n, words) the worlds in which each firm changed, as bits."""
    worlds = np.packbits(changed, axis=0, bitorder="little")
    # Filled up to whole words with worlds in which nobody changed, which serve nobody.
    missing = -len(worlds) % (BITS // 8)
    padded = np.vstack([worlds, np.zeros((missing, worlds.shape[1]), np.uint8)])
    return np.ascontiguousarray(padded.T).view(np.uint64)


def _against_all(own: Signs, others: Signs, firms: Ints, knowing: Knowing) -> Bools:
    fine = np.zeros(len(firms), bool)
    for start in range(0, len(firms), ROWS):
        part = own[start : start + ROWS]
        # None at all means that the firm is not served, were it alone.
        left = _served_against(part, others) | knowing.same(firms[start : start + ROWS])
        fine[start : start + ROWS] = left.all(axis=1) & (part != 0).any(axis=1)
    return fine


def _served_against(own: Signs, others: Signs) -> Bools:
    """(F, n) against whom some world serves: one in which the firm differs and the other noticed nothing."""
    from survey.methods.certificate.serving import find_served

    found = np.zeros((len(own), len(others)), bool)
    find_served(own, others, found)
    return found


class Unserved:
    """Against which insiders no world serves yet, by part and firm; it shrinks with every world that is taken."""

    def __init__(self, question: ItemQuestion, worlds: Ints) -> None:
        self.question = question
        noticed, firms = _signs(question.knowing.noticed(worlds != question.truth)), question.movable
        nobody = np.empty(0, np.intp)
        # Rows of what is left: the part, the firm, and the insiders (R, n).
        self.part, self.firm, self.left = nobody, nobody, np.empty((0, question.firms), bool)
        for part in range(len(question.parts)):
            # One part after another, and what is left of each alone: all pairs of all parts would fill the memory.
            left = np.ones((len(firms), question.firms), bool)
            left[:, question.truth < 0] = False
            left &= ~question.knowing.same(firms)
            left &= ~_served_against(_signs(self._otherwise(part, firms, worlds)), noticed)
            still = np.flatnonzero(left.any(axis=1))
            self.part = np.append(self.part, np.full(len(still), part))
            self.firm = np.append(self.firm, firms[still])
            self.left = np.vstack([self.left, left[still]])

    def take(self, worlds: Ints) -> Ints:
        """(V, n) those of the worlds (W, n) that serve somebody who was left, in their order."""
        from survey.methods.certificate.serving import strike_out

        noticed = self.question.knowing.noticed(worlds != self.question.truth)
        helping = np.zeros(len(worlds), bool)
        strike_out(self.left, self._otherwise(self.part, self.firm, worlds), noticed, helping)
        if helping.any():
            still = self.left.any(axis=1)
            self.part, self.firm, self.left = self.part[still], self.firm[still], self.left[still]
        return worlds[helping]

    def rows(self) -> list[tuple[int, int]]:
        """The parts and firms that are left, those that lack the fewest insiders first."""
        order = np.lexsort((self.firm, self.part, self.left.sum(axis=1)))
        return [(int(self.part[row]), int(self.firm[row])) for row in order]

    def firms(self) -> Ints:
        """The firms that are left in some part."""
        return np.unique(self.firm)

    def insiders(self, part: int, firm: int) -> Bools:
        """(n,) the firms against which no world serves a firm in a part of its answer."""
        return np.asarray(self.left[(self.part == part) & (self.firm == firm)].any(axis=0))

    def _otherwise(self, part: Ints | int, firms: Ints, worlds: Ints) -> Bools:
        """(W, F) where firms (F,) differ in a part of their answer, the same or one for each."""
        codes = self.question.codes
        return np.asarray(codes[part, worlds[:, firms]] != codes[part, self.question.truth[firms]])
